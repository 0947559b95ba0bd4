"""An article's page, with all that real pages have around the text: navigation, share buttons, sidebar, metadata."""

import json
from html import escape
from urllib.parse import quote

from monitor import clock
from monitor.demo.world.news.article import PUBLISHERS, NewsArticle

_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} | {publisher} (demo)</title>
<link rel="canonical" href="{url}">
<link rel="alternate" type="application/rss+xml" title="{publisher}" href="{root}/{section}/feed.xml">
<meta name="author" content="{author}">
<meta name="description" content="{lead}">
<meta property="og:type" content="article">
<meta property="og:title" content="{title}">
<meta property="og:url" content="{url}">
<meta property="og:site_name" content="{publisher} (demo)">
<meta property="article:published_time" content="{published}">
<meta property="article:modified_time" content="{modified}">
<meta name="twitter:card" content="summary_large_image">
<meta name="twitter:site" content="@{handle}">
<script type="application/ld+json">{linked_data}</script>
<style>body{{font:18px/1.5 serif;max-width:46rem;margin:auto}}nav,aside,footer{{font:14px sans-serif}}</style>
</head>
<body>
<header><p class="demo">demo - nothing here is real</p>
<nav><a href="{root}/">Front page</a> <a href="{root}/courier/">Courier</a>
<a href="{root}/evening/">Evening</a>
<a href="{root}/radio/">Radio</a> <a href="{root}/weather">Weather</a></nav></header>
<main><article>
<h1>{title}</h1>
<p class="byline">By <span class="author" rel="author">{author}</span>,
<time datetime="{published}">{published_words}</time></p>
<ul class="share">
<li><a href="https://twitter.com/intent/tweet?url={quoted_url}&amp;text={quoted_title}">Share on X</a></li>
<li><a href="https://x.com/intent/post?url={quoted_url}">Post</a></li>
<li><a href="https://www.facebook.com/sharer/sharer.php?u={quoted_url}">Share on Facebook</a></li></ul>
<div class="article-body">
{body}
</div>
</article></main>
<aside class="sidebar"><h2>Most read (demo)</h2>
<ul><li><a href="{root}/courier/weather">Fog expected at the coast</a></li>
<li><a href="{root}/evening/ferry">Night ferry runs again</a></li></ul>
<p>Follow us: <a class="twitter-follow-button" href="https://twitter.com/{handle}">@{handle}</a>
<a href="https://x.com/{handle}">our profile on X</a></p></aside>
<footer><p>{publisher} is a fictional publisher of a demo. <a href="{root}/imprint">Imprint</a></p></footer>
</body>
</html>
"""


def page_of(article: NewsArticle, root: str) -> str:
    """The page as served; `root` is the site's address without a slash at its end."""
    publisher = PUBLISHERS[article.publisher]
    url = root + article.path
    picture = ""
    if article.picture_credit:
        picture = (
            f'<figure><img src="{root}/img/farewell.png" alt="demo picture"><figcaption>A long goodbye (demo). '
            f"Images source: {escape(article.picture_credit)}</figcaption></figure>\n"
        )
    lead = f'<p class="lead"><strong>{escape(article.lead)}</strong></p>\n' if article.lead else ""
    return _PAGE.format(
        language=article.language,
        title=escape(article.title),
        publisher=escape(publisher.name),
        section=publisher.slug,
        handle=publisher.handle,
        author=escape(article.author),
        lead=escape(article.lead),
        root=root,
        url=url,
        quoted_url=quote(url, safe=""),
        quoted_title=quote(article.title),
        published=clock.text(article.published_at),
        published_words=f"{article.published_at:%d %B %Y %H:%M} UTC",
        modified=clock.text(article.changed_at),
        linked_data=_linked_data(article, url),
        body=picture + lead + "\n".join(article.blocks),
    )


def _linked_data(article: NewsArticle, url: str) -> str:
    publisher = PUBLISHERS[article.publisher]
    content = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "url": url,
        "mainEntityOfPage": url,
        "datePublished": clock.text(article.published_at),
        "dateModified": clock.text(article.changed_at),
        "inLanguage": article.language,
        "author": {"@type": "Person", "name": article.author},
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": f"{publisher.name} (demo)",
            "sameAs": [f"https://x.com/{publisher.handle}"],
        },
    }
    return json.dumps(content).replace("<", "\\u003c")
