"""Writes the union of the registrations and the list of A-grade taxpayers, codes in files of their own.

usage: prepare.py FOLDER SHARED

registered.csv  one column, the names of SHARED/cn_registry; registered.codes their codes, line for line
listed.csv      one column, the names of SHARED/cn_tax_a_list; listed.codes their codes
union.csv       both
A code counts when it is a unified code of 18 characters whose check character fits; others are written empty.
"""

import csv
import glob
import gzip
import io
import os
import sys

folder, shared = sys.argv[1], sys.argv[2]
SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = [pow(3, place, 31) for place in range(17)]


def code(text):
    text = "".join(text.split()).upper()
    if len(text) != 18 or any(sign not in SIGNS for sign in text):
        return ""
    total = sum(SIGNS.index(sign) * weight for sign, weight in zip(text, WEIGHTS))
    return text if SIGNS.index(text[17]) == (31 - total % 31) % 31 else ""


def registered():
    for path in sorted(glob.glob(os.path.join(shared, "cn_registry", "*.csv.gz"))):
        with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file)
            next(rows)
            for row in rows:
                # One cell of these files is filled with null characters.
                name = " ".join(row[0].replace("\0", " ").split())
                if name:
                    yield name, code(row[1])


def listed():
    path = os.path.join(shared, "cn_tax_a_list", "heilongjiang.csv")
    with open(path, "rb") as file:
        text = file.read().decode("gb18030")
    rows = csv.reader(io.StringIO(text.replace("\t", ",")))
    titles = [title.strip() for title in next(rows)]
    name = next(at for at, title in enumerate(titles) if "名称" in title)
    number = next(at for at, title in enumerate(titles) if "识别号" in title or "代码" in title)
    for row in rows:
        if len(row) > max(name, number) and row[name].strip():
            yield " ".join(row[name].split()), code(row[number])


def write(label, rows, union):
    with open(os.path.join(folder, label + ".csv"), "w", encoding="utf-8", newline="") as names, open(
        os.path.join(folder, label + ".codes"), "w", encoding="utf-8"
    ) as codes:
        out = csv.writer(names)
        out.writerow(["名称"])
        for text, number in rows:
            out.writerow([text])
            union.writerow([text])
            codes.write(number + "\n")


with open(os.path.join(folder, "union.csv"), "w", encoding="utf-8", newline="") as file:
    union = csv.writer(file)
    union.writerow(["名称"])
    write("registered", registered(), union)
    write("listed", listed(), union)
