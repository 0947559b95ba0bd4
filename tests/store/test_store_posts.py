"""What is new among posts, and what is kept of each look."""

import json
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from monitor.model.account import Account
from monitor.model.exchange import Exchange, Slice
from monitor.model.post import Attachment, Post, Reference
from monitor.store import captures, contents, posts
from monitor.store.open import Store
from monitor.store.writing import insert_all

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ADA = Account("x", "7", "demo_ada", "Ada (demo)")


def post(version: str, *, first: str | None = None, text: str | None = None, **more: object) -> Post:
    chain = (version,) if first is None else (first, version)
    words = text or f"demo words of {version}"
    return Post("x", version, chain, ADA, words, f"https://x.com/i/status/{chain[0]}", raw=words.encode(), **more)


def add(store: Store, *found: Post, capture_id: int | None = None) -> list[tuple[str, bool]]:
    added = posts.add_new(store, found, seen_at=NOW, method="x-api", found_by="watch", capture_id=capture_id)
    return [(new.post.version_id, new.edited) for new in added]


def column(store: Store, sql: str) -> list[object]:
    return [row[0] for row in store.all(sql)]


def test_only_what_was_not_known_is_new_and_every_look_is_an_observation(store: Store) -> None:
    assert add(store, post("1"), post("2")) == [("1", False), ("2", False)]
    assert add(store, post("2"), post("3")) == [("3", False)]
    assert column(store, "SELECT post_id FROM post ORDER BY id") == ["1", "2", "3"]
    assert column(store, "SELECT post_id FROM observation ORDER BY id") == ["1", "2", "2", "3"]


def test_the_order_given_is_the_order_kept(store: Store) -> None:
    assert add(store, post("30"), post("4"), post("100")) == [("30", False), ("4", False), ("100", False)]
    assert column(store, "SELECT post_id FROM post ORDER BY id") == ["30", "4", "100"]


def test_a_post_that_stands_twice_in_an_answer_is_new_once(store: Store) -> None:
    assert add(store, post("1"), post("1")) == [("1", False)]
    assert column(store, "SELECT count(*) FROM observation") == [2]


def test_an_edit_is_a_new_version_of_the_post_that_was_known(store: Store) -> None:
    add(store, post("9"))
    assert add(store, post("10", first="9", language="pl")) == [("10", True)]
    assert column(store, "SELECT post_id FROM post") == ["9"]
    assert column(store, "SELECT latest_version_id FROM post") == ["10"]
    assert column(store, "SELECT language FROM post") == ["pl"]
    assert posts.find(store, "x", "10") == posts.find(store, "x", "9") is not None


def test_two_versions_in_one_answer_are_one_new_post_and_one_edit(store: Store) -> None:
    assert add(store, post("9"), post("10", first="9")) == [("9", False), ("10", True)]
    assert column(store, "SELECT latest_version_id FROM post") == ["10"]
    assert column(store, "SELECT count(DISTINCT post) FROM post_version") == [1]


def test_an_older_version_that_comes_later_is_kept_and_does_not_become_the_latest(store: Store) -> None:
    add(store, post("10", first="9"))
    assert add(store, post("9")) == [("9", True)]
    assert column(store, "SELECT latest_version_id FROM post") == ["10"]


def test_files_and_references_hang_on_the_post_once(store: Store) -> None:
    clip = Attachment("7_1", "video", duration_ms=1500)
    found = post("1", media=(clip,), references=(Reference("quoted", "5"),))
    add(store, found)
    add(store, replace(found, version_id="2", chain=("1", "2"), text="edited", raw=b"edited"))
    assert [tuple(row) for row in store.all("SELECT key, duration_s, state FROM media")] == [("7_1", 1.5, "queued")]
    assert [tuple(row) for row in store.all("SELECT kind, post_id FROM post_reference")] == [("quoted", "5")]


def test_more_posts_than_fit_one_statement_are_all_kept_in_order(store: Store) -> None:
    found = [post(str(n)) for n in range(1000, 2100)]
    assert add(store, *found, *found[:3]) == [(p.version_id, False) for p in found]
    assert column(store, "SELECT version_id FROM post_version ORDER BY id") == [p.version_id for p in found]


def test_words_are_found_by_search_as_soon_as_the_post_is_kept(store: Store) -> None:
    add(store, post("1", text="a demo of żółw"), post("2", text="a demo of żółw"), post("3", text="other"))
    assert column(store, "SELECT rowid FROM wording_fts WHERE wording_fts MATCH 'zołw'") == [1]


def test_a_row_that_breaks_a_rule_of_its_table_is_refused_and_not_passed_over(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"), store.change():
        insert_all(store, "content", "sha256, size, codec, bytes", [("a", 1, "none", b"x")])


# The answer, and each post's slice of it


def _answer(*raws: bytes) -> tuple[Exchange, tuple[Slice, ...]]:
    body, slices = b'{"data":[', []
    for n, raw in enumerate(raws):
        body += b"," * bool(n)
        slices.append(Slice("post", str(n), len(body), len(body) + len(raw)))
        body += raw
    body += '],"meta":{"note":"ż"}}'.encode()
    exchange = Exchange("x-api", "https://api.example.org", "https://api.example.org", 200, (), body, NOW, NOW)
    return exchange, tuple(slices)


def test_an_answer_is_kept_verbatim_and_a_posts_slice_once(store: Store) -> None:
    raws = [json.dumps({"id": str(n), "text": "demo ż" * 60}, ensure_ascii=False).encode() for n in range(3)]
    exchange, slices = _answer(*raws)
    with store.change():
        capture = captures.record(store, exchange, subject="account:x:7", asked_by="test", slices=slices)
        found = [replace(post(str(n)), raw=raw) for n, raw in enumerate(raws)]
        add(store, *found, capture_id=capture)
    assert captures.body(store, contents.sha256(exchange.body)) == exchange.body
    assert column(store, "SELECT count(*) FROM content") == [len(raws) + 1]
    assert [
        contents.find(store, str(d)) for d in column(store, "SELECT raw_sha256 FROM observation ORDER BY id")
    ] == raws
    assert set(column(store, "SELECT capture_id FROM observation")) == {capture}


def test_a_purged_slice_takes_the_whole_answer_and_no_other_slice(store: Store) -> None:
    exchange, slices = _answer(b'{"id":"0"}', b'{"id":"1"}')
    captures.record(store, exchange, subject="account:x:7", asked_by="test", slices=slices)
    with store.change() as db:
        db.execute("DELETE FROM content WHERE sha256 = ?", (contents.sha256(b'{"id":"0"}'),))
    assert captures.body(store, contents.sha256(exchange.body)) is None
    assert contents.find(store, contents.sha256(b'{"id":"1"}')) == b'{"id":"1"}'


def test_the_same_answer_twice_is_two_captures_of_one_body(store: Store) -> None:
    exchange, slices = _answer(b'{"id":"0"}', b'{"id":"0"}')
    for _ in range(2):
        captures.record(store, exchange, subject="account:x:7", asked_by="test", slices=slices)
    assert column(store, "SELECT count(*) FROM capture") == [2]
    assert column(store, "SELECT count(*) FROM answer") == [1]
    assert column(store, "SELECT count(*) FROM answer_part") == [2]
    assert captures.body(store, contents.sha256(exchange.body)) == exchange.body
