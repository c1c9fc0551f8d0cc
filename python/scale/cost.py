"""What Arrow's way in and out costs beside reading, in time of the processor: `cost.py IN` (a `reports.jsonl`)."""

import json
import sys
import time

import pyarrow as pa
from rapporteur import _rapporteur
from rapporteur.batches import columns_of

with open(sys.argv[1], encoding="utf-8") as file:
    table = pa.Table.from_pylist([json.loads(line) for line, _ in zip(file, range(500))])
columns = columns_of(table)
for _ in range(3):
    begin = time.process_time()
    found = _rapporteur.findings(columns, threads=1)
    read = time.process_time()
    columns_of(table)
    for column in zip(*found):
        pa.array(list(column), pa.string())
    moved = time.process_time()
    print(f"reading {read - begin:.2f} s, in and out {moved - read:.4f} s: {100 * (moved - read) / (read - begin):.2f} %")
