"""What all platforms' answers have in common: refusals, faults, pages in the place of data. Pure.

A judge of a platform first asks `obstacle`: what that names is no answer about a post, whatever its body says.
"""

import json
import re
from typing import Any
from urllib.parse import urlsplit

from monitor import plain_text
from monitor.model.availability import Answer, Seen, not_answered

_LOGIN = re.compile(r"log-?in\b|sign-?in\b|signup|/auth(?:/|$)|oauth|consent|challenge|checkpoint", re.IGNORECASE)
_MOST_TOLD = 120


def obstacle(answer: Answer, question_hosts: tuple[str, ...] = (), *, known: tuple[int, ...] = ()) -> Seen | None:
    """Why an answer tells nothing of the post: none came, another machine gave it, or its status is no verdict.

    Statuses in `known`, below 500, are left to the platform's own judge.
    """
    if answer.status is None:
        return not_answered(*_parted(answer.trouble or "network"))
    led_away = _led_away(answer, question_hosts)
    if led_away is not None:
        return led_away
    host, status = host_of(answer.url_asked), answer.status
    if status == 429:
        return not_answered("throttled", f"{host} asks us to slow down (status 429)")
    if status >= 500:
        return not_answered("server error", f"{host} is in trouble (status {status})")
    if status in known or status == 200:
        return None
    if status == 401:
        return not_answered("login wanted", f"{host} wants a login (status 401)")
    if status in (402, 403, 451):
        return not_answered("not shown", f"{host} does not show it to us (status {status})")
    return not_answered("not understood", f"{host} answered with status {status}")


def host_of(url: str) -> str:
    """The host of an address, without "www."."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def json_object(answer: Answer) -> dict[str, Any] | None:
    """The answer's body as a JSON object; None for all else, HTML above all."""
    try:
        told = json.loads(answer.content.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def strange(answer: Answer, *, try_extractor: bool = False) -> Seen:
    """The finding for a body of another shape than the platform's own."""
    return not_answered("not understood", f"{host_of(answer.url_asked)} {_shape(answer)}", try_extractor=try_extractor)


def text(value: object) -> str | None:
    """A text from outside, cleaned; None for anything else, and for nothing."""
    return (plain_text.cleaned(value) or None) if isinstance(value, str) else None


def page(answer: Answer) -> str:
    """The body as text, however it was encoded."""
    return answer.content.decode("utf-8", "replace")


def told(value: object) -> str:
    """A few words of an answer, for a reason."""
    words = " ".join((text(value) or "").split())
    return words if len(words) <= _MOST_TOLD else words[: _MOST_TOLD - 1] + "…"


def _parted(trouble: str) -> tuple[str, str]:
    case, _, rest = trouble.partition(":")
    return case.strip(), rest.strip()


def _led_away(answer: Answer, hosts: tuple[str, ...]) -> Seen | None:
    asked, final = host_of(answer.url_asked), host_of(answer.url_final or answer.url_asked)
    place = urlsplit(answer.url_final).path
    if answer.url_final != answer.url_asked and _LOGIN.search(f"{final}{place}"):
        return not_answered("login wanted", f"{asked} sent us on to {final}{place}"[:200])
    if final != asked and final not in hosts:
        return not_answered("not understood", f"{asked} sent us on to {final}"[:200])
    return None


def _shape(answer: Answer) -> str:
    start = answer.content[:500].lstrip().lower()
    where = f" (status {answer.status})" if answer.status != 200 else ""
    if not start:
        return f"gave an empty answer{where}"
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or b"<html" in start:
        return f"gave a page where data was expected{where}"
    return f"gave an answer of an unknown shape{where}"
