"""What a page says of itself: canonical address, title, authors, times, language. `about(page, url)` is the call."""

from dataclasses import dataclass

from monitor.articles.about.address import canonical
from monitor.articles.about.authors import authors_of
from monitor.articles.about.dates import modified_of, published_of
from monitor.articles.about.language import told_language
from monitor.articles.about.signs import Signs
from monitor.articles.about.title import title_of
from monitor.articles.page import Page
from monitor.model.article import Moment

__all__ = ["Self", "about"]


@dataclass(slots=True)
class Self:
    """The page's own words about itself."""

    url: str | None
    title: str | None
    authors: list[str]
    published: Moment | None
    modified: Moment | None
    language: str | None
    """As the page tells it; None when it does not."""
    signs: Signs


def about(page: Page, url: str | None) -> Self:
    """Reads head, linked data, headline, byline and times; `url` is where the page was fetched, None if unknown."""
    signs = Signs(page)
    address = canonical(signs, url)
    title = title_of(signs, address)
    signs.linked.prefer(title, address)
    language = told_language(signs)
    return Self(
        address,
        title,
        authors_of(signs, address),
        published_of(signs, address, language),
        modified_of(signs, language),
        language,
        signs,
    )
