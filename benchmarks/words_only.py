"""How well articles are linked to posts by words alone, and the weights of that: prints JSON.

    python benchmarks/words_only.py --corpus DIR [--fit monitor/link/weights.json] [--misses N]

DIR holds `match_articles.jsonl` (articles whose embeds were cut out, with the "posts" that they embedded), `match_posts.jsonl` (the pool),
and perhaps `truth.jsonl`, whose labels add posts that two articles embed and the first file counts for one only.

Every figure is of articles whose publisher was left out of the fit (twelve folds of publishers). The pool is taken as it is; crowded (posts that no article cites
are moved close to the articles' times, so that time tells little); and bare (cited posts only). Beside them stands a plain TF-IDF
cosine, as a peer. `--fit` writes weights of all the articles to a file; without it nothing is written.
"""

import argparse
import json
import math
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from monitor.jobs.match_files import posts_of, stories_of
from monitor.link.features import NAMES, Features, Looked
from monitor.link.pool import Pool
from monitor.link.rank import KEPT, Ranked, judged
from monitor.link.rivals import Rivals, standings
from monitor.link.terms import terms_of
from monitor.link.told import Told
from monitor.link.weights import TOLD_OF_ANOTHER, TOO_LATE, TOO_OLD, Standing
from monitor.model.linking import Candidate, Story

PENALTY = 0.2
"""What errors weigh beside the size of the weights: the less, the smaller these stay."""
MARGIN, LEAST_STRONG = 0.975, 0.85
"""Precision that strong suggestions must have had across publishers, and their least probability: more than is promised (0.97)."""
MOST, FOLDS = 15, 12
STRONG_LEAD = 1.5
EXPECTED = {NAMES.index("day"): 2.5, NAMES.index("media"): 1.0}
"""What a feature is expected to weigh where few articles tell, or none: a day that an article names is hardly ever wrong; of these
posts nobody knows which have a video."""
SHARES = {"as it is": 1.0, "crowded": 0.5, "bare": 0.5}

Row = tuple[float, ...]


@dataclass
class Pair:
    """One article and one candidate."""

    page: str
    post_id: str
    is_true: bool
    features: Features
    seen: Looked
    standing: Standing = field(default_factory=lambda: Standing(0, 0, 0))
    score: float = 0.0
    odds: float = 0.0

    def second(self) -> Row:
        """What the second step weighs."""
        return (self.score, *astuple(self.standing))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--corpus", type=Path, help="the folder of articles and posts; nothing is measured without")
    options.add_argument("--fit", type=Path, help="write the weights here")
    options.add_argument("--misses", type=int, default=0, help="list this many misses and false finds")
    chosen = options.parse_args()
    if chosen.corpus is None:
        print("skipped: links by words are counted on labelled articles, give them with --corpus DIR", file=sys.stderr)
        return
    stories = list(stories_of(chosen.corpus / "match_articles.jsonl", sys.exit))
    posts = list(posts_of(chosen.corpus / "match_posts.jsonl", sys.exit))
    labels = Labels(chosen.corpus, posts)
    pools_of = pools(stories, posts, labels)
    sets = {name: pairs_of(stories, pool, labels) for name, pool in pools_of.items()}
    by_page = {story.page: story for story in stories}
    across(sets, pools_of, by_page, labels)
    strong = threshold(sets)
    figures = {name: figures_of(pairs, labels, strong) for name, pairs in sets.items()}
    figures["as it is, labels as given"] = figures_of(sets["as it is"], Labels(chosen.corpus, ()), strong)
    figures["peer: TF-IDF"] = peer(stories, posts, labels)
    if chosen.misses:
        figures["examples"] = examples(sets["as it is"], labels, chosen.misses)
    if chosen.fit:
        chosen.fit.write_text(json.dumps(fitted(sets, pools_of, by_page, strong), indent=1) + "\n", encoding="utf-8")
    json.dump({"strong from": round(strong, 3), **figures}, sys.stdout, indent=1, ensure_ascii=False)
    print()


class Labels:
    """Which posts each article embeds, which of them its prose hints at, and who publishes it."""

    def __init__(self, corpus: Path, posts: Sequence[Candidate]) -> None:
        rows = [json.loads(line) for line in (corpus / "match_articles.jsonl").read_text(encoding="utf-8").splitlines()]
        self.posts = {row["page"]: {p["post_id"] for p in row["posts"]} for row in rows}
        self.cued = {row["page"]: {p["post_id"] for p in row["posts"] if p["cue"]} for row in rows}
        self.publisher = {row["page"]: publisher_of(row["url"] or row["page"]) for row in rows}
        pool, truth = {p.post_id for p in posts}, corpus / "truth.jsonl"
        for line in truth.read_text(encoding="utf-8").splitlines() if truth.exists() else ():
            row = json.loads(line)
            if row["page"] in self.posts:
                self.posts[row["page"]] |= {str(p["id"]) for p in row["posts"] if p["platform"] == "x"} & pool

    @property
    def all(self) -> set[tuple[str, str]]:
        return {(page, post) for page, posts in self.posts.items() for post in posts}


def publisher_of(url: str) -> str:
    inner = url.rpartition("http")[2]
    host = urlsplit("http" + inner).hostname or url if inner != url else url
    return ".".join(host.split(".")[-2:])


def pools(stories: Sequence[Story], posts: Sequence[Candidate], labels: Labels) -> dict[str, Pool]:
    cited = {post for _, post in labels.all}
    chance = random.Random(1)
    times = [story.published_at for story in stories if story.published_at]

    def moved(post: Candidate) -> Candidate:
        before = timedelta(hours=math.exp(chance.gauss(3.5, 2.0)))
        return post if post.post_id in cited else replace(post, posted_at=chance.choice(times) - before)

    return {
        "as it is": Pool.of(posts),
        "crowded": Pool.of(map(moved, posts)),
        "bare": Pool.of(post for post in posts if post.post_id in cited),
    }


def pairs_of(stories: Sequence[Story], pool: Pool, labels: Labels) -> list[Pair]:
    pairs = []
    for story in stories:
        for seen, features in judged(Told(story), pool):
            post = pool.posts[seen.number].post_id
            pairs.append(Pair(story.page, post, post in labels.posts[story.page], features, seen))
    return pairs


def across(sets: dict[str, list[Pair]], pools_of: dict[str, Pool], stories: dict[str, Story], labels: Labels) -> None:
    """Gives every pair its odds, by weights that were fitted without its publisher."""
    publishers = sorted(set(labels.publisher.values()))
    folds = [frozenset(publishers[n::FOLDS]) for n in range(FOLDS)]
    for out in folds:
        weights = fit(gathered(sets, labels, out, lambda p: tuple(p.features)), expected=EXPECTED)
        for pair in held(sets, labels, out):
            pair.score = value(weights, tuple(pair.features))
    for name, pairs in sets.items():
        set_leads(pairs, pools_of[name], stories)
    for out in folds:
        weights = fit(gathered(sets, labels, out, lambda p: p.second()), penalty=1.0)
        for pair in held(sets, labels, out):
            pair.odds = value(weights, pair.second())


def held(sets: dict[str, list[Pair]], labels: Labels, out: frozenset[str]) -> list[Pair]:
    return [pair for pairs in sets.values() for pair in pairs if labels.publisher[pair.page] in out]


Sample = list[tuple[Row, bool, float]]


def gathered(sets: dict[str, list[Pair]], labels: Labels, out: frozenset[str], row: Callable[[Pair], Row]) -> Sample:
    return [
        (row(pair), pair.is_true, SHARES[name])
        for name, pairs in sets.items()
        for pair in pairs
        if labels.publisher[pair.page] not in out
    ]


def set_leads(pairs: Sequence[Pair], pool: Pool, stories: dict[str, Story]) -> None:
    by_page: dict[str, list[Pair]] = defaultdict(list)
    for pair in sorted(pairs, key=lambda pair: -pair.score):
        by_page[pair.page].append(pair)
    claims = {p: [Ranked(pair.seen, pair.features, pair.score) for pair in found] for p, found in by_page.items()}
    rivals = Rivals(found[:KEPT] for found in claims.values())
    for page, found in by_page.items():
        for pair, standing in zip(found, standings(stories[page], claims[page], rivals, pool), strict=True):
            pair.standing = standing


def fit(sample: Sample, penalty: float = PENALTY, expected: Mapping[int, float] | None = None) -> Row:
    """Logistic regression by Newton's method: the intercept, then a weight a column. Columns are scaled, so that the penalty is fair."""
    width = len(sample[0][0])
    mean = [sum(r[0][n] for r in sample) / len(sample) for n in range(width)]
    spread = [math.sqrt(sum((r[0][n] - mean[n]) ** 2 for r in sample) / len(sample)) or 1.0 for n in range(width)]
    rows = [((1.0, *((x - m) / s for x, m, s in zip(r, mean, spread, strict=True))), y, w) for r, y, w in sample]
    awaited = [0.0, *((expected or {}).get(n, 0.0) * spread[n] for n in range(width))]
    weights = [0.0] * (width + 1)
    for _ in range(12):
        gradient = [0.0, *(w - a for w, a in zip(weights[1:], awaited[1:], strict=True))]
        matrix = [[float(i == j and i > 0) for j in range(width + 1)] for i in range(width + 1)]
        for row, is_true, share in rows:
            chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(a * b for a, b in zip(weights, row, strict=True))))))
            error, curve = penalty * share * (chance - is_true), penalty * share * chance * (1 - chance)
            for i, x in enumerate(row):
                gradient[i] += error * x
                if curve > 1e-6:
                    line, scaled = matrix[i], curve * x
                    for j in range(i + 1):
                        line[j] += scaled * row[j]
        step = solved([[matrix[max(i, j)][min(i, j)] for j in range(width + 1)] for i in range(width + 1)], gradient)
        weights = [w - s for w, s in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-6:
            break
    plain = [w / s for w, s in zip(weights[1:], spread, strict=True)]
    return (weights[0] - sum(w * m for w, m in zip(plain, mean, strict=True)), *plain)


def solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    size, rows = len(right), [[*line, r] for line, r in zip(matrix, right, strict=True)]
    for i in range(size):
        top = max(range(i, size), key=lambda n: abs(rows[n][i]))
        rows[i], rows[top] = rows[top], rows[i]
        rows[i][i] += 1e-9
        for n in range(size):
            if n != i and rows[n][i]:
                share = rows[n][i] / rows[i][i]
                rows[n] = [a - share * b for a, b in zip(rows[n], rows[i], strict=True)]
    return [rows[i][size] / rows[i][i] for i in range(size)]


def value(weights: Row, row: Row) -> float:
    return weights[0] + sum(w * x for w, x in zip(weights[1:], row, strict=True))


def chance_of(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def may_be_strong(pair: Pair) -> bool:
    told = pair.standing
    return (
        told.lead >= STRONG_LEAD
        and told.unsaid <= TOLD_OF_ANOTHER
        and pair.features.late < TOO_LATE
        and pair.features.age < TOO_OLD
        and not pair.seen.timing.younger
    )


def threshold(sets: dict[str, list[Pair]]) -> float:
    """The least probability from which strong suggestions were as precise as `MARGIN`, all pools taken together."""
    right, best = 0, 1.0
    found = [pair for pairs in sets.values() for pair in pairs if may_be_strong(pair)]
    for number, pair in enumerate(sorted(found, key=lambda pair: -pair.odds), 1):
        right += pair.is_true
        if right / number >= MARGIN:
            best = chance_of(pair.odds)
    return max(LEAST_STRONG, best)


def figures_of(pairs: Sequence[Pair], labels: Labels, strong: float) -> dict[str, object]:
    by_page: dict[str, list[Pair]] = defaultdict(list)
    for pair in sorted(pairs, key=lambda pair: -pair.odds):
        if len(by_page[pair.page]) < MOST:
            by_page[pair.page].append(pair)
    figures: dict[str, object] = {}
    for label, owed in (("with a cue", labels.cued), ("all", labels.posts)):
        total = sum(map(len, owed.values()))
        figures[label] = {"posts": total} | {
            f"recall@{k}": round(
                sum(
                    pair.post_id in owed[page]
                    for page, found in by_page.items()
                    for pair in found[: len(labels.posts[page]) + k - 1]
                )
                / total,
                3,
            )
            for k in (1, 3, 10)
        }
    chosen = [p for found in by_page.values() for p in found if chance_of(p.odds) >= strong and may_be_strong(p)]
    right = sum((p.page, p.post_id) in labels.all for p in chosen)
    figures["strong"] = {
        "suggestions": len(chosen),
        "precision": round(right / max(1, len(chosen)), 3),
        "recall": round(right / len(labels.all), 3),
    }
    ranked = sorted((p for found in by_page.values() for p in found), key=lambda p: -p.odds)
    figures["average precision"] = average_precision([(p.page, p.post_id) for p in ranked], labels)
    return figures


def average_precision(ranked: Sequence[tuple[str, str]], labels: Labels) -> float:
    hits, total = 0, 0.0
    for number, pair in enumerate(ranked, 1):
        if pair in labels.all:
            hits += 1
            total += hits / number
    return round(total / len(labels.all), 3)


def peer(stories: Sequence[Story], posts: Sequence[Candidate], labels: Labels) -> dict[str, object]:
    """Cosine of TF-IDF vectors: what a plain text search gives."""
    bags = [Counter(t.key for t in terms_of(post.text)) for post in posts]
    having = Counter(key for bag in bags for key in bag)
    rare = {key: math.log((len(posts) + 1) / (count + 0.5)) for key, count in having.items()}
    norms = [math.sqrt(sum((c * rare[k]) ** 2 for k, c in bag.items())) or 1.0 for bag in bags]
    ranked, first, owed = [], 0, 0
    for story in stories:
        told = Counter(t.key for p in (story.title, *story.paragraphs) for t in terms_of(p) if t.key in rare)
        length = math.sqrt(sum((c * rare[k]) ** 2 for k, c in told.items())) or 1.0
        scores = [
            (sum(c * told[k] * rare[k] ** 2 for k, c in bag.items() if k in told) / norm / length, post.post_id)
            for bag, norm, post in zip(bags, norms, posts, strict=True)
        ]
        best = sorted(scores, reverse=True)[:MOST]
        wanted = labels.posts[story.page]
        first += sum(post in wanted for _, post in best[: len(wanted)])
        owed += len(wanted)
        ranked += [(score, story.page, post) for score, post in best]
    pairs = [(page, post) for _, page, post in sorted(ranked, reverse=True)]
    return {"recall@1": round(first / owed, 3), "average precision": average_precision(pairs, labels)}


def examples(pairs: Sequence[Pair], labels: Labels, wanted: int) -> list[object]:
    wrong = [p for p in pairs if (p.odds > 0) != p.is_true]
    wrong.sort(key=lambda p: -abs(p.odds))
    return [
        [
            "missed" if p.is_true else "false",
            p.page,
            labels.publisher[p.page],
            p.post_id,
            round(p.odds, 1),
            round(p.standing.lead, 1),
        ]
        for p in wrong[:wanted]
    ]


def fitted(
    sets: dict[str, list[Pair]], pools_of: dict[str, Pool], stories: dict[str, Story], strong: float
) -> dict[str, object]:
    """The weights of all the articles, rounded to what they are worth."""
    nobody = Labels.__new__(Labels)
    nobody.publisher = defaultdict(str)
    weights = fit(gathered(sets, nobody, frozenset(), lambda p: tuple(p.features)), expected=EXPECTED)
    for name, pairs in sets.items():
        for pair in pairs:
            pair.score = value(weights, tuple(pair.features))
        set_leads(pairs, pools_of[name], stories)
    pair = fit(gathered(sets, nobody, frozenset(), lambda p: p.second()), penalty=1.0)
    vain = [tuple(p.features) for p in sets["as it is"] if not p.is_true]
    usual = [sum(row[n] for row in vain) / len(vain) for n in range(len(NAMES))]
    return {
        "features": {name: round(w, 3) for name, w in zip(NAMES, weights[1:], strict=True)},
        "usual": {name: round(u, 3) for name, u in zip(NAMES, usual, strict=True)},
        "model": {
            "intercept": round(weights[0], 3),
            "pair": round(pair[1], 3),
            "rivals": round(pair[2], 3),
            "ahead": round(pair[3], 3),
            "unsaid": round(pair[4], 3),
            "offset": round(pair[0], 3),
            "strong": round(strong, 3),
            "strong_lead": STRONG_LEAD,
        },
    }


if __name__ == "__main__":
    main()
