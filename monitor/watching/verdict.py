"""What looks at a post add up to: available -> suspect -> gone(reason) -> restored. Pure; `verdict_of` is the call.

"We could not look" is never "it is gone". Gone needs two looks that say so, `confirm_after` apart, each with a control post
seen live in the same minute, and the author's state. Without one of them the post stays suspect, and the evidence says what
is missing. A post is there again only when a method at least as strong as those that missed it sees it; a weaker one that
still shows it may have an old copy, and makes the looks that it takes lie twelve times as far apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor import clock
from monitor.model.sight import AuthorState, Look, Reason, Shown, Verdict

_CONTRADICTED = 12

_PLATFORM_SAYS: Mapping[Shown, Reason] = {
    "withheld": "withheld in countries",
    "copyright": "copyright",
    "age_or_login": "age or login gate",
    "geo_block": "geo-block",
}
"""What the platform says of the post itself: the author's state changes nothing."""

_BY_AUTHOR: Mapping[tuple[Shown, AuthorState], Reason] = {
    # X answers "not authorized" for existing posts of protected and suspended accounts alike; "not found" is said of the post.
    ("absent", "live"): "deleted by author",
    ("absent", "protected"): "deleted by author",
    ("absent", "suspended"): "account suspended",
    ("absent", "absent"): "account gone",
    ("refused", "protected"): "protected",
    ("refused", "suspended"): "account suspended",
    ("refused", "absent"): "account gone",
}
_WORDS: Mapping[Shown, str] = {
    "absent": "did not find it",
    "refused": "refused to show it",
    "withheld": "said that it is withheld",
    "copyright": "said that it is withheld for copyright",
    "age_or_login": "showed it only behind an age or login gate",
    "geo_block": "did not show it in this country",
}


def verdict_of(
    looks: Sequence[Look],
    *,
    confirm_after: timedelta,
    authors_can_be_asked: bool = True,
) -> Verdict | None:
    """The verdict after all looks at one post, oldest first; None before any look that saw anything.

    `authors_can_be_asked` is False for platforms that tell nobody of an account's state: a post that such a platform does
    not find is gone for the reason "removed".
    """
    verdict: Verdict | None = None
    run: list[Look] = []
    against: Look | None = None
    for look in looks:
        if look.shown == "unanswered":
            continue
        if look.shown == "available":
            if run and look.strength < max(missed.strength for missed in run):
                against = look
                continue
            verdict = _seen(verdict, look)
            run, against = [], None
            continue
        run.append(look)
        if against is not None and look.strength <= against.strength:
            against = None
        verdict = _missed(verdict, run, _Terms(confirm_after, authors_can_be_asked, against))
    return verdict


@dataclass(frozen=True, slots=True)
class _Terms:
    """What is asked of a run of misses. `against`: the last look of a weaker method, which showed the post."""

    confirm_after: timedelta
    ask_authors: bool
    against: Look | None

    @property
    def apart(self) -> timedelta:
        return self.confirm_after * (_CONTRADICTED if self.against else 1)


def _seen(before: Verdict | None, look: Look) -> Verdict:
    if before is not None and before.is_there:
        return before
    told = f"{look.method} showed it at {_time(look.at)}"
    if before is not None and before.state == "gone":
        return Verdict("restored", look.at, None, f"{told}, after it had been gone ({before.reason})")
    if before is None:
        return Verdict("available", look.at, None, told)
    return Verdict("available", look.at, None, f"{told}: the looks before that missed it did not bear out")


def _missed(before: Verdict | None, run: Sequence[Look], terms: _Terms) -> Verdict:
    if before is not None and before.state == "gone":
        return before
    since = before.since if before is not None and before.state == "suspect" else run[0].at
    before_us = before is None or before.before_us
    pair = _confirmed(run, terms.apart)
    if pair is None:
        return Verdict("suspect", since, None, f"{_told(run)}; {_lacking(run, terms)}", before_us)
    reason, why_not = _reason(pair[1], _author(run, pair[1]), terms.ask_authors)
    if reason is None:
        return Verdict("suspect", since, None, f"{_told(run)}; {why_not}", before_us)
    told = f"gone before we first looked: {_evidence(pair, _author(run, pair[1]))}" if before_us else ""
    return Verdict("gone", pair[1].at, reason, told or _evidence(pair, _author(run, pair[1])), before_us)


def _confirmed(run: Sequence[Look], confirm_after: timedelta) -> tuple[Look, Look] | None:
    """The first and the last controlled look of one method's strength that lie far enough apart."""
    controlled = [look for look in run if look.control is not None]
    for later in reversed(controlled):
        for earlier in controlled:
            if later.at - earlier.at >= confirm_after and earlier.strength >= later.strength:
                return earlier, later
    return None


def _author(run: Sequence[Look], look: Look) -> AuthorState | None:
    """The author's state in the minute of a look, or the last one told in this run."""
    told = [one.author for one in run if one.at <= look.at and one.author not in (None, "unanswered")]
    return look.author if look.author not in (None, "unanswered") else (told[-1] if told else None)


def _reason(look: Look, author: AuthorState | None, ask_authors: bool) -> tuple[Reason | None, str]:
    """(the reason, or why there is none)."""
    said = _PLATFORM_SAYS.get(look.shown)
    if said is not None:
        return said, ""
    if author is None:
        if not ask_authors and look.shown == "absent":
            return "removed", ""
        return None, "its author could not be looked at"
    found = _BY_AUTHOR.get((look.shown, author))
    return found, "" if found else f"its author is {author}, which does not explain it"


def _lacking(run: Sequence[Look], terms: _Terms) -> str:
    controlled = [look for look in run if look.control is not None]
    if not controlled:
        return "no control post was seen live in the same minute"
    other = terms.against
    still = f"{other.method} still showed it at {_time(other.at)}, so " if other else ""
    return f"{still}a second look, at least {_length(terms.apart)} later and with a control post, is still to come"


def _told(run: Sequence[Look]) -> str:
    first, last = run[0], run[-1]
    if first is last:
        return f"{first.method} {_WORDS[first.shown]} at {_time(first.at)}{_detail(first)}"
    return f"{last.method} {_WORDS[last.shown]} at {_time(last.at)}, first missed at {_time(first.at)}{_detail(last)}"


def _evidence(pair: tuple[Look, Look], author: AuthorState | None) -> str:
    earlier, later = pair
    words = f"{later.method} {_WORDS[later.shown]} at {_time(earlier.at)} and at {_time(later.at)}{_detail(later)}"
    state = f"; its author was {author}" if author else ""
    return (
        f"{words}{state}; control posts {earlier.control} and {later.control} were seen live in the same minutes"
        if (earlier.control != later.control)
        else f"{words}{state}; control post {later.control} was seen live in the same minutes"
    )


def _detail(look: Look) -> str:
    return f" ({look.detail})" if look.detail else ""


def _time(at: datetime) -> str:
    return clock.text(at)[:19] + "Z"


def _length(span: timedelta) -> str:
    seconds = int(span.total_seconds())
    return f"{seconds // 60} min" if seconds >= 60 and seconds % 60 == 0 else f"{seconds} s"
