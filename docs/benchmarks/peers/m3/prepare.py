"""Writes the lists of names and the questions of bench m3, from fixed seeds.

usage: prepare.py FOLDER SHARED

real.txt   half a million registered names (SHARED/cn_registry), or invented ones where there are none
short.txt  short names (SHARED/cn_company_name_parts), or invented ones
many.txt   ten million invented names
NAME.q     questions: each a name of the list with one character added, left out, replaced or swapped
NAME.t     the line of that name, from 1, and the name
"""

import csv
import glob
import gzip
import os
import random
import sys

folder, shared = sys.argv[1], sys.argv[2]
rng = random.Random(20260918)
HAN = [chr(code) for code in range(0x4E00, 0x9FA5, 7)]


def parts(count, low, high):
    """Invented parts of names; early ones are used more often."""
    made = set()
    while len(made) < count:
        made.add("".join(rng.choice(HAN) for _ in range(rng.randint(low, high))))
    return sorted(made)


def pick(list_, power):
    return list_[int(rng.random() ** power * len(list_))]


PLACES, BRANDS, TRADES = parts(3000, 2, 3), parts(150000, 2, 3), parts(900, 2, 3)
FORMS = ["有限公司"] * 7 + ["有限责任公司", "股份有限公司", "集团有限公司", "厂", "合作社", "中心"]


def invented():
    return pick(PLACES, 3) + pick(BRANDS, 2) + pick(TRADES, 3) + rng.choice(FORMS)


def real():
    files = sorted(glob.glob(os.path.join(shared, "cn_registry", "*.csv.gz")))
    for path in files:
        with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file)
            next(rows)
            for row in rows:
                yield " ".join(row[0].split())
    if not files:
        for _ in range(544_534):
            yield invented()


def short():
    files = glob.glob(os.path.join(shared, "cn_company_name_parts", "wainshine", "*.txt"))
    for path in files:
        with open(path, encoding="utf-8-sig") as file:
            lines = [line.strip() for line in file][2:]
            yield from (line for line in lines if line)
    if not files:
        for _ in range(267_400):
            yield pick(BRANDS, 2)


def slip(name, pool):
    """The name with one edit."""
    while True:
        kind = rng.randrange(4)
        at = rng.randrange(len(name) + (kind == 0))
        other = rng.choice(rng.choice(pool))
        if kind == 0:
            said = name[:at] + other + name[at:]
        elif kind == 1:
            said = name[:at] + name[at + 1 :]
        elif kind == 2:
            said = name[:at] + other + name[at + 1 :]
        elif at + 1 < len(name):
            said = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        else:
            continue
        if said != name and said.strip():
            return said


def write(label, names, questions):
    path = os.path.join(folder, label)
    sample = []
    if not os.path.exists(path + ".txt"):
        with open(path + ".part", "w", encoding="utf-8") as file:
            file.writelines(name + "\n" for name in names)
        os.rename(path + ".part", path + ".txt")
    with open(path + ".txt", encoding="utf-8") as file:
        for row, line in enumerate(file, 1):
            name = line.rstrip("\n")
            if len(name) < 2:
                continue
            if len(sample) < questions:
                sample.append((row, name))
            elif (at := rng.randrange(row)) < questions:
                sample[at] = (row, name)
    pool = [name for _, name in sample]
    with open(path + ".q", "w", encoding="utf-8") as asked, open(path + ".t", "w", encoding="utf-8") as truth:
        for row, name in sample:
            asked.write(slip(name, pool) + "\n")
            truth.write(f"{row}\t{name}\n")


write("real", real(), 2000)
write("short", short(), 2000)
write("many", (invented() for _ in range(10_000_000)), 2000)
