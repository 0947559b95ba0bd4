"""Something that can be watched, before it is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Introduction:
    """Something that can be watched."""

    kind: str
    """"account", "feed", "article" or "post"."""
    platform: str
    target: str
    words: str
    """What it is, for people: "the account @handle on X"."""
    url: str | None = None
    handle: str | None = None
    post_id: str | None = None
    account_row: int | None = None
    facts: tuple[str, ...] = ()
    """What was found, a sentence each."""
    items_a_day: float | None = None
    """Posts or articles a day, as far as they were seen."""
