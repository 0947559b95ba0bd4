"""Articles are read again on a schedule that thins out, and what became of their citations is told."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from moved_room import START, Room, moved_room

from monitor.articles.tombstones import is_tombstone
from monitor.demo.world.faults import html_page
from monitor.demo.world.news.article import NewsArticle
from monitor.demo.world.social.oembed import blockquote
from monitor.jobs import read_articles
from monitor.store import alerts, article_turns
from monitor.store.articles import Origin

HOUR = 60.0


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with moved_room(tmp_path) as made:
        yield made


def _publish(room: Room, *, own: bool) -> NewsArticle:
    x = room.world.x.state
    author = x.add_account("demo_author", "Demo", START)
    room.posts = [x.add_post(author, f"Post {n} (demo).", START) for n in range(3)]
    blocks = ("<p>The ferry left in the morning.</p>", blockquote(x, room.posts[0]), "<p>Nobody waved.</p>")
    article = NewsArticle("courier", "story", "Demo story", "Mira Tolvaj", START, blocks)
    read_articles.read(room.context, room.world.news.publish(article), Origin(own=own), silent=False)
    room.pass_time(1)
    return article


def _told(room: Room) -> list[dict[str, Any]]:
    return [a for a in alerts.listing(room.context.store) if a["kind"] == "article_changed"]


def _readings(room: Room) -> int:
    return len(room.world.news.requests_to("/courier/*"))


def test_our_own_articles_are_read_again_and_again_ever_more_rarely(room: Room) -> None:
    _publish(room, own=True)
    counts = []
    for _ in range(24 * 4):
        room.pass_time(HOUR)
        counts.append(_readings(room))
    assert [n + 1 for n, (a, b) in enumerate(zip([1, *counts], counts, strict=False)) if b > a] == [1, 6, 24, 72]


def test_another_publishers_article_is_read_after_a_day_and_a_week(room: Room) -> None:
    _publish(room, own=False)
    for hours in (23, 2, 24 * 5, 24 * 2, 24 * 30):
        room.pass_time(hours * HOUR)
    assert _readings(room) == 3


def test_a_flagged_article_is_read_at_once_and_then_like_our_own(room: Room) -> None:
    article = _publish(room, own=False)
    url = room.world.news.url + article.path
    assert article_turns.flag(room.context.store, url, "much read", room.now)
    room.pass_time(1)
    assert _readings(room) == 2
    assert not article_turns.flag(room.context.store, "https://news.example.org/none", "much read", room.now)


def test_citations_that_were_replaced_removed_and_added_are_told(room: Room) -> None:
    article, x = _publish(room, own=True), room.world.x.state
    second = (article.blocks[0], blockquote(x, room.posts[1]), article.blocks[2])
    article = room.world.news.revise(article, START + timedelta(minutes=30), blocks=second)
    room.pass_time(HOUR)
    (told,) = _told(room)
    assert told["priority"] == "info" and told["change"] in ("replaced", "removed")
    assert room.posts[0].id in told["subject"]
    room.world.news.revise(article, START + timedelta(hours=5), blocks=(article.blocks[0], article.blocks[2]))
    room.pass_time(6 * HOUR)
    assert len(_told(room)) == 2 and room.posts[1].id in _told(room)[1]["subject"]
    kinds = [a["kind"] for a in alerts.listing(room.context.store)]
    assert kinds.count("citation_new") == 2


def test_an_embed_that_shows_nothing_any_more_is_told_once(room: Room) -> None:
    article = _publish(room, own=True)
    address = f"https://twitter.com/demo_author/status/{room.posts[0].id}"
    dead = (
        f'<blockquote class="twitter-tweet"><p>This Post is unavailable.</p><a href="{address}">demo</a></blockquote>'
    )
    room.world.news.revise(article, START + timedelta(minutes=30), blocks=(article.blocks[0], dead, article.blocks[2]))
    for hours in (1, 6, 24):
        room.pass_time(hours * HOUR)
    (told,) = [a for a in _told(room) if a["change"] == "tombstone"]
    assert "shows nothing any more" in told["subject"] and told["priority"] == "normal"


def test_a_site_in_trouble_costs_a_reading_and_no_failure(room: Room) -> None:
    _publish(room, own=True)
    room.world.news.fault("/courier/*", html_page(503))
    room.pass_time(HOUR)
    room.world.mend()
    assert room.context.store.value("SELECT count(*) FROM job WHERE state NOT IN ('done', 'finished')") in (0, None)
    room.pass_time(6 * HOUR)
    assert _readings(room) == 3


@pytest.mark.parametrize(
    ("words", "dead"),
    [
        ("This Post is from an account that no longer exists.", True),
        ("This Tweet is unavailable", True),
        ("Video unavailable", True),
        ("Dieser Beitrag ist nicht mehr verfügbar.", True),
        ("Cette publication n’est plus disponible", True),
        ("Пост недоступен", True),
        ("The ferry left in the morning (demo).", False),
        ("", False),
        ("They deleted nothing, and said so. " * 20, False),
    ],
)
def test_the_words_of_a_tombstone(words: str, dead: bool) -> None:
    assert is_tombstone(words) is dead
