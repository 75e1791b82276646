"""Splink on one table: peer.py FILE TRUTH SETTING. Prints one JSON line.

TRUTH holds one subject a row, in the order of the rows. SETTING is "distance" or "dedicated": plain
distances, or the comparisons that the library brings for names, dates and addresses of mail. Of six
thresholds the one with the best clusters is told, and the one with the best pairs: the peer is given the
choice that only the truth allows.
"""

import collections
import json
import logging
import resource
import sys
import time

import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

file, truth_file, setting = sys.argv[1:4]
logging.disable(logging.CRITICAL)
table = pd.read_csv(file, dtype=str, skipinitialspace=True)
table.columns = [title.strip() for title in table.columns]
truth = open(truth_file).read().split()
for title in table:
    table[title] = table[title].str.strip()
table = table.replace("", None).drop(columns=["cluster"], errors="ignore")
table = table.rename(columns={table.columns[0]: "unique_id"})
titles = [title for title in table.columns if title != "unique_id"]
given = next(title for title in titles if title in ("given_name", "first_name"))
born = next(title for title in titles if title in ("date_of_birth", "dob"))
form = "%Y-%m-%d" if "-" in str(table[born].dropna().iloc[0]) else "%Y%m%d"


def comparison(title):
    if title == born and setting == "dedicated":
        return cl.DateOfBirthComparison(title, input_is_string=True, datetime_format=form)
    if title == "email" and setting == "dedicated":
        return cl.EmailComparison(title)
    if title == "state":
        return cl.ExactMatch(title)
    if title in (born, "postcode", "street_number", "soc_sec_id", "phone"):
        return cl.DamerauLevenshteinAtThresholds(title, [1, 2])
    frequent = cl.JaroWinklerAtThresholds(title, [0.9, 0.8])
    return frequent.configure(term_frequency_adjustments=True)


rules = [block_on(given, "surname"), block_on(born)]
rules += [block_on(title) for title in ("soc_sec_id", "phone", "email") if title in titles]
for title in ("postcode", "suburb", "city", "address_1"):
    if title in titles:
        rules += [block_on(title, "surname"), block_on(title, given)]
start = time.time()
api = DuckDBAPI()
settings = SettingsCreator(
    link_type="dedupe_only",
    comparisons=[comparison(title) for title in titles],
    blocking_rules_to_generate_predictions=rules,
)
linker = Linker(api.register(table), settings)
train = linker.training
train.estimate_probability_two_random_records_match([block_on(given, "surname", born)], recall=0.6)
train.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
train.estimate_parameters_using_expectation_maximisation(block_on(given, "surname"))
train.estimate_parameters_using_expectation_maximisation(block_on(born))
predicted = linker.inference.predict(threshold_match_probability=0.05)
used = resource.getrusage(resource.RUSAGE_SELF)
cpu, seconds = used.ru_utime + used.ru_stime, time.time() - start


def pairs(groups):
    return sum(n * (n - 1) // 2 for n in collections.Counter(groups).values())


of_truth = dict(zip(table.unique_id, truth))
scored = predicted.as_pandas_dataframe()[["unique_id_l", "unique_id_r", "match_probability"]]
right = scored.unique_id_l.map(of_truth) == scored.unique_id_r.map(of_truth)
real = pairs(truth)


def figures(both, said):
    precision, recall = both / max(said, 1), both / max(real, 1)
    return 2 * precision * recall / max(precision + recall, 1e-9), precision, recall


best, best_pairs = (-1.0, 0.0, 0.0, 0.0), (-1.0, 0.0)
for threshold in (0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999):
    above = scored.match_probability >= threshold
    best_pairs = max(best_pairs, (figures((above & right).sum(), above.sum())[0], threshold))
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold)
    found = found.as_pandas_dataframe()
    of = dict(zip(found.unique_id, found.cluster_id))
    clusters = [of[row] for row in table.unique_id]
    f1, precision, recall = figures(pairs(zip(truth, clusters)), pairs(clusters))
    best = max(best, (f1, threshold, precision, recall))
print(
    json.dumps(
        {
            "f1": round(best[0], 4),
            "threshold": best[1],
            "precision": round(best[2], 4),
            "recall": round(best[3], 4),
            "pair_f1": round(best_pairs[0], 4),
            "pair_threshold": best_pairs[1],
            "cpu": round(cpu, 2),
            "seconds": round(seconds, 2),
        }
    )
)
