"""Reads the reports of `reports.jsonl` on a local Spark: `spark.py IN OUT CORES`.

Prints seconds (with and without the start of Spark) and the most memory that any worker held, as JSON. The lines written are
findings, in the order of the reports. Then the findings become one record on this machine, written to OUT.record.json.
"""

import json
import os
import sys
import tempfile
import time

import rapporteur
from pyspark.sql import SparkSession

reports, out, cores = sys.argv[1], sys.argv[2], int(sys.argv[3])
peaks = tempfile.mkdtemp()


def reading(batches):
    """`findings_map`, with a note of the memory that this worker has held."""
    yield from rapporteur.findings_map(batches)
    with open("/proc/self/status") as status:
        peak = next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM:"))
    with open(os.path.join(peaks, str(os.getpid())), "w") as file:
        file.write(str(peak))


begin = time.perf_counter()
spark = (
    SparkSession.builder.master(f"local[{cores}]")
    .appName("rapporteur")
    .config("spark.ui.enabled", "false")
    .config("spark.ui.showConsoleProgress", "false")
    .config("spark.sql.execution.arrow.maxRecordsPerBatch", "500")
    .config("spark.driver.bindAddress", "127.0.0.1")
    .config("spark.driver.host", "127.0.0.1")
    .getOrCreate()
)
spark.sparkContext.setLogLevel("ERROR")
started = time.perf_counter()
schema = "id int, source string, text string, outlet string, published string"
# More parts than cores, so that no core waits long for the last.
rows = spark.read.schema(schema).json(reports).repartition(cores * 4)
found = rows.mapInArrow(reading, rapporteur.FINDINGS_DDL).collect()
end = time.perf_counter()
found.sort(key=lambda row: int(row["id"]))
with open(out, "w", encoding="utf-8", newline="\n") as file:
    for row in found:
        file.write((row["findings"] or json.dumps(row.asDict())) + "\n")
spark.stop()

merging = time.perf_counter()
with open(reports, encoding="utf-8") as file:
    record = rapporteur.assemble([json.loads(line) for line in file], (row["findings"] for row in found))
merged = time.perf_counter()
with open(f"{out}.record.json", "w", encoding="utf-8", newline="\n") as file:
    file.write(record.to_json())

held = [int(open(os.path.join(peaks, name)).read()) for name in os.listdir(peaks)]
print(
    json.dumps(
        {
            "seconds": end - begin,
            "start": started - begin,
            "merging": merged - merging,
            "memory_mb": max(held),
            "workers": len(held),
            "rows": len(found),
        }
    )
)
