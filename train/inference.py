"""The reader of two sentences: does a report's sentence bear out one of a draft, exclude it, or neither? Fits it and writes it down.

Data: annotations/retold, sentences of our own beside the places of what they retell; xtask/drafts/tuned and wide, whole drafts of
stories and their faults, without places. Four kinds of examples: a sentence beside what it retells (its class is the answer); beside another of its story
(`neutral`); a true one, or two joined, beside sentences of any report of the story that have most of its words (not contradicted: what is told in part is
not excluded); a draft's line beside its nearest sentences as the program lays them (of a fault one must contradict and none bear it out; of a true one none may contradict).

Not in the program: on drafts it does no better than chance (docs/accuracy.md, "A second reader").

    python inference.py fit --model MODEL --reports ../shared/data/annotated/train --out run.pt
"""
import argparse, collections, csv, glob, hashlib, json, math, os, random, re, time
import torch, torch.nn as nn, torch.nn.functional as F
from safetensors.torch import load_file
from network import WIDE, Layer
from windows import LIMIT, tokenizer

HERE = os.path.dirname(os.path.abspath(__file__))
ANSWERS = ["entails", "contradicts", "neutral"]
ANSWER = collections.defaultdict(lambda: 1, {"true": 0, "neutral": 2})   # every class of fault contradicts
STOP = set("the a an of to in and that for on with is was were are be by it as at from his her its their this he she they has have had not but "
           "said says will would who which or after before about than".split())

def held_out(story):
    """One story in eight: what is chosen is chosen on them."""
    return int(hashlib.md5(story.encode()).hexdigest(), 16) % 8 == 0

def load(reports):
    """Rows: story, premise (the report's sentence), hypothesis, class; and the sentences of each story that are retold."""
    texts, rows, of = {}, [], collections.defaultdict(dict)
    for part in ("annotated", "benchmark"):
        for r in csv.DictReader(open(f"{HERE}/annotations/retold/{part}.tsv", encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
            story = r["story"] if part == "annotated" else "benchmark/" + r["story"]
            path = (f"{reports}/{'/reports/'.join(r['story'].split('/'))}" if part == "annotated" else f"{HERE}/../benchmark/{r['story']}/reports") + f"/{r['report']}.txt"
            if path not in texts: texts[path] = open(path, encoding="utf-8").read()
            at = (r["report"], int(r["start"])); premise = texts[path][int(r["start"]):int(r["end"])]
            of[story][at] = premise; rows.append(dict(story=story, at=at, premise=premise, hypothesis=r["sentence"], cls=r["class"]))
    return rows, of

def words(s): return {w for w in re.findall(r"[a-z0-9']+", s.lower()) if w not in STOP}

def other(row, of, rng):
    """One of the four other sentences of the story that share most words with the hypothesis."""
    mine = words(row["hypothesis"])
    near = sorted(((len(mine & words(t)) / math.sqrt(3 + len(words(t))), at) for at, t in of[row["story"]].items() if at != row["at"]), reverse=True)[:4]
    return of[row["story"]][rng.choice(near)[1]] if near else None

def sentences(text):
    """Sentences of a report, roughly."""
    out = []
    for line in text.split("\n"):
        start = 0
        for end in re.finditer(r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bSt)(?<!\bGen)[.!?][\"”’')]*(?=\s+[\"“‘(]?[A-Z0-9])|$", line):
            one = line[start:end.end()].strip(); start = end.end()
            if len(one.split()) >= 4: out.append(one)
    return out

class Near:
    """The sentences of a story's reports that have most of the telling words of another one, as the program proposes them."""
    def __init__(self, reports):
        self.all = list(dict.fromkeys(s for t in reports for s in sentences(t))); self.words = [{stem(w) for w in words(s)} for s in self.all]
        self.df = collections.Counter(w for ws in self.words for w in ws)
    def of(self, text, most):
        mine = {stem(w): 0 for w in words(text)}; weight = lambda w: math.log((len(self.all) + 1) / (self.df[w] + .5))
        total = sum(map(weight, mine)) or 1
        near = sorted(((sum(weight(w) for w in mine if w in ws) / total, -n) for n, ws in enumerate(self.words)), reverse=True)[:most]
        return [self.all[-n] for score, n in near if score >= .2]

def stem(w):
    for end in ("ing", "ed", "es", "s"):
        if w.endswith(end) and len(w) > len(end) + 3: return w[:-len(end)]
    return w

def story_reports(reports, story):
    folder = f"{HERE}/../{story}/reports" if story.startswith("benchmark/") else f"{reports}/{'/reports/'.join(story.split('/'))}"
    return [open(p, encoding="utf-8").read() for p in sorted(glob.glob(f"{folder}/*.txt"))]

def drafts():
    """Rows of all drafts: story, class, sentence."""
    for path in sorted(p for folder in ("tuned", "wide") for p in glob.glob(f"{HERE}/../xtask/drafts/{folder}/*.tsv")):
        head, body = open(path, encoding="utf-8").read().split("\n---\n"); story = re.match(r"# story (\S+);", head)[1]
        for row in body.splitlines(): yield story, *row.split("\t")[1:3]

def window(tok, a, b):
    """Pieces and where the second part begins; both cut to LIMIT as the program cuts them."""
    a, b = (tok.encode(x, add_special_tokens=False).ids for x in (a, b)); room = LIMIT - 3
    if len(a) + len(b) > room: a = a[:max(room // 2, room - len(b))]; b = b[:room - len(a)]
    cls, sep = tok.token_to_id("[CLS]"), tok.token_to_id("[SEP]")
    return [cls, *a, sep, *b, sep], len(a) + 2

class Inference(nn.Module):
    def __init__(self, model, layers, drop=.1):
        super().__init__()
        w = load_file(os.path.join(model, "model.safetensors")); types = w["embeddings.token_type_embeddings.weight"]
        self.drop = drop; self.register_buffer("word", w["embeddings.word_embeddings.weight"].clone())
        self.position = nn.Parameter((w["embeddings.position_embeddings.weight"][:LIMIT] + types[0]).clone()); self.second = nn.Parameter((types[1] - types[0]).clone())
        self.norm = nn.LayerNorm(WIDE, eps=1e-12); self.norm.weight.data, self.norm.bias.data = w["embeddings.LayerNorm.weight"].clone(), w["embeddings.LayerNorm.bias"].clone()
        self.layers = nn.ModuleList(Layer(w, n, drop) for n in range(layers)); self.answer = nn.Linear(2 * WIDE, 3)

    def forward(self, ids, second, mask):
        x = F.dropout(self.norm(self.word[ids] + self.position[: ids.shape[1]] + second[..., None] * self.second), self.drop, self.training)
        bar = torch.zeros(mask.shape).masked_fill(~mask, -1e4)[:, None, None]
        for l in self.layers: x = l(x, bar)
        mean = (x * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return self.answer(F.dropout(torch.cat([x[:, 0], mean], 1), self.drop, self.training))

def batch(xs):
    T = max(len(i) for i, _ in xs); ids = torch.zeros(len(xs), T, dtype=torch.long); second = torch.zeros(len(xs), T); mask = torch.zeros(len(xs), T, dtype=torch.bool)
    for n, (i, s) in enumerate(xs): ids[n, :len(i)] = torch.tensor(i); second[n, s:len(i)] = 1; mask[n, :len(i)] = True
    return ids, second, mask

def read(net, xs, size=64):
    net.eval(); order = sorted(range(len(xs)), key=lambda i: len(xs[i][0])); out = [None] * len(xs)
    with torch.no_grad():
        for k in range(0, len(order), size):
            part = order[k:k + size]
            for i, p in zip(part, net(*batch([xs[i] for i in part])).softmax(-1).tolist()): out[i] = p
    return out

def show(net, held, apart, bags):
    """Of stories left out: answers right; other sentences called contradicted; of drafts, faults found where so many true lines are called wrong too."""
    P = read(net, [w for _, w in held]); rows = [r for r, _ in held]; most = lambda p: max(range(3), key=p.__getitem__); by = collections.defaultdict(list)
    for p, r in zip(P, rows): by[r["cls"]].append(most(p) == ANSWER[r["cls"]])
    N = [most(p) for p in read(net, apart)]; f = dict(pairs=len(rows), right=sum(map(sum, by.values())) / len(rows), by={k: [sum(v), len(v)] for k, v in sorted(by.items())}, other={a: N.count(n) / max(1, len(N)) for n, a in enumerate(ANSWERS)})
    flat = read(net, [w for _, ws in bags for w in ws]); at = 0; scores = collections.defaultdict(list)
    for cls, ws in bags:
        p = flat[at:at + len(ws)]; at += len(ws); scores["true" if cls == "true" else "fault"].append((max(x[1] for x in p) - max(x[0] for x in p)) if p else 0)
    true = sorted(scores["true"], reverse=True); f["drafts"] = {str(share): [round(true[int(share * len(true))], 3), round(sum(x > true[int(share * len(true))] for x in scores["fault"]) / len(scores["fault"]), 3)] for share in (.02, .03, .05, .08)} if true and scores["fault"] else {}
    low = sorted(scores["fault"]); f["supported"] = {str(share): [round(low[int(share * len(low))], 3), round(sum(x < low[int(share * len(low))] for x in true) / len(true), 3)] for share in (.01, .02)} if low and true else {}
    print(json.dumps(f), flush=True); return f

def fit(o):
    torch.manual_seed(o.seed); rng = random.Random(o.seed); tok = tokenizer(o.model); rows, of = load(o.reports); train, held, apart, bags = [], [], [], []
    near = {}
    def hits(story, text, most):
        if story not in near: near[story] = Near(story_reports(o.reports, story))
        return near[story].of(text, most)
    trues = collections.defaultdict(list)
    for r in rows:
        w = window(tok, r["premise"], r["hypothesis"]); t = other(r, of, rng)
        if held_out(r["story"]) and not o.all: held.append((r, w)); apart += [window(tok, t, r["hypothesis"])] if t else []; continue
        train.append(([w], ANSWER[r["cls"]]))
        if t and rng.random() < o.other: train.append(([window(tok, t, r["hypothesis"])], 2))
        if r["cls"] == "true":
            trues[r["story"]].append(r)
            if rng.random() < .5:
                more = [h for h in hits(r["story"], r["hypothesis"], 6) if h[:40] not in r["premise"]]
                if more: train.append(([window(tok, rng.choice(more), r["hypothesis"])], "not"))
    for story, all in sorted(trues.items()):
        faults = {}
        for r in rows:
            if r["story"] == story and ANSWER[r["cls"]] == 1: faults.setdefault(r["at"], []).append(r)
        for a in all:
            if rng.random() > .35: continue
            b = rng.choice(all)
            if b["at"] == a["at"]: continue
            wrong = rng.choice(faults[a["at"]]) if a["at"] in faults and rng.random() < .4 else None
            one, two = (wrong or a)["hypothesis"], b["hypothesis"]; swap = rng.random() < .5
            x, y = (two, one) if swap else (one, two); joint = rng.choice([". ", "; ", ", and ", ", while ", ", but "])
            text = x + " " + y if joint == ". " else x.rstrip(".!?") + joint + (y if y.split()[0] not in ("The", "A", "An", "It", "He", "She", "They", "In", "On", "No", "There") else y[0].lower() + y[1:])
            if wrong: train.append(([window(tok, a["premise"], text)], 1))
            else: train += [([window(tok, p, text)], "not") for p in (a["premise"], b["premise"])]
    for story, cls, text in drafts():
        bag = (cls, [window(tok, h, text) for h in hits(story, text, 4)])
        if not bag[1]: continue
        if held_out(story) and not o.all: bags.append(bag)
        elif cls != "neutral": train.append((bag[1], "true" if cls == "true" else "fault"))
    net = Inference(o.model, o.layers)
    if o.start: net.load_state_dict(torch.load(o.start, weights_only=False)["state"])
    print(len(train), "examples of", sum(len(w) for w, _ in train), "windows", dict(collections.Counter(y for _, y in train)), "held out:", len(held), len(bags), flush=True)
    def loss_of(out, kind):
        p = out.softmax(-1).clamp(1e-4, 1 - 1e-4)
        if kind == "not": return -.5 * torch.log(1 - p[0, 1])
        if kind == "true": return -2 * torch.log(1 - p[:, 1].max()) - torch.log(p[:, 0].max())   # drafts are few: they count double
        if kind == "fault": return -2 * torch.log(p[:, 1].max()) - torch.log(1 - p[:, 0].max())
        return F.cross_entropy(out, torch.tensor([kind]), label_smoothing=.05)
    trunk = [p for n, p in net.named_parameters() if not n.startswith("answer")]; size = 36
    opt = torch.optim.AdamW([dict(params=trunk, lr=o.rate), dict(params=net.answer.parameters(), lr=(3 if o.start else 10) * o.rate)], weight_decay=.01)
    steps = o.epochs * (sum(len(w) for w, _ in train) // size + 1)
    plan = torch.optim.lr_scheduler.LambdaLR(opt, lambda s: min(1, s / (.1 * steps)) * max(.02, 1 - s / steps)); start = time.time(); figures = None
    if o.start and held: show(net, held, apart, bags)
    for epoch in range(o.epochs):
        net.train(); rng.shuffle(train); total = 0; batches = []
        for k in range(0, len(train), 20 * size):
            now = []
            for x in sorted(train[k:k + 20 * size], key=lambda x: max(len(i) for i, _ in x[0])):
                if now and sum(len(w) for w, _ in now) + len(x[0]) > size: batches.append(now); now = []
                now.append(x)
            batches.append(now)
        rng.shuffle(batches)
        for b in batches:
            with torch.autocast("cpu", torch.bfloat16): out = net(*batch([w for ws, _ in b for w in ws])).float()
            at = 0; loss = 0
            for ws, kind in b: loss = loss + loss_of(out[at:at + len(ws)], kind); at += len(ws)
            loss = loss / len(b); opt.zero_grad(); loss.backward(); nn.utils.clip_grad_norm_(net.parameters(), 1.); opt.step(); plan.step(); total += loss.item()
        print(f"epoch {epoch} loss {total / len(batches):.3f} after {time.time() - start:.0f} s", flush=True)
        if held: figures = show(net, held, apart, bags)
        torch.save(dict(state=net.state_dict(), layers=o.layers, options=vars(o), figures=figures), o.out)

if __name__ == "__main__":
    p = argparse.ArgumentParser(); p.add_argument("what", choices=["fit"]); p.add_argument("--model", required=True); p.add_argument("--reports"); p.add_argument("--out", required=True)
    p.add_argument("--layers", type=int, default=4); p.add_argument("--epochs", type=int, default=4); p.add_argument("--rate", type=float, default=8e-5); p.add_argument("--start", help="a run to go on from"); p.add_argument("--other", type=float, default=.2, help="share of rows that stand beside another sentence too")
    p.add_argument("--seed", type=int, default=1); p.add_argument("--all", action="store_true", help="hold no story out")
    o = p.parse_args(); torch.set_num_threads(2); fit(o)
