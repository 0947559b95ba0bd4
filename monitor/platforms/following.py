"""Where a short link leads: asked of its server, one redirect at a time, for as long as the next address is a short link too."""

from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

from monitor.answers import demand_success, header, not_understood
from monitor.errors import NotUnderstood
from monitor.model.exchange import Exchange
from monitor.platforms import Lead, ShortLink, address_of, short_link_of

_MOST_HOPS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


def follow(link: ShortLink, ask: Callable[[str], Exchange]) -> Lead:
    """Asks for the short link, and for those that it leads to; never for what they lead to in the end.

    `ask` gives the answer to one request, redirects not followed. Raises what it raises; NotThere, NotAllowed, RateLimited
    or ServerTrouble for what the status means; NotUnderstood for an answer that leads nowhere.
    """
    here = link.url
    for _ in range(_MOST_HOPS):
        here = _next(here, ask(here))
        post, another = address_of(here), short_link_of(here)
        if post is not None or another is None:
            return Lead(here, post)
        here = another.url
    raise NotUnderstood(f"{link.url} leads from one short link to another more than {_MOST_HOPS} times")


def _next(here: str, exchange: Exchange) -> str:
    if exchange.status not in _REDIRECTS:
        demand_success(exchange)
        raise not_understood(f"{here} leads nowhere: its server shows a page instead", exchange)
    target = urljoin(here, (header(exchange, "Location") or "").strip())
    if urlsplit(target).scheme not in ("http", "https") or target == here:
        raise not_understood(f"{here} leads nowhere: {target[:200]!r} is no other address of the web", exchange)
    return target
