"""Reads the reports of `reports.jsonl` with `findings_map` in one process: `alone.py IN OUT`.

Prints seconds and the most memory held, as JSON. The lines written are findings, in the order of the reports.
"""

import json
import sys
import time

import pyarrow as pa
import rapporteur

begin = time.perf_counter()
with open(sys.argv[1], encoding="utf-8") as file:
    table = pa.Table.from_pylist([json.loads(line) for line in file])
read = time.perf_counter()
with open(sys.argv[2], "w", encoding="utf-8", newline="\n") as file:
    for batch in rapporteur.findings_map(table.to_batches(max_chunksize=1000)):
        for row in batch.to_pylist():
            file.write((row["findings"] or json.dumps(row)) + "\n")
end = time.perf_counter()


def peak():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM:"))


print(json.dumps({"seconds": end - begin, "table": read - begin, "memory_mb": peak(), "rows": table.num_rows}))
