"""The peer of M4 from PyPI: `peer.py FILE.csv` reads every row and asks it whether it is valid, which took
as long as the library's whole report on the same file. Prints one JSON line; importing the library is not
counted. The name must not begin with that of the library, which imports such files as its plugins."""

import json
import sys
import time
from pathlib import Path

from frictionless import Resource, Schema

file = Path(sys.argv[1])
schema = Schema.from_descriptor(str(Path(__file__).with_name("table-schema.json")))
start = time.perf_counter()
rows = rejected = 0
with Resource(path=file.name, basepath=str(file.parent), schema=schema, encoding="utf-8") as resource:
    for row in resource.row_stream:
        rows += 1
        rejected += not row.valid
seconds = time.perf_counter() - start
print(json.dumps({"rows": rows, "rejected": rejected, "seconds": round(seconds, 3)}))
