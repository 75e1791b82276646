"""rapidfuzz over all names, the best ten by ratio.

usage: rapidfuzz_scan.py LIST.txt LIST.q QUESTIONS HITS.csv
"""

import csv
import sys
import time

from rapidfuzz import fuzz, process

names = [line.rstrip("\n") for line in open(sys.argv[1], encoding="utf-8")]
asked = [line.rstrip("\n") for line in open(sys.argv[2], encoding="utf-8")][: int(sys.argv[3])]
times, processor = [], []
with open(sys.argv[4], "w", encoding="utf-8", newline="") as file:
    out = csv.writer(file)
    out.writerow(["query_row", "row", "name"])
    for number, question in enumerate(asked, 1):
        begun, cpu = time.perf_counter(), time.process_time()
        best = process.extract(question, names, scorer=fuzz.ratio, limit=10, score_cutoff=50)
        times.append((time.perf_counter() - begun) * 1e3)
        processor.append((time.process_time() - cpu) * 1e3)
        out.writerows((number, at + 1, name) for name, _, at in best)
times.sort()
processor.sort()
part = lambda list_, share: list_[min(int(len(list_) * share), len(list_) - 1)]
print(f"p50={part(times, 0.5):.3f} p95={part(times, 0.95):.3f} cpu_p50={part(processor, 0.5):.3f}")
