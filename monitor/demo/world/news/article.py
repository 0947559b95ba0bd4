"""An article of the news site, as its newsroom keeps it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Publisher:
    """A section of the site that stands for a publisher."""

    slug: str
    name: str
    handle: str


PUBLISHERS = {
    "courier": Publisher("courier", "The Demo Courier", "DemoCourier"),
    "evening": Publisher("evening", "Demo Evening Post", "DemoEvening"),
    "radio": Publisher("radio", "Radio Demo", "RadioDemo"),
}


@dataclass(frozen=True, slots=True)
class NewsArticle:
    """`blocks`: the body's HTML elements in order, each whole (`<p>...</p>`, `<blockquote ...>`)."""

    publisher: str
    slug: str
    title: str
    author: str
    published_at: datetime
    blocks: tuple[str, ...]
    lead: str = ""
    picture_credit: str = ""
    modified_at: datetime | None = None
    language: str = "en"

    @property
    def path(self) -> str:
        """Where it stands on the site."""
        return f"/{self.publisher}/{self.published_at:%Y/%m/%d}/{self.slug}"

    @property
    def changed_at(self) -> datetime:
        """The time of its last change."""
        return self.modified_at or self.published_at
