"""A web address taken apart for the platforms' recognisers, whatever odd way it was written in.

It is read as a browser reads it (WHATWG URL): a backslash is a slash, user and port stand beside the host, white space and
invisible letters drop out. So an address that only looks like a platform's is not taken for one.
"""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qsl, unquote

LONGEST = 4096
"""Characters; nothing longer is taken for an address."""

RELATIVE = "relative.invalid"
"""The host of an address that names none."""

_JUNK = re.compile(r"[\x00-\x20\x7f\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]+")
_ESCAPED = re.compile(r"\\+(?:u00|x)([0-9a-fA-F]{2})")
_BARE_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?=[/?#]|$)", re.ASCII)
_SCHEME = re.compile(r"(?:https?|at):/*", re.IGNORECASE)
_ENCODED_START = re.compile(r"(?:https?|at)%(?:25)*3a(?:%(?:25)*2f){2}", re.IGNORECASE)
_PORTS = (80, 443)
_PARTS = re.compile(r"(https?|at)://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)
_HOST = re.compile(r"[a-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Location:
    """The parts of an address. `host` is lower-case, without "www."; `path` holds the non-empty segments, percent-decoded."""

    scheme: str
    host: str
    """ASCII: names in other scripts as punycode, so that a look-alike shows. Empty for at://."""
    path: tuple[str, ...]
    query: dict[str, str]
    fragment: str
    whole: str
    """The address as it was read: cleaned, with its scheme."""
    port: int | None = None
    """None for those of the web, 80 and 443."""

    def on(self, *domains: str) -> bool:
        """Whether the host is one of the domains, or below one."""
        host = self.host
        if host in domains:
            return True
        if "." not in host:
            return False
        for domain in domains:  # noqa: SIM110  # asked of every address several times: a generator costs twice as much
            if host.endswith(domain) and host[-len(domain) - 1] == ".":
                return True
        return False

    def hash_bang(self) -> "Location | None":
        """The address that a script makes of `#!/path?query`, as sites of the years around 2011 did."""
        if not self.fragment.startswith(("!/", "/")):
            return None
        path, _, query = self.fragment.lstrip("!").partition("?")
        return Location(self.scheme, self.host, _segments(path), {**self.query, **_pairs(query)}, "", self.whole)


def location_of(written: str) -> Location | None:
    """Takes apart an address as pages write it: without scheme, with escapes of JSON or HTML, percent-encoded as a whole.

    None for what is no address of the web.
    """
    whole = _absolute(written)
    parts = _PARTS.fullmatch(whole) if whole else None
    if whole is None or parts is None:
        return None
    scheme, authority, path, query, fragment = parts.groups("")
    host, port = ("", None) if scheme == "at" else _host_and_port(authority)
    if host is None:
        return None
    try:
        pairs = _pairs(query)
    except ValueError:
        return None
    return Location(scheme, host, _segments(path), pairs, fragment, whole, port)


def _absolute(written: str) -> str | None:
    if len(written) > LONGEST:
        return None
    text = _ESCAPED.sub(_letter, written) if "\\" in written else written
    text = _JUNK.sub("", text)
    if "&" in text:
        text = unescape(text)
    if _ENCODED_START.match(text):
        text = _decoded(text)
    if "\\" in text:
        text = _slashed(text)
    scheme = _SCHEME.match(text)
    if scheme:
        return scheme.group().split(":")[0].lower() + "://" + text[scheme.end() :]
    if text.startswith("//"):
        return "https://" + text.lstrip("/")
    if text.startswith("/"):
        return f"https://{RELATIVE}{text}"
    return "https://" + text if _BARE_HOST.match(text) else None


def _letter(found: re.Match[str]) -> str:
    return chr(int(found.group(1), 16))


def _decoded(text: str) -> str:
    for _ in range(3):
        if not _ENCODED_START.match(text):
            break
        text = unquote(text)
    return text


def _slashed(text: str) -> str:
    cut = min((at for at in (text.find("?"), text.find("#")) if at >= 0), default=len(text))
    return text[:cut].replace("\\", "/") + text[cut:].replace("\\/", "/")


def _host_and_port(authority: str) -> tuple[str | None, int | None]:
    """What stands between the slashes, without user; no host where there is none that a platform could have."""
    written, _, port = authority.rpartition("@")[2].partition(":")
    if port and not (port.isascii() and port.isdigit() and int(port[:6]) < 65_536):
        return None, None
    host = (unquote(written) if "%" in written else written).lower().rstrip(".").removeprefix("www.")
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return None, None
    return (host if _HOST.fullmatch(host) else None), (int(port) if port and int(port) not in _PORTS else None)


def _segments(path: str) -> tuple[str, ...]:
    if "%" in path:
        return tuple(segment for segment in map(unquote, path.split("/")) if segment)
    return tuple(filter(None, path.split("/")))


def _pairs(query: str) -> dict[str, str]:
    """The first value of each name."""
    return dict(reversed(parse_qsl(query, keep_blank_values=True, max_num_fields=200))) if query else {}
