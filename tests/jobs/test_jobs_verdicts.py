"""What X's raw answers add up to, by the real jobs; a row a case, in `tests/cases/lifecycle/x.json`.

"POST" and "AUTHOR" stand for the ids of the post and its author. The answers about all else are X's own.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from moved_room import START, Room, moved_room

from monitor.demo.world import Fault
from monitor.demo.world.news.article import NewsArticle
from monitor.demo.world.social.oembed import blockquote
from monitor.jobs import read_articles
from monitor.store import observations, sights
from monitor.store.articles import Origin

ROWS = json.loads((Path(__file__).parents[1] / "cases" / "lifecycle" / "x.json").read_text("utf-8"))


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with moved_room(tmp_path) as made:
        yield made


def _spoilt(body: bytes, key: str, case: dict[str, Any], names: dict[str, str]) -> bytes:
    """X's answer with what the case says of one thing in the place of what it says itself."""
    said = json.loads(body)
    text = json.dumps(case)
    for name, value in names.items():
        text = text.replace(name, value)
    case = json.loads(text)
    data = [thing for thing in said.get("data", []) if thing["id"] != key or "data" in case]
    data = [thing | case["data"] if thing["id"] == key else thing for thing in data]
    errors = case.get("errors") or [*said.get("errors", []), *([case["error"]] if "error" in case else [])]
    rest = {k: v for k, v in said.items() if k not in ("data", "errors")}
    return json.dumps(rest | ({"data": data} if data else {}) | ({"errors": errors} if errors else {})).encode()


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_raw_answers_and_the_verdict(room: Room, row: dict[str, Any]) -> None:
    room.cite(1)
    (post,) = room.posts
    names = {"POST": post.id, "AUTHOR": post.author_id}
    change = room.world.x.fault
    change("/2/tweets", Fault(change=lambda body: _spoilt(body, post.id, row["post"], names)))
    change("/2/users", Fault(change=lambda body: _spoilt(body, post.author_id, row["author"], names)))
    # Its oEmbed says the same as the API: it does not stand in the way here.
    room.world.social.fault("/oembed", Fault(status=503, body=b""))
    for minutes in (20, 6, 11, 21):
        room.pass_time(minutes)
    sight = sights.find(room.context.store, "x", post.id)
    assert sight is not None
    assert (sight.state, sight.reason) == (row["state"], row["reason"])


def test_every_reason_that_x_tells_has_rows() -> None:
    told = {row["reason"] for row in ROWS} - {None}
    assert told == {
        "deleted by author",
        "account suspended",
        "account gone",
        "protected",
        "withheld in countries",
        "copyright",
    }
    assert sum(row["reason"] is None for row in ROWS) >= 10


def test_a_post_that_the_other_method_still_shows_is_not_called_gone_for_an_hour(room: Room) -> None:
    room.cite(1)
    (post,) = room.posts
    error = next(row["post"] for row in ROWS if row["reason"] == "deleted by author")
    names = {"POST": post.id}
    room.world.x.fault("/2/tweets", Fault(change=lambda body: _spoilt(body, post.id, error, names)))
    for minutes in (20, 6, 11):
        room.pass_time(minutes)
    sight = sights.find(room.context.store, "x", post.id)
    assert sight is not None and sight.state == "suspect"
    (last,) = [v for v in observations.verdicts(room.context.store) if v["state"] == "suspect"]
    assert last["post_id"] == post.id
    told = room.context.store.value_text("SELECT evidence FROM sight WHERE post_id = ?", post.id)
    assert told is not None and "oembed still showed it" in told
    for minutes in (30, 40):
        room.pass_time(minutes)
    sight = sights.find(room.context.store, "x", post.id)
    assert sight is not None and sight.state == "gone"


def test_more_deletions_at_once_than_is_likely_are_not_believed_before_a_day_has_passed(room: Room) -> None:
    room.cite(1)
    x, world = room.world.x.state, room.world
    others = [x.add_account(f"other_{n}", "Demo", START) for n in range(9)]
    posts = [x.add_post(account, f"By {account.username} (demo).", START) for account in others]
    blocks = tuple(blockquote(x, post) for post in posts)
    article = NewsArticle("courier", "more", "More (demo)", "Mira Tolvaj", START, blocks)
    read_articles.read(room.context, world.news.publish(article), Origin(own=True), silent=True)
    room.pass_time(1)
    world.social.fault("/oembed", Fault(status=503, body=b""))
    for post in posts:
        x.delete_post(post)
    for minutes in (20, 6, 11, 21):
        room.pass_time(minutes)
    assert {v["state"] for v in observations.verdicts(room.context.store)} == {"available", "suspect"}
    for _ in range(8):
        room.pass_time(6 * 60)
    assert [v["state"] for v in observations.verdicts(room.context.store)].count("gone") == len(posts)
