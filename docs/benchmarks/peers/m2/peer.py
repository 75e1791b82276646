"""The matchers of nomenklatura on pairs: peer.py MODEL FILE. Its best threshold is searched for it."""

import json
import sys
import time

from followthemoney import model
from nomenklatura.matching import LogicV2, RegressionV1
from nomenklatura.matching.types import ScoringConfig

try:
    from followthemoney import EntityProxy
except ImportError:
    from followthemoney.proxy import EntityProxy


def entity(key, name):
    data = {"id": key, "schema": "Company", "properties": {"name": [name]}}
    return EntityProxy.from_dict(data) if not hasattr(model, "get_proxy") else model.get_proxy(data)


def f1(scores, threshold):
    hit = sum(1 for score, same, _ in scores if same and score >= threshold)
    wrong = sum(1 for score, same, _ in scores if not same and score >= threshold)
    missed = sum(1 for score, same, _ in scores if same and score < threshold)
    return 2 * hit / max(1, 2 * hit + wrong + missed)


def main():
    algorithm = {"logic-v2": LogicV2, "regression-v1": RegressionV1}[sys.argv[1]]
    with open(sys.argv[2], encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    config = algorithm.default_config() if hasattr(algorithm, "default_config") else ScoringConfig.defaults()
    pairs = [(entity("a", left), entity("b", right), label == "1", kind) for left, right, label, kind in rows]
    start = time.perf_counter()
    scores = [(algorithm.compare(one, two, config).score, same, kind) for one, two, same, kind in pairs]
    seconds = time.perf_counter() - start
    best = max((f1(scores, step / 100), step / 100) for step in range(5, 100, 5))
    near = [score for score, same, kind in scores if not same and kind == "one character"]
    accepted = sum(1 for score in near if score >= best[1]) / max(1, len(near))
    print(json.dumps({
        "pairs": len(rows), "f1": round(best[0], 4), "threshold": best[1],
        "one_character": round(accepted, 4), "microseconds": round(seconds * 1e6 / max(1, len(rows)), 1),
    }))


main()
