"""The news site: three demo publishers under one roof, with feeds, and pages that are traps."""

from monitor.demo.world.news.article import NewsArticle
from monitor.demo.world.news.site import NewsSite

__all__ = ["NewsArticle", "NewsSite"]
