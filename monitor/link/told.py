"""An article made ready for comparison: its terms and where they stand, the names in it, when it was told. `Told(story)`."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from monitor.link.moments import seconds
from monitor.link.names import plain_name
from monitor.link.terms import POSSESSIVE, Term, folded, terms_of
from monitor.model.linking import Story

JOINED = 3
"""Words in a row that a hashtag or a handle may join."""
_SITE_WORDS = frozenset({"www", "com", "org", "net", "news", "amp", "blog", "web", "online", "the"})


@dataclass(frozen=True, slots=True)
class Word:
    """A capitalised word of the article, which may be part of a name."""

    plain: str
    at: int
    paragraph: int


class Told:
    """An article's words by where they stand. Paragraph 0 is the title."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.at = seconds(story.published_at) if story.published_at else None
        self.paragraphs: tuple[str, ...] = (story.title, *story.paragraphs)
        self.terms: list[tuple[Term, ...]] = [terms_of(p) for p in self.paragraphs]
        self.places: dict[str, list[int]] = {}
        """Where in the article's row of terms each stands."""
        self.paragraph_of: list[int] = []
        self.spans: list[tuple[int, int]] = []
        """Where in its paragraph each term of the row stands."""
        self.joined: dict[str, set[int]] = {}
        """Up to three words in a row written as one, as hashtags and handles do, and the paragraphs that hold them."""
        self.capitals: list[Word] = []
        for number, terms in enumerate(self.terms):
            self._take(number, terms)

    def _take(self, number: int, terms: tuple[Term, ...]) -> None:
        row: list[str] = []
        text = self.paragraphs[number]
        for term in terms:
            if term.kind in ("tag", "handle"):
                self.joined.setdefault(term.key, set()).add(number)
                continue
            self.places.setdefault(term.key, []).append(len(self.paragraph_of))
            written = text[term.start : term.end]
            if term.capital:
                plain = plain_name(POSSESSIVE.sub("", written)).replace(" ", "")
                self.capitals.append(Word(plain, len(self.paragraph_of), number))
            self.paragraph_of.append(number)
            self.spans.append((term.start, term.end))
            row.append(folded(written).replace("'", ""))
            for length in range(1, min(JOINED, len(row)) + 1):
                self.joined.setdefault("".join(row[-length:]), set()).add(number)

    def paragraphs_with(self, key: str) -> set[int]:
        """The paragraphs that hold a term."""
        return {self.paragraph_of[at] for at in self.places.get(key, ())}

    @cached_property
    def host(self) -> str:
        """The host of the article's address, "" when there is none."""
        try:
            return urlsplit(self.story.url or "").hostname or ""
        except ValueError:
            return ""

    @cached_property
    def site(self) -> str:
        """What the publisher calls itself in its address: the longest word of the host's name, "" when there is none."""
        words = [word.replace("-", "") for word in self.host.split(".")[:-1] if word not in _SITE_WORDS]
        return max(words, key=len, default="")
