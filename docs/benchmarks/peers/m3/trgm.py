"""pg_trgm with a GIN index: names like the question, the best ten by similarity.

usage: trgm.py URL LIST.txt LIST.q QUESTIONS HITS.csv

URL names a server; the database trgm is made there with a locale in which Chinese characters are
letters, without which pg_trgm sees nothing in a Chinese name.
"""

import csv
import subprocess
import sys

url, names, asked, count, hits = sys.argv[1:6]
server, _, _ = url.rpartition("/")


def psql(database, text):
    words = ["psql", "-qAtX", "-F", "\t", "-v", "ON_ERROR_STOP=1", f"{server}/{database}"]
    return subprocess.run(words, input=text, text=True, check=True, capture_output=True).stdout


psql("postgres", "CREATE DATABASE trgm TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';")
psql(
    "trgm",
    "CREATE EXTENSION pg_trgm; CREATE TABLE names (row serial PRIMARY KEY, name text NOT NULL);\n"
    f"\\copy names (name) FROM '{names}' (FORMAT csv, DELIMITER E'\\x01', QUOTE E'\\x02')\n"
    "CREATE INDEX names_trgm ON names USING gin (name gin_trgm_ops); ANALYZE names;",
)
questions = [line.rstrip("\n") for line in open(asked, encoding="utf-8")][: int(count)]
times = []
with open(hits, "w", encoding="utf-8", newline="") as file:
    out = csv.writer(file)
    out.writerow(["query_row", "row", "name"])
    text = ["\\timing on"]
    for question in questions:
        said = question.replace("'", "''")
        text.append(f"SELECT row, name FROM names WHERE name % '{said}' ORDER BY similarity(name, '{said}') DESC, row LIMIT 10;")
    number = 1
    for line in psql("trgm", "\n".join(text) + "\n").splitlines():
        if line.startswith("Time: "):
            times.append(float(line.split()[1]))
            number += 1
        else:
            row, name = line.split("\t", 1)
            out.writerow((number, row, name))
times.sort()
part = lambda share: times[min(int(len(times) * share), len(times) - 1)]
print(f"p50={part(0.5):.3f} p95={part(0.95):.3f}")
