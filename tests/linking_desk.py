"""A ledger with articles and posts for the tests of suggested links: written through the store, read without any network."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.articles.mentions import with_mentions
from monitor.model.account import Account
from monitor.model.article import Moment, Reading
from monitor.model.exchange import Exchange
from monitor.model.linking import Evidence, Level, Suggestion
from monitor.model.media import Kept, Probe
from monitor.model.post import Post
from monitor.store import articles, captures, links, media, posts
from monitor.store.articles import Origin
from monitor.store.open import Store
from monitor.store.suggestions import Offer

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ANTON = Account("x", "71", "Horalenko_demo", "Anton Horalenko")
TOLD = (
    "The visit of President Marek Dovrin to Selane is over, and people speak of little but its last minutes (demo).",
    "Anton Goralenko posted the farewell video on platform X. “President Dovrin and Premier Teshko went on waving until the plane was a "
    "dot,” commented the former deputy minister.",
)
WAVING = (
    "President Dovrin and Premier Teshko went on waving until the plane was a dot. Departure from Port Selane. #demo"
)


def put_article(
    store: Store,
    *paragraphs: str,
    url: str = "https://radio.example/farewell",
    title: str = "An unusual farewell (demo)",
    at: datetime = NOW - timedelta(hours=1),
    language: str = "en",
) -> int:
    """An article, or its next version, as reading it leaves it; gives its row."""
    published = Moment(at, "exact", "metadata")
    cited = with_mentions((), paragraphs, language, at)
    reading = Reading(url, title, (), published, None, language, paragraphs, cited)
    row = articles.ensure(store, url, (), Origin(), NOW)
    digest = f"{row:064x}"
    media.add_object(
        store, Kept(digest, 1, Path("unused"), False), Probe("unknown", "application/warc", "warc.gz"), NOW
    )
    capture = captures.record(
        store, Exchange("http", url, url, 200, (), b"page", NOW, NOW), subject=f"article:{url}", asked_by="test"
    )
    new = articles.add_version(store, row, reading, body_sha256=digest, warc_sha256=digest, capture_id=capture, now=NOW)
    links.resolve(store, [n.row for n in new], NOW)
    return row


def put_post(
    store: Store, post_id: str, text: str, account: Account = ANTON, at: datetime = NOW - timedelta(hours=2)
) -> int:
    """A post; gives its row."""
    post = Post("x", post_id, (post_id,), account, text, f"https://x.com/i/status/{post_id}", raw=text.encode())
    added = posts.add_new(
        store, [replace(post, posted_at=at)], seen_at=NOW, method="x-api", found_by="watch", capture_id=None
    )
    return added[0].row


def offer(post: int, citation: int | None, score: float = 0.95, level: Level = "strong", paragraph: int = 2) -> Offer:
    """A suggestion of a post for a mention."""
    reason = Evidence("words", "went on **waving**", "**waving** until", 2.0, paragraph)
    return Offer(post, citation, Suggestion("x", str(post), score, level, (reason,)))


def mention_of(store: Store, article: int) -> int:
    """The article's citation in words."""
    return int(str(store.value("SELECT id FROM citation WHERE article_id = ? AND kind = 'mention'", article)))


def link(store: Store, citation: int) -> tuple[str, int | None]:
    """State and post of a citation's link."""
    row = store.one("SELECT state, post FROM link WHERE citation_id = ?", citation)
    assert row is not None
    return row["state"], row["post"]
