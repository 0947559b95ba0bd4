"""Pages that harm a careless reader, each at its own address under `/traps/`, and a feed that lists them."""

from datetime import datetime

from monitor.demo.world import faults
from monitor.demo.world.http import http_date
from monitor.demo.world.news.site import NewsSite

_TEXT = "<p>A trap of the demo. Its text is long enough to be taken for the text of an article by a reader.</p>"
TRAPS = ("private", "loop", "bomb", "charset", "nul", "huge", "endless", "drip", "cut", "sound")


def set_traps(site: NewsSite, at: datetime, private_url: str) -> dict[str, str]:
    """Sets all traps; their addresses by name, "sound" for a page without harm, "feed" for the feed of all.

    `private_url` is where the redirect of "private" leads: an address that a guard must refuse.
    """
    found = {name: site.put(f"/traps/{name}", _page(name)) for name in TRAPS}
    site.fault("/traps/private", faults.redirect(private_url))
    site.fault("/traps/loop", faults.redirect(found["loop"]))
    site.fault("/traps/bomb", faults.gzip_bomb())
    site.put("/traps/charset", _page("charset", "Пример für alle, naïvely encoded. ").replace(b"utf-8", b"shift_jis"))
    site.fault("/traps/charset", faults.wrong_charset("shift_jis"))
    words = "This sentence of the demo holds a nu\0l &#0; and a lone surrogate &#xD83D; and goes on to its end. "
    site.put("/traps/nul", _page("nul", words) + b"\0<p>\xed\xa0\xbd lone \xed\xb8\x80 surrogates</p>")
    site.put("/traps/huge", _page("huge") + b"<p>" + b"long demo text " * 1_400_000 + b"</p>")
    site.fault("/traps/endless", faults.endless())
    site.fault("/traps/drip", faults.drip(20))
    site.fault("/traps/cut", faults.cut(200))
    found["feed"] = site.put("/traps/feed.xml", _feed(found, at), "application/rss+xml; charset=utf-8")
    return found


def _page(name: str, words: str = "") -> bytes:
    head = f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>demo trap: {name}</title></head>'
    return f"{head}<body><article><h1>demo trap: {name}</h1><p>{words}</p>{_TEXT * 4}</article></body></html>".encode()


def _feed(pages: dict[str, str], at: datetime) -> bytes:
    items = "".join(
        f"<item><title>demo trap: {name}</title><link>{url}</link><guid>{url}</guid>"
        f"<pubDate>{http_date(at)}</pubDate></item>"
        for name, url in pages.items()
    )
    head = "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'><channel><title>demo traps</title>"
    return f"{head}<link>http://demo.invalid/</link><description>demo</description>{items}</channel></rss>".encode()
