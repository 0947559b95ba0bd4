"""The posts of a WordPress site by its REST API: their addresses, how to ask for them page by page, what an answer says."""

import re
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from monitor import clock, plain_text
from monitor.feeds.addresses import absolute
from monitor.feeds.dates import change_of, moment_of
from monitor.model.feed import Entry, Listing

ROUTE = "/wp-json/wp/v2/posts"
_PATH = re.compile(r"/wp-json/wp/v2/[\w-]+/?$")
_REST_ROUTE = re.compile(r"/wp/v2/[\w-]+/?")
_FIELDS = "id,link,date_gmt,modified_gmt,title,guid"
_PER_PAGE = 100


def is_route(url: str) -> bool:
    """Whether an address is that of posts in the API, by its looks."""
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query))
    return bool(_PATH.search(parts.path) or _REST_ROUTE.fullmatch(asked.get("rest_route", "")))


def route_of(url: str) -> str:
    """The address of a site's posts: as given where it is one, else of the site that stands at the address."""
    if is_route(url):
        return url
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/") + ROUTE, "", ""))


def page_url(url: str, page: int, since: datetime | None) -> str:
    """One page of the posts, newest change first; with `since`, of those changed after it. The operator's own query stays."""
    parts = urlsplit(route_of(url))
    ours = {"per_page": str(_PER_PAGE), "page": str(page), "orderby": "modified", "order": "desc", "_fields": _FIELDS}
    if since is not None:
        ours["modified_after"] = clock.text(since)[:19] + "Z"
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in ours]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode([*kept, *ours.items()]), ""))


def posts_in(said: Any, base_url: str) -> Listing | None:
    """The posts of an answer, in its order; None when it is no list of posts. An empty list is one."""
    if not isinstance(said, list):
        return None
    found = [
        item for item in said if isinstance(item, dict) and "link" in item and ("date_gmt" in item or "id" in item)
    ]
    if said and not found:
        return None
    entries = tuple(entry for item in found if (entry := _entry(item, base_url)))
    bad = len(said) - len(entries)
    return Listing("wordpress", entries, warnings=(f"{bad} posts have an unknown shape",) if bad else ())


def code_of(said: Any) -> str:
    """WordPress's word for why it refused, such as "rest_no_route"; empty when it said none."""
    code = said.get("code") if isinstance(said, dict) else None
    return plain_text.cleaned(code)[:60] if isinstance(code, str) else ""


def _entry(item: dict[str, Any], base_url: str) -> Entry | None:
    url = absolute(base_url, item.get("link"))
    if url is None:
        return None
    title = item.get("title")
    title = title.get("rendered") if isinstance(title, dict) else title
    number, updated_at = item.get("id"), _moment(item.get("modified_gmt"))
    return Entry(
        id=f"wordpress:{number}" if isinstance(number, int) and not isinstance(number, bool) else url,
        url=url,
        title=plain_text.of_text_or_html(title) if isinstance(title, str) else "",
        published_at=_moment(item.get("date_gmt")),
        updated_at=updated_at,
        change=change_of(str(item.get("modified_gmt") or ""), updated_at),
    )


def _moment(value: object) -> datetime | None:
    return moment_of(value) if isinstance(value, str) else None
