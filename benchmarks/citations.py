"""How many of the posts that labelled pages cite are found, and how many finds are false: prints JSON, a figure a platform.

    python benchmarks/citations.py --corpus DIR [--misses N] [--predictions FILE]

DIR holds `pages/<page>.html.gz` and `truth.jsonl`: a line a page with "posts" that it cites and "excluded" posts that it only
shows beside the article; each has platform, id, kind, and perhaps "uncertain". A post that is certain must be found, with a
confidence of 0.5 or more; a find that is excluded for certain, or not labelled at all, is false; the uncertain do not count.
"""

import argparse
import json
import sys
import time
from collections import Counter
from functools import partial
from pathlib import Path

from monitor.articles.inspecting import inspect_file
from monitor.articles.reading_ahead import ReadingAhead

SCORED = ("x", "youtube", "instagram", "vimeo", "tiktok", "dailymotion", "facebook", "reddit")
SHOWN_AS_EMBED = frozenset({"embed", "state", "meta", "thumb"})
SURE = 0.5

Post = tuple[str, str]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--corpus", type=Path, help="the folder of labelled pages; nothing is measured without")
    options.add_argument("--misses", type=int, default=0, help="list this many misses and false finds")
    options.add_argument("--predictions", type=Path, help="write the records here, a line each")
    chosen = options.parse_args()
    if chosen.corpus is None:
        print("skipped: citations are counted on labelled pages, give them with --corpus DIR", file=sys.stderr)
        return
    labels = [json.loads(line) for line in (chosen.corpus / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
    started = time.perf_counter()
    records = inspected([chosen.corpus / "pages" / f"{label['page']}.html.gz" for label in labels])
    seconds = time.perf_counter() - started
    if chosen.predictions:
        chosen.predictions.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    figures = score(labels, records, chosen.misses)
    figures["errors"] = sum("error" in record for record in records)
    figures["swept"] = sum(any("hostile" in w for w in record.get("warnings", ())) for record in records)
    figures["pages_per_second"] = round(len(records) / seconds, 1)
    json.dump(figures, sys.stdout, indent=1)
    print()


def inspected(paths: list[Path]) -> list[dict]:
    """The record of every page, in order, read by as many children as there are cores."""
    with ReadingAhead(60) as ahead:
        tasks = (partial(inspect_file, path) for path in paths)
        return [record for task in tasks for record in ahead.add(task)] + list(ahead.rest())


def score(labels: list[dict], records: list[dict], wanted_examples: int) -> dict[str, object]:
    """Recall, precision and counts a platform and over all, and how often the kind was right."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in SCORED}
    kinds: Counter[bool] = Counter()
    examples = []
    for label, record in zip(labels, records, strict=True):
        cited = {key(p): p for p in label["posts"] if p["platform"] in SCORED and not p.get("uncertain")}
        unclear = {key(p) for p in label["posts"] + label["excluded"] if p.get("uncertain")}
        found = {(c["platform"], c["post_id"]): c for c in record.get("citations", ()) if counted(c)}
        for post, told in cited.items():
            counts[post[0]]["hit" if post in found else "missed"] += 1
            if post in found:
                kinds[found[post]["kind"] == ("embed" if told["kind"] in SHOWN_AS_EMBED else "link")] += 1
            else:
                examples.append(["missed", label["page"], *post, told.get("form")])
        for post in sorted(found.keys() - cited.keys() - unclear):
            counts[post[0]]["false"] += 1
            examples.append(["false", label["page"], *post, found[post]["form"]])
    figures: dict[str, object] = {name: summed(count) for name, count in counts.items()}
    figures["all"] = summed(sum(counts.values(), Counter()))
    figures["kind_right"] = round(kinds[True] / max(1, kinds.total()), 3)
    if wanted_examples:
        figures["examples"] = examples[:wanted_examples]
    return figures


def key(post: dict) -> Post:
    return post["platform"], str(post["id"])


def counted(citation: dict) -> bool:
    return citation["platform"] in SCORED and bool(citation["post_id"]) and citation["confidence"] >= SURE


def summed(count: Counter[str]) -> dict[str, float]:
    hit, missed, false = count["hit"], count["missed"], count["false"]
    return {
        "posts": hit + missed,
        "recall": round(hit / max(1, hit + missed), 3),
        "precision": round(hit / max(1, hit + false), 3),
        "missed": missed,
        "false": false,
    }


if __name__ == "__main__":
    main()
