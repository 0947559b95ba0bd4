"""Links to tools of others, from templates with gaps; nothing is asked until somebody opens one."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit


@dataclass(frozen=True, slots=True)
class ToolLink:
    """A link and the host that learns of it."""

    name: str
    url: str
    host: str


def tool_links(templates: Iterable[tuple[str, str]], known: Mapping[str, str | None]) -> list[ToolLink]:
    """The (name, template) pairs whose gaps are all known, filled; every value is percent-encoded whole."""
    found = []
    for name, template in templates:
        gaps = set(re.findall(r"\{(\w+)\}", template))
        if not all(known.get(gap) for gap in gaps):
            continue
        url = re.sub(r"\{(\w+)\}", lambda gap: quote(str(known[gap[1]]), safe=""), template)
        found.append(ToolLink(name, url, urlsplit(url).hostname or ""))
    return found
