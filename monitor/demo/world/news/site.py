"""The site's server: front pages, articles, robots.txt, and lists (feed.xml, atom.xml, feed.json, sitemap.xml)."""

import hashlib
import threading
from dataclasses import replace
from datetime import UTC, datetime
from html import escape

from monitor.demo.world import clip as clips
from monitor.demo.world.http import Request, Response, html_response, http_date, not_found
from monitor.demo.world.news.article import PUBLISHERS, NewsArticle
from monitor.demo.world.news.feeds import FORMS
from monitor.demo.world.news.page import page_of
from monitor.demo.world.server import Server

_LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


class NewsSite(Server):
    """Publish, change and withdraw articles while it runs."""

    def __init__(self) -> None:
        super().__init__()
        self._articles: dict[str, NewsArticle] = {}
        self._pages: dict[str, Response] = {}
        self._change = threading.Lock()

    def publish(self, article: NewsArticle) -> str:
        """Puts the article on the site and into its feeds; its address."""
        with self._change:
            self._articles[article.path] = article
        return self.url + article.path

    def revise(self, article: NewsArticle, at: datetime, **changed: object) -> NewsArticle:
        """Changes fields of a published article; the new one, at the same address."""
        new = replace(article, modified_at=at, **changed)  # type: ignore[arg-type]  # fields by name
        with self._change:
            self._articles[article.path] = new
        return new

    def withdraw(self, article: NewsArticle) -> None:
        """Takes the article off the site and out of the feeds."""
        with self._change:
            self._articles.pop(article.path, None)

    def put(self, path: str, body: bytes, content_type: str = "text/html; charset=utf-8", status: int = 200) -> str:
        """Serves any bytes at a path; the address."""
        self._pages[path] = Response(status, (("Content-Type", content_type),), body)
        return self.url + path

    def articles(self, section: str = "") -> list[NewsArticle]:
        """The published articles of one publisher, or of all, newest first."""
        with self._change:
            found = [a for a in self._articles.values() if section in ("", a.publisher)]
        return sorted(found, key=lambda a: a.published_at, reverse=True)

    def answer(self, request: Request) -> Response:
        """A page, a feed, or 404."""
        path = request.path
        if path in self._pages:
            return self._pages[path]
        with self._change:
            article = self._articles.get(path)
        if article is not None:
            return _conditional(request, html_response(page_of(article, self.url)), article.changed_at)
        if path == "/img/farewell.png":
            return Response(200, (("Content-Type", "image/png"),), clips.still(clips.SMALL))
        if path == "/robots.txt":
            text = f"User-agent: *\nDisallow: /drafts/\n\nSitemap: {self.url}/sitemap.xml\n"
            return Response(200, (("Content-Type", "text/plain; charset=utf-8"),), text.encode())
        section, _, name = path.strip("/").rpartition("/")
        if section in ("", *PUBLISHERS) and name in FORMS:
            return self._feed(request, section, name)
        if path.strip("/") in ("", *PUBLISHERS):
            return self._front_page(path.strip("/"))
        return not_found()

    def _feed(self, request: Request, section: str, name: str) -> Response:
        content_type, write = FORMS[name]
        articles = self.articles(section)
        changed_at = max((a.changed_at for a in articles), default=_LONG_AGO)
        title = PUBLISHERS[section].name if section else "All of the demo press"
        body = write(title, self.url, articles, changed_at).encode()
        return _conditional(request, Response(200, (("Content-Type", content_type),), body), changed_at)

    def _front_page(self, section: str) -> Response:
        links = "".join(f'<li><a href="{self.url}{a.path}">{escape(a.title)}</a></li>' for a in self.articles(section))
        feed_url = f"{self.url}/{section + '/' if section else ''}feed.xml"
        feed = f'<link rel="alternate" type="application/rss+xml" href="{feed_url}">'
        head = f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>demo press</title>{feed}</head>'
        return html_response(f"{head}<body><h1>demo press</h1><ul>{links}</ul></body></html>")


def _conditional(request: Request, response: Response, changed_at: datetime) -> Response:
    etag = f'"{hashlib.sha256(response.body).hexdigest()[:20]}"'
    headers = (("ETag", etag), ("Last-Modified", http_date(changed_at)))
    known = request.headers.get("if-none-match")
    since = request.headers.get("if-modified-since")
    if known == etag or (known is None and since == http_date(changed_at)):
        return Response(304, headers)
    return Response(response.status, (*response.headers, *headers), response.body)
