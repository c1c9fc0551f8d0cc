"""The tagger: the first layers of all-MiniLM-L6-v2 and affine heads on the last state of every piece."""
import math, os
import torch, torch.nn as nn, torch.nn.functional as F
from safetensors.torch import load_file
from windows import LABELS, LIMIT, ROLES, TAGS

WIDE, HEADS, INNER, ROLE = 384, 12, 1536, 64
KIND_OF_ROLE = [r.split(".")[0] for r in ROLES]

class Layer(nn.Module):
    """One BERT layer, post-norm."""
    def __init__(self, w, n, drop):
        super().__init__()
        self.drop = drop
        self.qkv, self.attention = nn.Linear(WIDE, 3 * WIDE), nn.Linear(WIDE, WIDE)
        self.inner, self.outer = nn.Linear(WIDE, INNER), nn.Linear(INNER, WIDE)
        self.norm1, self.norm2 = nn.LayerNorm(WIDE, eps=1e-12), nn.LayerNorm(WIDE, eps=1e-12)
        g = lambda k: w[f"encoder.layer.{n}.{k}"].clone()
        for part in ("weight", "bias"):
            setattr(self.qkv, part, nn.Parameter(torch.cat([g(f"attention.self.{x}.{part}") for x in ("query", "key", "value")])))
            for mod, name in ((self.attention, "attention.output.dense"), (self.norm1, "attention.output.LayerNorm"),
                              (self.inner, "intermediate.dense"), (self.outer, "output.dense"), (self.norm2, "output.LayerNorm")):
                setattr(mod, part, nn.Parameter(g(f"{name}.{part}")))

    def forward(self, x, mask):
        B, T, D = x.shape
        q, k, v = self.qkv(x).view(B, T, 3, HEADS, D // HEADS).permute(2, 0, 3, 1, 4)
        seen = (q * (D // HEADS) ** -.5) @ k.transpose(2, 3) + mask     # written out: windows are short, and this is faster on a CPU
        a = (F.softmax(seen, -1).to(v.dtype) @ v).transpose(1, 2).reshape(B, T, D)
        x = self.norm1(x + F.dropout(self.attention(a), self.drop, self.training))
        return self.norm2(x + F.dropout(self.outer(F.gelu(self.inner(x))), self.drop, self.training))

class Tagger(nn.Module):
    def __init__(self, model, layers=(0, 1, 2), frozen=0, drop=.1, cls=False):
        """`layers`: which of the base's six; `frozen`: how many of these stay as they are."""
        super().__init__()
        w = load_file(os.path.join(model, "model.safetensors"))
        self.drop, self.cls = drop, cls
        self.register_buffer("word", w["embeddings.word_embeddings.weight"].clone())
        self.position = nn.Parameter((w["embeddings.position_embeddings.weight"][:LIMIT] + w["embeddings.token_type_embeddings.weight"][0]).clone())
        self.norm = nn.LayerNorm(WIDE, eps=1e-12)
        self.norm.weight.data, self.norm.bias.data = w["embeddings.LayerNorm.weight"].clone(), w["embeddings.LayerNorm.bias"].clone()
        self.layers = nn.ModuleList(Layer(w, n, drop) for n in layers)
        # With no layer: the words within three pieces by their vectors alone, weighed by place, which is what plain features see.
        self.around = nn.Conv1d(WIDE, WIDE, 7, padding=3) if not layers else None
        for m in ([self.norm] if frozen else []) + list(self.layers[:frozen]): m.requires_grad_(False)
        self.position.requires_grad_(not frozen)
        self.tag = nn.Linear(WIDE, len(TAGS)); nn.init.constant_(self.tag.bias, -3)
        self.query, self.key = nn.Linear(WIDE, len(ROLES) * ROLE), nn.Linear(WIDE, len(ROLES) * ROLE)
        self.role_bias = nn.Parameter(torch.full((len(ROLES),), -2.))
        self.label = nn.ModuleDict({n: nn.Linear(WIDE * (2 if cls else 1), len(v)) for n, v in LABELS.items()})
        for m in (self.tag, self.query, self.key, *self.label.values()): nn.init.normal_(m.weight, std=.03)

    def trunk(self, ids, mask):
        x = F.dropout(self.norm(self.word[ids] + self.position[: ids.shape[1]]), self.drop, self.training)
        bar = torch.zeros(mask.shape).masked_fill(~mask, -1e4)[:, None, None]
        for l in self.layers: x = l(x, bar)
        return x if self.around is None else self.around((x * mask[:, :, None]).transpose(1, 2)).transpose(1, 2)

    def anchors(self, h, pool):
        """Role scores [B, A, R, T] and label scores [B, A, …] of anchors: `pool` [B, A, T] the share of each piece in them."""
        a = pool @ h
        hd, ad = F.dropout(h, self.drop, self.training), F.dropout(a, self.drop, self.training)
        B, A, T = pool.shape
        k = self.key(hd).view(B, T, len(ROLES), ROLE).permute(0, 2, 3, 1)
        q = self.query(ad).view(B, A, len(ROLES), ROLE).permute(0, 2, 1, 3) / math.sqrt(ROLE)
        role = (q @ k).transpose(1, 2) + self.role_bias[:, None]
        x = torch.cat([ad, h[:, :1].expand(B, A, WIDE)], 2) if self.cls else ad
        return role, {n: m(x) for n, m in self.label.items()}

    def forward(self, ids, mask, pool=None):
        h = self.trunk(ids, mask)
        tag = self.tag(F.dropout(h, self.drop, self.training))
        return (tag, *(self.anchors(h, pool) if pool is not None else (None, None)))

def quantised(w):
    """int8 and one scale for each row of the matrix."""
    scale = w.abs().amax(1).clamp_min(1e-12) / 127
    return torch.round(w / scale[:, None]).clamp(-127, 127).to(torch.int8), scale

MATRICES = ("qkv", "attention", "inner", "outer")

def quantise(net):
    """Puts in place of every matrix that the file holds as int8 what the file's reader sees."""
    def back(w): q, s = quantised(w); return q.float() * s[:, None]
    with torch.no_grad():
        net.word.copy_(back(net.word)); net.position.copy_(net.position.half().float())
        for l in net.layers:
            for n in MATRICES: m = getattr(l, n); m.weight.copy_(back(m.weight))
    return net
