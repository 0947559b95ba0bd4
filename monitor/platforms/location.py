"""A web address taken apart for the platforms' recognisers, whatever odd way it was written in."""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qsl, unquote, urlsplit

LONGEST = 4096
"""Characters; nothing longer is taken for an address."""

_JUNK = re.compile(r"[\x00-\x20\x7f\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]+")
_BARE_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?=[/?#]|$)", re.ASCII)
_SCHEME = re.compile(r"(?:https?|at):/{0,2}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Location:
    """The parts of an address. `host` is lower-case, without "www."; `path` holds the non-empty segments, percent-decoded."""

    scheme: str
    host: str
    path: tuple[str, ...]
    query: dict[str, str]
    fragment: str
    whole: str
    """The address as it was read: cleaned, with its scheme."""

    def on(self, *domains: str) -> bool:
        """Whether the host is one of the domains, or below one."""
        return any(self.host == domain or self.host.endswith("." + domain) for domain in domains)


def location_of(written: str) -> Location | None:
    """Takes apart an address as pages write it: without scheme, with escapes of JSON or HTML, percent-encoded as a whole."""
    whole = _absolute(written)
    if whole is None:
        return None
    try:
        parts = urlsplit(whole)
        host = (parts.hostname or "").rstrip(".")
        query = dict(reversed(parse_qsl(parts.query, keep_blank_values=True, max_num_fields=200)))
    except ValueError:
        return None
    path = tuple(segment for segment in map(unquote, parts.path.split("/")) if segment)
    return Location(parts.scheme.lower(), host.removeprefix("www."), path, query, parts.fragment, whole)


def _absolute(written: str) -> str | None:
    if len(written) > LONGEST:
        return None
    text = _JUNK.sub("", written.replace("\\/", "/").replace("\\u002F", "/").replace("\\u0026", "&"))
    if "&" in text:
        text = unescape(text)
    if "%3a%2f%2f" in text[:20].lower():
        text = unquote(text)
    if text.startswith("//"):
        return "https:" + text
    if text.startswith("/"):
        return "https://relative.invalid" + text
    scheme = _SCHEME.match(text)
    if scheme:
        return scheme.group().split(":")[0].lower() + "://" + text[scheme.end() :]
    return "https://" + text if _BARE_HOST.match(text) else None
