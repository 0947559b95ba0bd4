"""When a walk through the pages of a timeline ends. Pure."""

from dataclasses import replace
from typing import Literal

from monitor.model.post import Page

LARGEST_PAGE = 100
EMPTY_PAGES = 5
"""X may serve empty pages that have a successor; so many in a row are followed."""


class Walk:
    """Remembers the pages seen, and marks the page at which to stop."""

    def __init__(self, limit: int | None) -> None:
        self._limit = limit
        self._ids: set[str] = set()
        self._tokens: set[str] = set()
        self._empty = 0

    def wanted(self) -> int:
        """How many posts the next page should hold."""
        return LARGEST_PAGE if self._limit is None else min(LARGEST_PAGE, self._limit - len(self._ids))

    def step(self, page: Page) -> Page:
        """The page, without the oldest posts beyond the limit, and with `stopped` set where the walk ends early."""
        ids = {post.version_id for post in page.posts}
        fresh = ids - self._ids
        self._empty = 0 if ids else self._empty + 1
        if (ids and not fresh) or page.next_token in self._tokens:
            return _stopped(page, "the pages repeat themselves", "repeats")
        self._ids |= fresh
        if page.next_token:
            self._tokens.add(page.next_token)
        beyond = 0 if self._limit is None else len(self._ids) - self._limit
        if beyond > 0 or (self._limit is not None and beyond == 0 and page.next_token):
            return replace(page, posts=page.posts[beyond:], stopped="limit")
        if page.next_token and self._empty > EMPTY_PAGES:
            return _stopped(page, f"more than {EMPTY_PAGES} empty pages in a row", "empty")
        return page


def _stopped(page: Page, why: str, stopped: Literal["repeats", "empty"]) -> Page:
    warning = f"X's timeline: {why}; older posts may be missing"
    return replace(page, stopped=stopped, warnings=(*page.warnings, warning))
