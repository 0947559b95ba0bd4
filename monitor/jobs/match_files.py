"""Articles and posts of two JSON Lines files, and the posts that the articles speak of: `match(articles, posts)`.

A line that cannot be used is told with its number and what is wrong; the rest goes on.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from monitor.articles.about.moments import parsed
from monitor.articles.mentions import mentions_in
from monitor.link.pool import Pool
from monitor.link.suggest import suggestions
from monitor.model.article import Moment
from monitor.model.linking import SLACK_HOURS, Candidate, Story, Suggestion
from monitor.platforms import id_time

_DAY_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?([0-2]\d|3[01])(?![\d])")

Row = Mapping[str, object]
Made = TypeVar("Made", Story, Candidate)


@dataclass(frozen=True, slots=True)
class Complaint:
    """A line that could not be used."""

    path: Path
    line: int
    why: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.why}"


def match(
    articles: Path,
    posts: Path,
    complain: Callable[[Complaint], None],
    aliases: Mapping[str, Sequence[str]] | None = None,
) -> Iterator[tuple[Story, tuple[Suggestion, ...]]]:
    """Each article in the order of its file, with its suggestions; `aliases` as `names.known_as` gives them. Raises OSError for a file that cannot be read."""
    pool = Pool.of(posts_of(posts, complain), aliases)
    yield from suggestions(list(stories_of(articles, complain)), pool)


def stories_of(path: Path, complain: Callable[[Complaint], None]) -> Iterator[Story]:
    """The articles of a file, with the mentions in them."""
    return _read(path, _story, complain)


def posts_of(path: Path, complain: Callable[[Complaint], None]) -> Iterator[Candidate]:
    """The posts of a file."""
    return _read(path, _candidate, complain)


def _read(path: Path, made: Callable[[Row], Made], complain: Callable[[Complaint], None]) -> Iterator[Made]:
    with path.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield made(_row_of(line))
            except (ValueError, RecursionError) as error:
                complain(Complaint(path, number, str(error)))


def _row_of(line: str) -> Row:
    row = json.loads(line)
    if isinstance(row, dict):
        return row
    raise ValueError("a line must be a JSON object, in { and }")


def _story(row: Row) -> Story:
    url = _text(row, "url")
    published = _published(_text(row, "published_at"), url)
    paragraphs = tuple(line.strip() for line in (_text(row, "text") or "").split("\n") if line.strip())
    story = Story(
        page=_needed(row, "page"),
        title=_text(row, "title") or "",
        paragraphs=paragraphs,
        url=url,
        published_at=published.at if published else None,
        slack_hours=SLACK_HOURS[published.precision] if published else 0,
        language=_text(row, "language"),
    )
    return replace(story, mentions=mentions_in(paragraphs, story.language, story.published_at))


def _candidate(row: Row) -> Candidate:
    platform, post_id = _needed(row, "platform"), _needed(row, "post_id")
    created = _published(_text(row, "created_at"), None)
    return Candidate(
        platform=platform,
        post_id=post_id,
        text=_text(row, "text") or "",
        handle=(_text(row, "handle") or "").lstrip("@") or None,
        author_name=_text(row, "author_name"),
        posted_at=created.at if created else id_time(platform, post_id),
    )


def _published(written: str | None, url: str | None) -> Moment | None:
    """The time as written; else the day that the address tells. Of a day, its noon."""
    found = parsed(written)
    day = _DAY_IN_ADDRESS.search(url or "") if found is None else None
    found = parsed("-".join(day.groups())) if day else found
    return replace(found, at=found.at + timedelta(hours=12)) if found and found.precision == "day" else found


def _text(row: Row, name: str) -> str | None:
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f'"{name}" must be a text, not {json.dumps(value)[:40]}')
    return value or None


def _needed(row: Row, name: str) -> str:
    value = row.get(name)
    value = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(value, str) or not value:
        raise ValueError(f'"{name}" is missing')
    return value


def told(story: Story, found: Sequence[Suggestion]) -> dict[str, object]:
    """An article's suggestions, ready for JSON."""
    return {"page": story.page, "suggestions": [_row(suggestion) for suggestion in found]}


def _row(suggestion: Suggestion) -> dict[str, object]:
    return {
        "platform": suggestion.platform,
        "post_id": suggestion.post_id,
        "score": suggestion.score,
        "level": suggestion.level,
        "evidence": [
            {"kind": e.kind, "article": e.article, "paragraph": e.paragraph, "post": e.post, "weight": e.weight}
            for e in suggestion.evidence
        ],
    }


def counted(found: Iterable[Suggestion]) -> str:
    """How many suggestions there are, by level, for a person."""
    levels = [suggestion.level for suggestion in found]
    return f"{levels.count('strong')} strong, {levels.count('weak')} weak" if levels else "none"
