"""Lists of articles as RSS 2.0, Atom 1.0, JSON Feed 1.1 and sitemap."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from html import escape

from monitor import clock
from monitor.demo.world.http import http_date
from monitor.demo.world.news.article import NewsArticle

Writer = Callable[[str, str, Sequence[NewsArticle], datetime], str]


def rss(title: str, root: str, articles: Sequence[NewsArticle], changed_at: datetime) -> str:
    """RSS 2.0."""
    items = "".join(
        f"<item><title>{escape(a.title)}</title><link>{root}{a.path}</link>"
        f'<guid isPermaLink="true">{root}{a.path}</guid><pubDate>{http_date(a.published_at)}</pubDate>'
        f"<dc:creator>{escape(a.author)}</dc:creator><description>{escape(a.lead or a.title)}</description></item>\n"
        for a in articles
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{escape(title)} (demo)</title><link>{root}/</link><description>demo</description>"
        f"<lastBuildDate>{http_date(changed_at)}</lastBuildDate>\n{items}</channel></rss>\n"
    )


def atom(title: str, root: str, articles: Sequence[NewsArticle], changed_at: datetime) -> str:
    """Atom 1.0."""
    entries = "".join(
        f"<entry><title>{escape(a.title)}</title><link rel='alternate' href='{root}{a.path}'/>"
        f"<id>{root}{a.path}</id><published>{clock.text(a.published_at)}</published>"
        f"<updated>{clock.text(a.changed_at)}</updated><author><name>{escape(a.author)}</name></author>"
        f"<summary>{escape(a.lead or a.title)}</summary></entry>\n"
        for a in articles
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{escape(title)} (demo)</title><id>{root}/</id><updated>{clock.text(changed_at)}</updated>"
        f"<link href='{root}/'/>\n{entries}</feed>\n"
    )


def json_feed(title: str, root: str, articles: Sequence[NewsArticle], changed_at: datetime) -> str:
    """JSON Feed 1.1."""
    items = [
        {
            "id": root + a.path,
            "url": root + a.path,
            "title": a.title,
            "content_text": a.lead or a.title,
            "date_published": clock.text(a.published_at),
            "date_modified": clock.text(a.changed_at),
            "authors": [{"name": a.author}],
            "language": a.language,
        }
        for a in articles
    ]
    head = {"version": "https://jsonfeed.org/version/1.1", "title": f"{title} (demo)", "home_page_url": f"{root}/"}
    return json.dumps({**head, "items": items}, indent=1)


def sitemap(title: str, root: str, articles: Sequence[NewsArticle], changed_at: datetime) -> str:
    """A sitemap with the news extension."""
    urls = "".join(
        f"<url><loc>{root}{a.path}</loc><lastmod>{clock.text(a.changed_at)}</lastmod><news:news>"
        f"<news:publication><news:name>{escape(title)} (demo)</news:name><news:language>{a.language}</news:language>"
        f"</news:publication><news:publication_date>{clock.text(a.published_at)}</news:publication_date>"
        f"<news:title>{escape(a.title)}</news:title></news:news></url>\n"
        for a in articles
    )
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {spaces}>\n{urls}</urlset>\n'


FORMS: dict[str, tuple[str, Writer]] = {
    "feed.xml": ("application/rss+xml; charset=utf-8", rss),
    "atom.xml": ("application/atom+xml; charset=utf-8", atom),
    "sitemap.xml": ("application/xml; charset=utf-8", sitemap),
    "feed.json": ("application/feed+json; charset=utf-8", json_feed),
}
