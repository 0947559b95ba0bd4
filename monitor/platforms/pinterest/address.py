"""How Pinterest writes the address of a pin: a number, on hosts of many countries."""

import re

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location
from monitor.platforms.markup import SLASH
from monitor.platforms.short_links import Short

_COUNTRIES = (
    "com",
    "fr",
    "de",
    "ch",
    "jp",
    "cl",
    "ca",
    "it",
    "co.uk",
    "nz",
    "ru",
    "com.au",
    "at",
    "pt",
    "co.kr",
    "es",
    "com.mx",
    "dk",
    "ph",
    "th",
    "com.uy",
    "co",
    "nl",
    "info",
    "kr",
    "ie",
    "vn",
    "com.vn",
    "ec",
    "mx",
    "in",
    "pe",
    "co.at",
    "hu",
    "co.in",
    "co.nz",
    "id",
    "com.ec",
    "com.py",
    "tw",
    "be",
    "uk",
    "com.bo",
    "com.pe",
    "se",
    "fi",
    "no",
    "pl",
    "com.br",
    "com.tr",
)
HOSTS = (*(f"pinterest.{country}" for country in _COUNTRIES),)
POSTS = rf"pin{SLASH}(?!create)|embed\.html"
SHORT = (Short(("pin.it",), re.compile(r"[A-Za-z0-9]{6,12}")),)
_ID = re.compile(r"[0-9]{10,21}(?![0-9A-Za-z_])")
_NAMED = re.compile(r".*--(?=[0-9]{10})", re.DOTALL)


def address_at(location: Location) -> Address | None:
    """The pin that an address names; None for boards, people, and the button that makes pins."""
    path = location.path
    if not location.on(*HOSTS):
        return None
    if path[:2] == ("ext", "embed.html"):
        return of_id(location.query.get("id", ""))
    path = path[1:] if path[:1] == ("amp",) else path
    return of_id(_NAMED.sub("", path[1])) if len(path) > 1 and path[0] == "pin" else None


def of_id(post_id: str) -> Address | None:
    """The address of a pin by its number."""
    found = leading(_ID, post_id.strip())
    return Address("pinterest", found, f"https://www.pinterest.com/pin/{found}/") if found else None
