"""From rows of `alerts --json` to letters: what happened, in which article and paragraph, what changed, where our copy is."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from monitor.alert.words.letter import Changes, Letter, Part, Style

Row = Mapping[str, object]
_RANK = ("flash", "urgent", "normal", "info")
_SHOWN = 40
"""Alerts of a common message that are told by their subject; the rest is counted."""
_LONG = 20
_NOUNS = {
    "post_new": ("new post", "new posts"),
    "citation_new": ("new citation", "new citations"),
    "citation_suggested": ("suggested citation", "suggested citations"),
    "post_edited": ("post edited", "posts edited"),
    "post_gone": ("post gone", "posts gone"),
    "post_restored": ("post back again", "posts back again"),
    "account_renamed": ("account renamed", "accounts renamed"),
    "article_changed": ("article changed", "articles changed"),
    "account_unavailable": ("account not to be seen", "accounts not to be seen"),
    "collector_broken": ("watch broken", "watches broken"),
    "silence": ("watch silent", "watches silent"),
    "gap": ("gap", "gaps"),
}
_OPENING = {
    "group": "Within minutes",
    "hourly": "This hour",
    "daily": "The daily digest",
    "quiet": "While you were away",
    "storm": "Very many at once",
    "backlog": "While this channel was down",
}


def letter_of(row: Row, style: Style, *, note: str = "") -> Letter:
    """One alert."""
    parts = tuple(_parts(row, style))
    return Letter(headline_of(row) if style.thin else str(row["subject"]), (*parts, *_answers(row, style)), note=note)


def letter_together(rows: Sequence[Row], slot: str, style: Style, *, note: str = "") -> Letter:
    """Many alerts as one message, the gravest first; of very many some are told, all are counted."""
    ordered = sorted(rows, key=lambda row: _RANK.index(str(row["priority"])))
    whole = len(ordered) <= _LONG
    shown = [
        Letter(headline_of(row) if style.thin else str(row["subject"]), tuple(_parts(row, style)) if whole else ())
        for row in ordered[:_SHOWN]
    ]
    first = min((str(row["created_at"]) for row in rows), default="")
    where = Part("All of them", f"postwatch alerts --since {first}")
    if style.desk_url:
        where = Part("All of them", url=f"{style.desk_url}/alerts?since={first}")
    return Letter(summary(rows, slot), (where,), tuple(shown), len(ordered) - len(shown), note)


def summary(rows: Sequence[Row], slot: str) -> str:
    """ "The daily digest: 12 new citations, 2 posts edited"."""
    counts = Counter(str(row["kind"]) for row in rows)
    told = [f"{n} {_noun(kind, n)}" for kind, n in counts.most_common()]
    return f"{_OPENING.get(slot, 'Alerts')}: {', '.join(told)}"


def gravest(rows: Sequence[Row]) -> str:
    """The highest priority among them."""
    return min((str(row["priority"]) for row in rows), key=_RANK.index, default="info")


def _noun(kind: str, count: int) -> str:
    one, many = _NOUNS.get(kind, (f"alert about {kind}", f"alerts about {kind}"))
    return one if count == 1 else many


def headline_of(row: Row) -> str:
    """What happened, without a word of the post."""
    who = f"@{row['handle']}" if row.get("handle") else "an account"
    kind, platform = row["kind"], row.get("platform") or "a platform"
    if kind == "post_new":
        return f"{who} posted {'a video' if row.get('has_video') else 'something'} on {platform}"
    if kind == "post_edited":
        return f"Edited: a post of {who} on {platform} that an article cites"
    if kind == "citation_suggested":
        return f"An article may mean a post of {who} on {platform}"
    return str(row["subject"])


def _parts(row: Row, style: Style) -> Iterator[Part]:
    yield from _places(row)
    if row.get("url"):
        yield Part("The post", url=str(row["url"]))
    if style.thin:
        return
    changes = _changes(row.get("changes"))
    if changes:
        yield Part("What changed", changes=changes)
    elif row.get("kind") in ("post_gone", "post_restored") and row.get("text"):
        yield Part("It said", str(row["text"]))
    for label, key in (("How we know", "evidence"), ("Why", "detail"), ("What to do", "advice")):
        if row.get(key):
            yield Part(label, str(row[key]))
    yield from _copy(row, style)


def _places(row: Row) -> Iterator[Part]:
    places = row.get("places")
    told: set[str] = set()
    if row.get("article_url"):
        places = [{"url": row["article_url"], "title": row.get("article_title"), "paragraph": row.get("paragraph")}]
    for place in places if isinstance(places, list) else ():
        told.add(str(place["url"]))
        paragraph = f", paragraph {place['paragraph']}" if place.get("paragraph") else ""
        title = f"“{place['title']}”" if place.get("title") else ""
        yield Part(
            "Our article" if place.get("own") else "Article", f"{title}{paragraph}".lstrip(", "), str(place["url"])
        )
    articles = row.get("articles")
    for url in articles if isinstance(articles, list) else ():
        if str(url) not in told:
            yield Part("Article", url=str(url))


def _changes(value: object) -> Changes:
    if not isinstance(value, list):
        return ()
    return tuple((str(one[0]), str(one[1])) for one in value if isinstance(one, list | tuple) and len(one) == 2)


def _copy(row: Row, style: Style) -> Iterator[Part]:
    if row.get("post_id") and style.desk_url:
        yield Part("Our copy", url=f"{style.desk_url}/posts/{row.get('platform')}/{row['post_id']}")
    elif row.get("copy"):
        yield Part("Our copy", f"postwatch media path {row['copy']}")


def _answers(row: Row, style: Style) -> Iterator[Part]:
    if row["priority"] not in ("flash", "urgent"):
        return
    if style.desk_url:
        yield Part("Acknowledge", url=f"{style.desk_url}/alerts/{row['id']}")
    else:
        yield Part("Acknowledge", f"postwatch alerts ack {row['id']}")
