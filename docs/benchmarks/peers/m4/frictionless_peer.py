"""The peer of M4 from PyPI: `frictionless_peer.py FILE.csv rows|report`.

`rows` reads rows and asks each whether it is valid; `report` makes the library's whole report. Prints one
JSON line; importing the library is not counted."""

import json
import sys
import time
from pathlib import Path

from frictionless import Checklist, Resource, Schema

file, mode = sys.argv[1], sys.argv[2]
schema = Schema.from_descriptor(str(Path(__file__).with_name("table-schema.json")))
start = time.perf_counter()
resource = Resource(path=Path(file).name, basepath=str(Path(file).parent), schema=schema, encoding="utf-8")
rows = rejected = 0
if mode == "rows":
    with resource:
        for row in resource.row_stream:
            rows += 1
            rejected += not row.valid
else:
    report = resource.validate(Checklist(pick_errors=[]), limit_errors=1_000_000, limit_rows=None)
    rejected = len({entry[0] for entry in report.flatten(["rowNumber"])})
    rows = report.tasks[0].stats["rows"]
seconds = time.perf_counter() - start
print(json.dumps({"rows": rows, "rejected": rejected, "seconds": round(seconds, 3)}))
