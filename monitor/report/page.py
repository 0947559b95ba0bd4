"""The report of a check: one HTML file that asks nobody for anything. `page_of` is the call."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from monitor import __version__
from monitor.model.check import Article, Checked
from monitor.report import chart
from monitor.report.figures import STATES, WORDS, Count, by_age, by_platform, count, kept_words

_LONGEST_QUOTE = 260
_FEWEST_PLOTTED = 5
_LONGEST_ADDRESS = 72
_KINDS = {
    "embed": "embedded",
    "link": "linked",
    "quote": "quoted",
    "mention": "named",
    "visual": "shown",
}


@dataclass(frozen=True, slots=True)
class Report:
    """What a report tells. `titles` are the platforms' names as people write them; `pictures` JPEGs by the SHA-256 of what they show."""

    target: str
    title: str
    made_at: datetime
    articles: Sequence[Article]
    rows: Sequence[Checked]
    of_site: bool = False
    kept: bool = False
    since: datetime | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cited:
    """An article with those of its citations that one part of the report shows, and how many live ones it leaves out."""

    article: Article
    rows: tuple[Checked, ...]
    also_live: int = 0


def page_of(report: Report) -> str:
    """The whole page."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"day": _day, "minute": _minute, "href": _href, "shown": _shown, "quote": _quote}
    return environment.get_template("report.html").render(_told(report))


def _told(report: Report) -> dict[str, object]:
    ages = by_age(report.rows, report.made_at)
    troubled, others, silent, unread = _parted(report)
    told = count(report.rows)
    each = chart.posts_a_square(age for _, age in ages)
    return {
        "report": report,
        "told": told,
        "kept_words": {state: kept_words(report.rows, state) for state in STATES},
        "read": sum(article.error is None for article in report.articles),
        "mentions": sum(article.mentions for article in report.articles),
        "bar": chart.bar(told),
        "ages": [(name, age, chart.squares(age, each)) for name, age in ages if age.posts],
        "each": each,
        "platforms": [
            (report.titles.get(name, name), found, chart.bar(found)) for name, found in by_platform(report.rows)
        ],
        "troubled": troubled,
        "others": others,
        "silent": silent,
        "unread": unread,
        "states": [(state, WORDS[state], told.of(state)) for state in STATES],
        "words": WORDS,
        "kinds": _KINDS,
        "pictures": _Pictures(report.pictures),
        "plots": told.posts >= _FEWEST_PLOTTED and report.of_site,
        "version": __version__,
        "share": _share,
    }


class _Pictures:
    """Hands each picture out once: a post that many articles cite would else weigh the page down."""

    def __init__(self, jpegs: Mapping[str, bytes]) -> None:
        self._left = dict(jpegs)
        self.any = bool(jpegs)

    def take(self, row: Checked) -> str:
        """The picture of our copy as an address that holds it; empty when there is none, or it was shown above."""
        jpeg = self._left.pop(row.copy.picture, None) if row.copy and row.copy.picture else None
        return f"data:image/jpeg;base64,{b64encode(jpeg).decode()}" if jpeg else ""


def _parted(report: Report) -> tuple[list[Cited], list[Cited], int, list[Article]]:
    """Articles with posts in trouble, those whose posts are all live, how many cite none, and those that could not be read."""
    of_article: dict[str, list[Checked]] = {}
    for row in report.rows:
        of_article.setdefault(row.article_url, []).append(row)
    troubled, others, silent, unread = [], [], 0, []
    for article in report.articles:
        rows = tuple(of_article.pop(article.url, ()))
        if article.error is not None:
            unread.append(article)
        elif not rows:
            silent += 1
        elif any(row.seen.state != "live" for row in rows):
            shown = tuple(row for row in rows if not report.of_site or row.seen.state != "live")
            troubled.append(Cited(article, shown, len(rows) - len(shown)))
        else:
            others.append(Cited(article, rows))
    troubled.sort(key=lambda one: all(row.seen.state in ("live", "not_answered") for row in one.rows))
    return troubled, others, silent, unread


def _share(told: Count) -> str:
    """How many of those that we know of are not found or changed, in words."""
    gone = told.not_found + told.changed
    if not told.answered:
        return "none answered"
    if not gone:
        return "all live"
    return f"{gone} of {told.answered} gone or changed" if told.changed else f"{gone} of {told.answered} not found"


def _day(moment: datetime | None) -> str:
    return f"{moment.day} {moment:%b %Y}" if moment else "date not told"


def _minute(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"


def _href(url: str) -> str:
    """The address, if a browser may safely follow it; else nothing."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.hostname else ""


def _shown(url: str) -> str:
    bare = url.partition("://")[2] or url
    bare = bare.removeprefix("www.")
    return bare if len(bare) <= _LONGEST_ADDRESS else bare[: _LONGEST_ADDRESS - 1] + "…"


def _quote(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST_QUOTE else words[: _LONGEST_QUOTE - 1].rstrip() + "…"
