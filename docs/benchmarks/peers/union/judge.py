"""Precision and recall of links by name, codes hidden, and examples of what is wrong.

usage: judge.py FOLDER CLUSTERS MATCHED [EXAMPLES]

CLUSTERS  one cluster a row of union.csv, in its order
MATCHED   the answer of `gongxin match listed.csv --against registered.csv`
Only pairs of rows that both have a valid code are counted. EXAMPLES pairs of each kind are printed.
"""

import collections
import csv
import os
import sys

folder, clusters, matched = sys.argv[1:4]
examples = int(sys.argv[4]) if len(sys.argv) > 4 else 0


def lines(name):
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return [line.rstrip("\n") for line in file]


def names(name):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
        return [row[0] if row else "" for row in list(csv.reader(file))[1:]]


registered, listed = lines("registered.codes"), lines("listed.codes")
codes, texts = registered + listed, names("registered.csv") + names("listed.csv")


def groups(keys):
    found = collections.defaultdict(list)
    for row, key in enumerate(keys):
        if key and codes[row]:
            found[key].append(row)
    return found


def pairs(found):
    for rows in found.values():
        for at, left in enumerate(rows):
            for right in rows[at + 1 :]:
                yield left, right


def say(label, pair):
    left, right = pair
    print(f"{label}\t{codes[left]}\t{codes[right]}\t{texts[left]}\t{texts[right]}")


cluster = [line for line in open(clusters).read().split()]
said, real = set(pairs(groups(cluster))), set(pairs(groups(codes)))
both = len(said & real)
print(
    f"union: links={len(said)} pairs_with_one_code={len(real)} both={both} "
    f"precision={both / max(len(said), 1):.4f} recall={both / max(len(real), 1):.4f}"
)
of_code = collections.defaultdict(set)
for row, number in enumerate(registered):
    if number:
        of_code[number].add(row)
right = wrong = missed = 0
with open(matched, encoding="utf-8", newline="") as file:
    for at, row in enumerate(csv.DictReader(file)):
        number = listed[at]
        if not number:
            continue
        same = row["same"] == "true"
        hit = int(row["match"]) - 1 if row["match"] else -1
        if same and hit >= 0 and registered[hit]:
            if registered[hit] == number:
                right += 1
            else:
                wrong += 1
                if wrong <= examples:
                    say("match-wrong", (hit, len(registered) + at))
        elif number in of_code:
            missed += 1
            if missed <= examples:
                say("match-missed", (min(of_code[number]), len(registered) + at))
known = sum(1 for number in listed if number in of_code)
print(
    f"match: listed_and_registered={known} right={right} wrong={wrong} missed={missed} "
    f"precision={right / max(right + wrong, 1):.4f} recall={right / max(known, 1):.4f}"
)
for label, some in (("union-wrong", said - real), ("union-missed", real - said)):
    for pair in sorted(some)[:examples]:
        say(label, pair)
