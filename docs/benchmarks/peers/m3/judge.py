"""Recall of the first ten hits.

usage: judge.py LIST.q LIST.t HITS.csv [QUESTIONS]

HITS.csv has the columns query_row, row, name. A question counts as found when the name it was made
from is among its first ten hits; "ties" counts it too when all ten are as near (Levenshtein).
"""

import csv
import sys


def distance(left, right):
    before = list(range(len(right) + 1))
    for i, one in enumerate(left, 1):
        row = [i]
        for j, other in enumerate(right, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (one != other)))
        before = row
    return before[-1]


asked = [line.rstrip("\n") for line in open(sys.argv[1], encoding="utf-8")]
truth = [line.rstrip("\n").split("\t") for line in open(sys.argv[2], encoding="utf-8")]
if len(sys.argv) > 4:
    asked, truth = asked[: int(sys.argv[4])], truth[: int(sys.argv[4])]
hits = {}
with open(sys.argv[3], encoding="utf-8", newline="") as file:
    for hit in csv.DictReader(file):
        hits.setdefault(int(hit["query_row"]), []).append((hit["row"], hit["name"]))
found = ties = 0
for number, (question, (row, name)) in enumerate(zip(asked, truth), 1):
    ten = hits.get(number, [])[:10]
    if row in (hit[0] for hit in ten):
        found += 1
        ties += 1
    elif len(ten) == 10:
        near = distance(question, name)
        ties += all(distance(question, hit[1]) <= near for hit in ten)
print(f"questions={len(asked)} recall={found / len(asked):.4f} ties={ties / len(asked):.4f}")
