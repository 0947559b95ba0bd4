"""X's free description of one post (oEmbed): its words, name and handle; neither the exact time nor the files."""

import re
from urllib.parse import urlencode, urlsplit

from monitor import plain_text
from monitor.answers import demand_success
from monitor.errors import NotUnderstood
from monitor.feeds.json_feed import json_of
from monitor.model.account import Account
from monitor.model.exchange import Exchange
from monitor.model.post import Post
from monitor.platforms.x.address import address_of, id_time, of_id

_HANDLE = re.compile(r"/([A-Za-z0-9_]{1,20})/?")


def address(oembed_url: str, post_url: str) -> str:
    """The address to ask for the description of a post; `oembed_url` is a setting."""
    query = urlencode({"url": post_url, "omit_script": "1", "dnt": "true", "hide_thread": "1"})
    return f"{oembed_url}{'&' if urlsplit(oembed_url).query else '?'}{query}"


def post_of(content: bytes, post_id: str) -> Post:
    """The post, its account known by handle only: `platform_id` is the handle in lower case after "@".

    Raises NotUnderstood when the answer is no description, or one of another post.
    """
    try:
        said = json_of(content)
    except ValueError as error:
        raise NotUnderstood(f"X's description of post {post_id} is no JSON") from error
    if not isinstance(said, dict) or not isinstance(said.get("html"), str):
        raise NotUnderstood(f"X's description of post {post_id} has no html")
    text, described = words_and_id(said["html"])
    if described is not None and described != post_id:
        raise NotUnderstood(f"X described post {described} where {post_id} was asked for")
    handle = handle_in(said.get("author_url"))
    if handle is None:
        raise NotUnderstood(f"X's description of post {post_id} names no account")
    name = said.get("author_name")
    account = Account(
        "x",
        f"@{handle.lower()}",
        handle,
        plain_text.cleaned(name) if isinstance(name, str) else None,
        url=f"https://x.com/{handle}",
    )
    known = of_id(post_id, handle)
    url = known.url if known else f"https://x.com/i/status/{post_id}"
    return Post("x", post_id, (post_id,), account, text, url, id_time=id_time(post_id), raw=content)


def demand_description(exchange: Exchange) -> None:
    """Raises what the status means: NotThere (404), NotAllowed (403: protected), RateLimited, ServerTrouble."""
    demand_success(exchange)


def words_and_id(html: str) -> tuple[str, str | None]:
    """The words of a description's blockquote, and the id of the post that it links to. Raises NotUnderstood."""
    from lxml import etree
    from lxml.html import fragment_fromstring, tostring

    try:
        root = fragment_fromstring(plain_text.cleaned(html)[: plain_text.LONGEST_MARKUP], create_parent="div")
    except etree.LxmlError as error:
        raise NotUnderstood("X's description holds unreadable HTML") from error
    quote = next(root.iter("blockquote"), None)
    words = next(quote.iter("p"), None) if quote is not None else None
    if quote is None or words is None:
        raise NotUnderstood("X's description holds no blockquote with words")
    links = [found for link in quote.iterchildren("a") if (found := address_of(link.get("href", "")))]
    return plain_text.of_html(tostring(words, encoding="unicode", with_tail=False)), links[
        -1
    ].post_id if links else None


def handle_in(author_url: object) -> str | None:
    """The handle in an account's address."""
    found = _HANDLE.fullmatch(urlsplit(author_url).path) if isinstance(author_url, str) else None
    return found.group(1) if found else None
