"""A draft, an article or a post held against what we have, before anybody outside is asked.

1. `drafted` reads HTML or text that somebody pasted; `known` finds an article by its address in the ledger. Nothing leaves the house.
2. `held` tells of each cited post what our looks and our copy say, with warnings.
3. `hosts` names who would be asked; `looked_up` asks, once somebody wants it. `archive` keeps article and posts from then on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from monitor import clock
from monitor.jobs import check_articles
from monitor.jobs.ask_platforms import Asker, posted_at
from monitor.jobs.check_articles import Read, article_of, ask_all, cited_by, key
from monitor.jobs.context import Context
from monitor.jobs.keep_cited import keep_article, want
from monitor.model.availability import Cited, Question, Seen, not_answered
from monitor.model.check import Article, Checked, Citing
from monitor.platforms import address_of
from monitor.platforms.availability import question
from monitor.store import articles, dossiers, posts, reading
from monitor.store.holdings import copy_of
from monitor.store.open import Store
from monitor.store.watches import Order
from monitor.store.watches import put as put_watch

Row = dict[str, object]
LARGEST_DRAFT = 4_000_000
"""Characters of a draft that are read."""
_MOST_ASKED = 300
_SEEN_AS = {"available": "live", "restored": "live", "gone": "not_found"}


@dataclass(frozen=True, slots=True)
class Draft:
    """What is held against what we have. `read` holds what can be kept of it."""

    read: Read
    new: bool
    """Whether it is an article's address that we have not read."""


def drafted(context: Context, text: str, base_url: str | None) -> Draft:
    """A draft's HTML, or plain text with addresses."""
    from monitor.articles.inspecting import reading_of

    content = text[:LARGEST_DRAFT].encode("utf-8", "replace")
    found = reading_of(context.reader, base_url or "draft", content, base_url)
    return Draft(Read(article_of(found, base_url or "draft"), found), new=False)


def known(store: Store, url: str) -> Draft:
    """A post's address, or an article's that we have read; an article that we have not is empty and `new`."""
    post = address_of(url)
    if post is not None and post.post_id is not None:
        citing = Citing(Cited(post.platform, post.post_id, post.url, post.handle), "link", None)
        return Draft(Read(Article(url, citing=(citing,)), None, asked=url), new=False)
    row = articles.find(store, url)
    found = dossiers.article(store, row) if row is not None else None
    if found is None:
        return Draft(Read(Article(url), None, asked=url), new=True)
    cites = found["cites"]
    assert isinstance(cites, list)
    citing_all = tuple(
        _citing(c) for c in cites if not c["removed"] and c["url"] and (c["cited_post_id"] or c["post_id"])
    )
    title = found["title"]
    return Draft(
        Read(Article(str(found["url"]), str(title) if title else None, citing=citing_all), None, asked=url), new=False
    )


def _citing(link: Row) -> Citing:
    number = link["paragraph"]
    cited = Cited(
        str(link["platform"]),
        str(link["cited_post_id"] or link["post_id"]),
        str(link["url"]),
        str(link["handle"]) if link["handle"] else None,
    )
    return Citing(cited, str(link["kind"]), number if isinstance(number, int) else None, "", str(link["text"] or ""))


def held(store: Store, draft: Draft) -> list[Row]:
    """A row a citation: the fields of `check --json`, and what we know: `availability`, `warnings`, `ours`."""
    return [_held(store, draft.read.article.url, citing) for citing in draft.read.article.citing]


def _held(store: Store, url: str, citing: Citing) -> Row:
    cited = citing.cited
    row = posts.find(store, cited.platform, cited.post_id)
    there = reading.posts(store, row=row)[0]["availability"] if row is not None else _sight(store, cited)
    assert isinstance(there, dict)
    newest = store.value_text("SELECT latest_version_id FROM post WHERE id = ?", row) if row is not None else None
    superseded = newest is not None and newest != cited.post_id
    state = _SEEN_AS.get(str(there["state"]))
    seen = Seen("not_answered", f"not asked: {there['evidence']}")
    if state == "not_found":
        seen = Seen("not_found", f"{there['reason'] or 'gone'}: {there['evidence']}")
    elif superseded:
        seen = Seen("changed", "edited since: the embedded version was superseded")
    elif state == "live":
        seen = Seen("live")
    copy = copy_of(store, cited.platform, cited.post_id)
    told = Checked(url, citing, seen, posted_at(cited, seen), copy).row()
    return {
        **told,
        "text": citing.text or None,
        "availability": there,
        "ours": row is not None,
        "warnings": _warnings(there, superseded=superseded, ours=row is not None, missing=copy.missing if copy else 0),
    }


def _sight(store: Store, cited: Cited) -> Row:
    row = store.one(
        "SELECT state, reason, since, evidence FROM sight WHERE platform = ? AND post_id = ?",
        cited.platform,
        cited.post_id,
    )
    return (
        dict(row) if row else {"state": "unknown", "reason": None, "since": None, "evidence": "nobody has looked yet"}
    )


def _warnings(there: Row, *, superseded: bool, ours: bool, missing: int) -> list[str]:
    found = []
    if superseded:
        found.append("the embedded version was superseded")
    if there["reason"] in ("suspended", "account_suspended"):
        found.append("account suspended")
    if there["state"] == "gone":
        found.append("not found")
    if there["state"] == "suspect":
        found.append("missed at the last look")
    if not ours:
        found.append("no copy yet")
    elif missing:
        found.append("a file is still missing")
    return found


def hosts(context: Context, draft: Draft) -> list[str]:
    """Who would be asked, each host once: the article's own where it is new, then the platforms'."""
    options, named = context.options, []
    if draft.new:
        named.append(urlsplit(draft.read.article.url).hostname or "")
    for cited in cited_by([draft.read.article]):
        step = question(cited, oembed_url=options.x.oembed_url, endpoint=options.check.endpoints.get(cited.platform))
        if isinstance(step, Question):
            named.append(urlsplit(step.url).hostname or "")
    return sorted(filter(None, dict.fromkeys(named)))


def fetched(context: Context, draft: Draft) -> Draft:
    """The article of a new address, read now. Raises errors of our tree."""
    from monitor.jobs.open_target import Site, opened

    if not draft.new:
        return draft
    found = opened(context, context.reader, draft.read.article.url, None)
    if isinstance(found, Site):
        found = Read(
            Article(found.url, error=f"this is a list of {len(found.listed)} articles: name one of them"), None
        )
    return Draft(found, new=False)


def looked_up(context: Context, store: Store, draft: Draft) -> list[Row]:
    """`held`, with what the platforms say now."""
    patience = context.options.check.patience
    cited = cited_by([draft.read.article])[:_MOST_ASKED]
    seen = ask_all(Asker(context, patience / 4), cited, patience) if cited else {}
    unasked = not_answered("not asked", f"more than {_MOST_ASKED} posts")
    answers = {key(c): seen.get(key(c), unasked) for c in cited_by([draft.read.article])}
    now = {
        key(row.citing.cited): row.row()
        for row in check_articles.checked(context, [draft.read.article], answers, home=True)
    }
    told = []
    for citing, row in zip(draft.read.article.citing, held(store, draft), strict=True):
        fresh = now[key(citing.cited)]
        changes = {name: fresh[name] for name in ("state", "reason", "handle", "posted_at", "copy")}
        warnings = row["warnings"]
        assert isinstance(warnings, list)
        if fresh["state"] == "not_found" and "not found" not in warnings:
            warnings.append("not found")
        told.append({**row, **changes, "asked_at": clock.text(clock.now())})
    return told


def archive(context: Context, draft: Draft) -> int:
    """Keeps what is cited from now on, by the jobs of `run`, and the article; gives how many posts."""
    cited = cited_by([draft.read.article])
    if draft.read.page is not None:
        keep_article(context, draft.read)
    elif draft.read.asked and address_of(draft.read.asked) is None:
        watch_article(context, draft.read.asked)
    want(context, cited)
    return len(cited)


def watch_article(context: Context, url: str, *, own: bool = False, desk: str = "", tags: Sequence[str] = ()) -> int:
    """Makes the article a watch, due at once; gives its number."""
    every = context.options.articles.look_again
    order = Order("article", "web", url, every, url=url, own=own, desk=desk, tags=tuple(tags))
    return put_watch(context.store, order, origin="desk", place="", now=clock.now())


def sum_of(rows: Iterable[Row]) -> dict[str, int]:
    """How many posts are in which state."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[str(row["state"])] = counts.get(str(row["state"]), 0) + 1
    return counts
