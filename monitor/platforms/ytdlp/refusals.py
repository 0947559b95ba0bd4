"""Why a platform does not show a post to a guest, in the words of its page as yt-dlp repeats them. Pure.

Only whole sentences of platforms count. What no row knows means nothing: extractors fail for many reasons of their own.
"""

import re
from dataclasses import dataclass

from monitor.model.sight import AuthorState, Shown


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the words say of the post, and of its author where they do."""

    shown: Shown
    author: AuthorState | None = None


_ROWS: tuple[tuple[str, Refusal], ...] = (
    (
        r"(?:not|n't) (?:made this video )?available (?:in|from) your (?:country|location|region)"
        r"|geo.?restrict(?:ed|ion)|not shown in our country|blocked it in your country",
        Refusal("geo_block"),
    ),
    (
        r"sign in to confirm your age|age.?restricted|inappropriate for some users|only available to registered users"
        r"|members[- ]only|log in for access",
        Refusal("age_or_login"),
    ),
    (r"due to a copyright claim|blocked it on copyright grounds|copyright (?:holder|infringement|claim)", Refusal("copyright")),
    (r"account associated with this video has been terminated|(?:account|user) (?:has been|is) suspended", Refusal("absent", "suspended")),
    (r"(?:account|channel) (?:has been|was) (?:closed|deleted)|this (?:channel|account) does(?:n't| not) exist", Refusal("absent", "absent")),
    (r"removed by the (?:uploader|user|author)|deleted by (?:the|its) (?:uploader|user|author|owner)", Refusal("absent", "live")),
    (r"(?:this|the) (?:video|post|account) is private|private video", Refusal("refused", "protected")),
)  # fmt: skip
_PATTERNS = [(re.compile(pattern, re.IGNORECASE), refusal) for pattern, refusal in _ROWS]


def refusal_in(words: str) -> Refusal | None:
    """What the words mean; None for words that no row knows."""
    return next((refusal for pattern, refusal in _PATTERNS if pattern.search(words)), None)
