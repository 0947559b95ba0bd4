"""Pages a second of our recogniser and of the whole reading, beside parsers and a text extractor in the same run: prints JSON ratios.

    python benchmarks/inspect_speed.py --corpus DIR [--pages N] [--rounds N] [--memory-pages N]

DIR holds `pages/*.html.gz`. Every page goes through every side in turn, in this one process, so that all see the same moments of the
machine; a side's time is the median of the rounds, in processor seconds. The sides:

    bs4, lexbor     BeautifulSoup(lxml) and selectolax parsing, nothing else
    recognise       bytes to citations: decoding, parsing, recognising (`articles.citations`)
    trafilatura     trafilatura.extract: text alone
    inspect         bytes to the reading that `inspect` prints: citations, text, title, authors, dates, language, pictures, mentions

Text extraction is compared too: `text_shared` is how many of the words that trafilatura finds are found by us, and the reverse.
`inspect_list` is the only one that uses more than one core.
Memory is measured by reading pages over and over: the peak after the first pages and after all.
"""

import argparse
import gzip
import json
import logging
import os
import resource
import statistics
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from monitor.articles.about.address import canonical
from monitor.articles.about.signs import Signs
from monitor.articles.about.title import title_of
from monitor.articles.belonging import About
from monitor.articles.citations import Numbers, citations_in
from monitor.articles.decoding import as_utf8
from monitor.articles.inspecting import inspect_file
from monitor.articles.page import Page
from monitor.articles.reading import read_page
from monitor.articles.reading_ahead import ReadingAhead

WARM = 5


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--corpus", type=Path, help="the folder of pages; nothing is measured without")
    options.add_argument("--pages", type=int, default=120, help="so many, spread over the corpus")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--memory-pages", type=int, default=1_000)
    chosen = options.parse_args()
    if chosen.corpus is None:
        print("skipped: speed is measured on real pages, give them with --corpus DIR", file=sys.stderr)
        return
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    paths = sorted((chosen.corpus / "pages").glob("*.html.gz"))
    pages = [gzip.decompress(path.read_bytes()) for path in paths[:: max(1, len(paths) // chosen.pages)]][
        : chosen.pages
    ]
    seconds = timed(sides(), pages, chosen.rounds)
    figures: dict[str, object] = {
        "pages": len(pages),
        "kilobytes_a_page": round(sum(map(len, pages)) / len(pages) / 1000),
        "pages_a_second": {name: round(len(pages) / took, 1) for name, took in seconds.items()},
        "recognise_to_bs4_parse": ratio(seconds, "bs4", "recognise"),
        "recognise_to_lexbor_parse": ratio(seconds, "lexbor", "recognise"),
        "inspect_to_trafilatura": ratio(seconds, "trafilatura", "inspect"),
        "text_shared": text_shared(pages),
        "inspect_list": inspect_list(paths),
        "peak_memory": peak_memory(pages, chosen.memory_pages),
    }
    json.dump(figures, sys.stdout, indent=1)
    print()


def sides() -> dict[str, Callable[[bytes], object]]:
    import trafilatura
    from bs4 import BeautifulSoup
    from selectolax.lexbor import LexborHTMLParser

    return {
        "bs4": lambda page: BeautifulSoup(page, "lxml"),
        "lexbor": LexborHTMLParser,
        "recognise": recognise,
        "trafilatura": trafilatura.extract,
        "inspect": lambda page: read_page(page, url=None),
    }


def recognise(content: bytes) -> object:
    page = Page(as_utf8(content)[0])

    def told() -> About:
        signs = Signs(page)
        address = canonical(signs, None)
        return About(title_of(signs, address) or "", address or "")

    citations = citations_in(page, Numbers(page), told)
    page.close()
    return citations


def timed(sides: dict[str, Callable[[bytes], object]], pages: list[bytes], rounds: int) -> dict[str, float]:
    """Processor seconds that each side takes for all pages: the median of the rounds."""
    for side in sides.values():
        for page in pages[:WARM]:
            side(page)
    totals: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(rounds):
        spent = dict.fromkeys(sides, 0.0)
        for page in pages:
            for name, side in sides.items():
                started = time.process_time()
                side(page)
                spent[name] += time.process_time() - started
        for name, took in spent.items():
            totals[name].append(took)
    return {name: statistics.median(took) for name, took in totals.items()}


def ratio(seconds: dict[str, float], other: str, ours: str) -> float:
    """How many times as many pages a second ours reads."""
    return round(seconds[other] / seconds[ours], 2)


def text_shared(pages: list[bytes]) -> dict[str, float]:
    import trafilatura

    both = theirs_all = ours_all = 0
    for page in pages:
        theirs = Counter((trafilatura.extract(page, include_comments=False) or "").split())
        ours = Counter(" ".join(read_page(page, url=None).paragraphs).split())
        both += (theirs & ours).total()
        theirs_all, ours_all = theirs_all + theirs.total(), ours_all + ours.total()
    return {"of_theirs": round(both / max(1, theirs_all), 3), "of_ours": round(both / max(1, ours_all), 3)}


def inspect_list(paths: list[Path]) -> dict[str, float]:
    """Pages a second of the wall's clock that `inspect --list` reads with one child and with one a core, and the ratio."""
    speeds = {}
    for workers in (1, len(os.sched_getaffinity(0))):
        with ReadingAhead(60, workers) as ahead:
            warm = [partial(inspect_file, paths[0])] * workers * 2
            for tasks in (warm, [partial(inspect_file, path) for path in paths]):
                started = time.perf_counter()
                read = sum(1 for task in tasks for _ in ahead.add(task)) + sum(1 for _ in ahead.rest())
                seconds = time.perf_counter() - started
        speeds[f"workers_{workers}"] = round(read / seconds, 1)
    one, *_, all_cores = speeds.values()
    return speeds | {"ratio": round(all_cores / one, 2)}


def peak_memory(pages: list[bytes], wanted: int) -> dict[str, float]:
    """Megabytes: the peak up to now, when every page was read once by every side, and after so many more readings."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(wanted):
        read_page(pages[number % len(pages)], url=None)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"before": round(before / 1024), "after": round(after / 1024), "readings": wanted}


if __name__ == "__main__":
    main()
