"""The matchers of nomenklatura on pairs: peer.py MODEL FILE. Prints one JSON line.

Two settings are tried, the one it ships and one in which words that only one name has weigh alike on both
sides; the better one is told, at the threshold that the truth chooses, and at 0.7, which its users start from.
Every entity has an id of its own: the matcher keeps the names of an id.
"""

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
    best = {"f1": -1.0}
    for setting in (["shipped", "even"] if sys.argv[1] == "logic-v2" else ["shipped"]):
        config = algorithm.default_config() if hasattr(algorithm, "default_config") else ScoringConfig.defaults()
        if setting == "even":
            config.config["nm_extra_result_name"] = config.config["nm_extra_query_name"]
        pairs = [
            (entity(f"{setting}-l{at}", row[0]), entity(f"{setting}-r{at}", row[1]), row[2] == "1", row[3])
            for at, row in enumerate(rows)
        ]
        best = max(best, judge(algorithm, config, pairs, setting), key=lambda one: one["f1"])
    print(json.dumps(best))


def judge(algorithm, config, pairs, setting):
    start = time.perf_counter()
    scores = [(algorithm.compare(one, two, config).score, same, kind) for one, two, same, kind in pairs]
    seconds = time.perf_counter() - start
    f1s, threshold = max((f1(scores, step / 100), step / 100) for step in range(5, 100, 5))
    near = [score for score, same, kind in scores if not same and kind == "one character"]
    accepted = sum(1 for score in near if score >= threshold) / max(1, len(near))
    return {
        "pairs": len(pairs), "setting": setting, "f1": round(f1s, 4), "threshold": threshold,
        "at_070": round(f1(scores, 0.7), 4), "one_character": round(accepted, 4),
        "microseconds": round(seconds * 1e6 / max(1, len(pairs)), 1),
    }


main()
