"""Pages from templates, which escape all that they are given. `page` is the call."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from monitor import __version__, clock
from monitor.model.desk import Actor
from monitor.platforms import PLATFORMS
from monitor.web import static
from monitor.web.asking import csrf_token, desk_of
from monitor.web.navigation import entries
from monitor.web.people.authority import ACTIONS

if TYPE_CHECKING:
    from monitor.web.desk import Desk

PREFERENCES: Mapping[str, str | bool] = {"theme": "auto", "shortcuts": True, "greyscale": False, "veil": True}
"""What a person may choose, and what holds until they do."""


def preferences(actor: Actor | None) -> dict[str, str | bool]:
    """A person's choices over the defaults."""
    return {**PREFERENCES, **(json.loads(actor.preferences) if actor else {})}


def page(request: Request, template: str, /, *, status: int = 200, **values: object) -> HTMLResponse:
    """The template, with what every page needs."""
    desk = desk_of(request)
    actor: Actor | None = getattr(request.state, "actor", None)
    known = {
        "actor": actor,
        "navigation": entries(actor),
        "path": request.url.path,
        "csrf": csrf_token(desk, actor) if actor and actor.session_id else "",
        "prefer": preferences(actor),
        "may": lambda action: actor is not None and actor.role in ACTIONS[action].roles,
        "static": static.address,
        "when": lambda value, **how: _when(desk, value, **how),
        "local": lambda value: _local(desk, value),
        "now": clock.now(),
    }
    text = _environment().get_template(template).render({**known, **values})
    return HTMLResponse(text, status)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
    )
    made.install_null_translations(newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    made.globals |= {"version": __version__, "platform_title": _platform_title}
    made.filters["someone"] = _someone
    made.filters |= {
        "host": _host,
        "web_address": _web_address,
        "size": _size,
        "clip_time": _clip_time,
        "starred": _starred,
    }
    return made


def _when(desk: "Desk", value: object, *, day: bool = False) -> Markup:
    """A time as people read it, in the newsroom's zone, UTC when pointed at; a dash for none."""
    moment = value if isinstance(value, datetime) else clock.parse_or_none(str(value) if value else None)
    if moment is None:
        return Markup("<span class=none>–</span>")
    local = moment.astimezone(desk.zone)
    this_year = local.year == clock.now().astimezone(desk.zone).year
    shown = local.strftime("%-d %b" if this_year else "%-d %b %Y") + ("" if day else local.strftime(", %H:%M"))
    return Markup('<time datetime="{}" title="{} UTC">{}</time>').format(
        clock.text(moment), clock.text(moment)[:19].replace("T", " "), shown
    )


def _someone(agent: object) -> str:
    """A person by their name; tokens and services as the audit names them."""
    return str(agent).removeprefix("user:")


def _local(desk: "Desk", value: object) -> str:
    """A time as a field of a form holds it, in the newsroom's zone; "" for none."""
    moment = clock.parse_or_none(str(value) if value else None)
    return moment.astimezone(desk.zone).strftime("%Y-%m-%dT%H:%M") if moment else ""


def _host(url: object) -> str:
    """The host of an address, in ASCII: look-alike letters show."""
    try:
        name = urlsplit(str(url)).hostname or ""
        return name.encode("idna").decode() if not name.isascii() else name
    except (ValueError, UnicodeError):
        return ""


def _web_address(url: object) -> str | None:
    """The address if a browser may be sent there, else None."""
    try:
        parts = urlsplit(str(url or ""))
    except ValueError:
        return None
    return str(url) if parts.scheme in ("http", "https") and parts.hostname else None


def _platform_title(name: str) -> str:
    found = PLATFORMS.get(name)
    return found.title if found else name


def _starred(text: str | None) -> Markup:
    """Words between ** as marked ones."""
    pieces = (text or "–").split("**")
    return Markup("").join(
        Markup("<mark>{}</mark>").format(p) if n % 2 else Markup("{}").format(p) for n, p in enumerate(pieces)
    )


def _size(count: int | None) -> str:
    if count is None:
        return "–"
    value = float(count)
    for unit in ("B", "kB", "MB", "GB"):
        if value < 1000 or unit == "GB":
            break
        value /= 1000
    return f"{value:.0f} {unit}" if value >= 10 or unit == "B" else f"{value:.1f} {unit}"


def _clip_time(seconds: float | None) -> str:
    if seconds is None:
        return ""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"
