"""The peer of M10 from PyPI: `peer.py FILE.csv THREADS` runs the rules of the shipped model of general credit risk as
SQL in DuckDB, on the same file or on its columnar copy (`FILE.parquet`). Prints one JSON line with the subjects of each
outcome; importing the library is not counted. `peer.py copy FILE.csv FILE.parquet` makes the copy."""

import json
import sys
import time

import duckdb

DAY = "DATE '2026-11-30'"
KINDS = "{'subject': 'BIGINT', 'theme': 'VARCHAR', 'dated': 'DATE', 'severity': 'VARCHAR', 'state': 'VARCHAR', 'until': 'DATE'}"


def source(file: str) -> str:
    if file.endswith(".parquet"):
        return f"read_parquet('{file}')"
    return f"read_csv('{file}', header = true, columns = {KINDS}, nullstr = '')"


def count(theme: str, most: int, years: int = 0, severity: str = "") -> str:
    terms = [f"theme = '{theme}'"]
    if severity:
        terms.append(f"severity = '{severity}'")
    if years:
        terms.append(f"dated + INTERVAL {years} YEAR >= {DAY}")
    return f"least(count(*) FILTER (WHERE {' AND '.join(terms)}), {most})"


def rules(file: str) -> str:
    return f"""
    WITH standing AS (
        SELECT subject, theme, severity, dated FROM {source(file)}
        WHERE state = 'stated' AND (until IS NULL OR until >= {DAY})
    ), counted AS (
        SELECT subject,
            {count("serious-list", 1)} AS listed,
            {count("registration", 1)} AS registered,
            {count("penalty", 3, 3, "serious")} AS serious,
            {count("penalty", 5, 1, "ordinary")} AS ordinary,
            {count("abnormal", 2)} AS abnormal,
            {count("tax-a", 1, 2)} AS tax,
            {count("honour", 3, 3)} AS honour
        FROM standing GROUP BY subject
    ), graded AS (
        SELECT CASE
            WHEN listed > 0 THEN 'D'
            WHEN points >= 90 THEN 'A' WHEN points >= 70 THEN 'B'
            WHEN points >= 40 THEN 'C' ELSE 'D' END AS band
        FROM (SELECT listed, greatest(0, least(100,
            85 - 20 * serious - 8 * ordinary - 15 * abnormal + 7 * tax + 3 * honour)) AS points
            FROM counted)
    ) SELECT band, count(*) FROM graded GROUP BY band ORDER BY band"""


if sys.argv[1] == "copy":
    duckdb.sql(f"COPY (SELECT * FROM {source(sys.argv[2])}) TO '{sys.argv[3]}' (FORMAT parquet)")
else:
    connection = duckdb.connect()
    connection.execute(f"SET threads = {int(sys.argv[2])}")
    start = time.perf_counter()
    bands = dict(connection.execute(rules(sys.argv[1])).fetchall())
    seconds = time.perf_counter() - start
    print(json.dumps({**bands, "subjects": sum(bands.values()), "seconds": round(seconds, 3)}))
