"""A message to people before it is plain text or HTML."""

from dataclasses import dataclass

Changes = tuple[tuple[str, str], ...]
"""(same | removed | added, words), in order."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a channel wants to be told."""

    thin: bool = False
    """Only what happened and where: others can read along."""
    desk_url: str = ""
    """Where the desk's pages are; "" where commands are named instead."""


@dataclass(frozen=True, slots=True)
class Part:
    """A line or paragraph: what it is, what it says, where it leads."""

    label: str
    text: str = ""
    url: str = ""
    changes: Changes = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject, what belongs to it, and further alerts in the same message."""

    subject: str
    parts: tuple[Part, ...] = ()
    alerts: tuple["Letter", ...] = ()
    more: int = 0
    """How many alerts are counted and not shown."""
    note: str = ""
    """What comes first, such as "delayed by 6 h"."""
