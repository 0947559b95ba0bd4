"""Answers of X's API as nouns. Each case is a file of tests/cases/x_api."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor import clock
from monitor.errors import NotUnderstood, PostwatchError, ServerTrouble
from monitor.model.exchange import Exchange
from monitor.model.post import Page, Post
from monitor.platforms.x.answer import page_of

CASES = sorted((Path(__file__).parents[1] / "cases" / "x_api").glob("*.json"))
TIMELINE = "https://api.x.com/2/users/1500000000000000001/tweets"
NOW = datetime(2026, 11, 20, tzinfo=UTC)


def read(body: bytes, url: str = TIMELINE) -> Page:
    return page_of(Exchange("x-api", url, url, 200, (), body, NOW, NOW))


def told(post: Post) -> dict[str, Any]:
    """A post in the words of the case files."""
    return {
        "version_id": post.version_id,
        "post_id": post.post_id,
        "chain": list(post.chain),
        "account_id": post.account.platform_id,
        "handle": post.account.handle,
        "text": post.text,
        "url": post.url,
        "kind": post.kind,
        "posted_at": clock.text_or_none(post.posted_at),
        "editable_until": clock.text_or_none(post.editable_until),
        "language": post.language,
        "sensitive": post.sensitive,
        "references": [[reference.kind, reference.post_id] for reference in post.references],
        "media": [attachment.key for attachment in post.media],
        "has_video": post.has_video,
        "withheld_in": list(post.withheld_in),
        "metrics": [list(metric) for metric in post.metrics],
    }


def assert_told(posts: tuple[Post, ...], expected: list[dict[str, Any]]) -> None:
    found = [told(post) for post in posts]
    assert [{name: post[name] for name in want} for post, want in zip(found, expected, strict=True)] == expected


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
@pytest.mark.parametrize("escaped", [True, False], ids=["ascii", "utf-8"])
def test_the_case_is_read_as_it_says(path: Path, escaped: bool) -> None:
    case = json.loads(path.read_text("utf-8"))
    page = read(json.dumps(case["answer"], ensure_ascii=escaped).encode(), case["url"])
    assert_told(page.posts, case.get("posts", []))
    assert_told(page.included, case.get("included", []))
    accounts = [[account.platform_id, account.handle, account.protected] for account in page.accounts]
    problems = [[problem.subject, problem.key, problem.reason, problem.main] for problem in page.problems]
    assert accounts == case.get("accounts", accounts)
    assert problems == case.get("problems", [])
    for name, value in case.get("page", {}).items():
        assert getattr(page, name) == value
    if "bill" in case:
        assert {"posts": sorted(page.bill.posts), "users": sorted(page.bill.users)} == case["bill"]
    for words in case["warnings"]:
        assert any(words in warning for warning in page.warnings), (words, page.warnings)
    assert bool(page.warnings) == bool(case["warnings"]), page.warnings


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_post_carries_its_own_bytes_and_slices_do_not_overlap(path: Path) -> None:
    case = json.loads(path.read_text("utf-8"))
    body = json.dumps(case["answer"], ensure_ascii=False, indent=2).encode()
    page = read(body, case["url"])
    for post in page.posts + page.included:
        assert str(json.loads(post.raw)["id"]) == post.version_id
        assert any(s.key == post.version_id and body[s.start : s.end] == post.raw for s in page.slices)
    ends = [0, *(s.end for s in page.slices)]
    assert all(end <= s.start < s.end for end, s in zip(ends, page.slices, strict=False))


def test_a_video_is_read_with_its_variants_and_its_time_of_making() -> None:
    case = json.loads((CASES[0].parent / "timeline_with_video.json").read_text("utf-8"))
    post = read(json.dumps(case["answer"]).encode()).posts[0]
    video = post.media[0]
    assert [(variant.content_type, variant.bit_rate) for variant in video.variants] == [
        ("video/mp4", 832000),
        ("application/x-mpegURL", None),
    ]
    assert (video.kind, video.duration_ms, video.width, video.height) == ("video", 9000, 1280, 720)
    assert video.preview_url == "https://pbs.example/10.jpg"
    assert post.id_time is not None
    assert post.id_time.year == 2024


def test_text_from_outside_can_be_stored_and_the_raw_bytes_stay() -> None:
    body = rb'{"data":[{"id":"1","author_id":"2","text":"a\ud800b\u0000c \ud83d\udea2"}]}'
    post = read(body).posts[0]
    assert post.text == "a\ufffdbc \U0001f6a2"
    assert rb"\ud800" in post.raw


def test_entities_are_unescaped_once() -> None:
    assert read(b'{"data":[{"id":"1","author_id":"2","text":"&amp;lt; &lt; &quot;"}]}').posts[0].text == "&lt; < &quot;"


def test_a_post_that_comes_twice_is_one_post_with_two_slices() -> None:
    page = read(b'{"data":[{"id":"1","author_id":"2","text":"x"},{"id":"1","author_id":"2","text":"x"}]}')
    assert (len(page.posts), len(page.slices), len(page.bill.posts)) == (1, 2, 1)


def test_the_newest_id_is_that_of_the_data_whatever_meta_claims() -> None:
    body = b'{"data":[{"id":"9","author_id":"2","text":"x"},{"id":"10","author_id":"2","text":"x"}],'
    assert read(body + b'"meta":{"newest_id":"9999999999999999999"}}').newest_id == "10"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", ServerTrouble),
        (b"  \r\n", ServerTrouble),
        (b"<!doctype html><html></html>", ServerTrouble),
        (b"\xef\xbb\xbf <html>", ServerTrouble),
        (b'{"data":[{"id":"1","te', ServerTrouble),
        (b'{"data":[{"id":"1"}', ServerTrouble),
        (b'{"data":[{"id":"1"} {"id":"2"}]}', ServerTrouble),
        (b'{"data":[]} trailing', ServerTrouble),
        (b"{data:1}", ServerTrouble),
        (b"Over capacity", ServerTrouble),
        (b"\xff\xfe{\x00}\x00", ServerTrouble),
        (b"[]", NotUnderstood),
        (b"null", NotUnderstood),
        (b'"words"', NotUnderstood),
        (b'{"title":"Oops","detail":"Something","type":"about:blank"}', NotUnderstood),
        (b'{"data":' + b"[" * 100_000, NotUnderstood),
        (b'{"data":[{"id":"1","author_id":"2","text":"x","deep":' + b'{"a":' * 100_000, NotUnderstood),
    ],
    ids=lambda value: value[:24].decode("latin-1") if isinstance(value, bytes) else "",
)
def test_what_is_no_answer_is_an_error_that_carries_the_exchange(body: bytes, error: type[PostwatchError]) -> None:
    with pytest.raises(error) as caught:
        read(body)
    assert caught.value.exchange is not None
    assert caught.value.exchange.body == body


def test_strange_numbers_are_survived() -> None:
    huge = b"9" * 5000
    body = b'{"data":[{"id":"1","author_id":"2","text":"x","public_metrics":{"a":NaN,"b":%b,"c":3,"d":1e999}},' % huge
    page = read(body + b'{"id":%b,"text":"y"},NaN]}' % huge)
    assert page.posts[0].metrics == (("c", 3),)
    assert len(page.warnings) == 2


def test_invalid_utf8_keeps_offsets_true() -> None:
    body = b'{"data":[{"id":"1","author_id":"2","text":"\xff\xe9"},{"id":"2","author_id":"2","text":"\xc3\xa9"}]}'
    first, second = read(body).posts
    assert first.raw == b'{"id":"1","author_id":"2","text":"\xff\xe9"}'
    assert first.text == "\ufffd\ufffd"
    assert (second.text, second.raw) == ("\u00e9", b'{"id":"2","author_id":"2","text":"\xc3\xa9"}')


def test_a_byte_order_mark_is_passed_over() -> None:
    assert read(b'\xef\xbb\xbf{"data":[{"id":"1","author_id":"2","text":"x"}]}').posts[0].raw.startswith(b'{"id"')


def test_an_empty_object_is_told() -> None:
    assert read(b"{}").warnings == ("schema drift: the answer has neither data nor errors nor meta",)


WORDS = st.text(max_size=12)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)
FIELDS = [
    *("id", "text", "author_id", "created_at", "attachments", "media_keys", "media_key", "type", "variants", "errors"),
    *("edit_history_tweet_ids", "referenced_tweets", "note_tweet", "public_metrics", "withheld", "username", "section"),
    *("resource_id", "resource_type", "detail", "next_token", "country_codes", "edit_controls", "editable_until"),
]
THINGS = (
    st.dictionaries(st.sampled_from(FIELDS), JSON_VALUES | st.just("1858500000000000001"), max_size=8) | JSON_VALUES
)
LISTS = st.lists(THINGS, max_size=3) | THINGS
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "data": LISTS,
        "includes": st.dictionaries(st.sampled_from(["tweets", "posts", "media", "users", "places"]), LISTS)
        | JSON_VALUES,
        "errors": LISTS,
        "meta": THINGS,
    },
)


@settings(max_examples=150, deadline=None)
@given(
    ANSWERS,
    st.booleans(),
    st.sampled_from([None, 1]),
    st.sampled_from([TIMELINE, "http://h/2/users", "http://h/2/tweets"]),
)
def test_any_json_is_read_or_refused_in_our_words(answer: object, escaped: bool, indent: int | None, url: str) -> None:
    body = json.dumps(answer, ensure_ascii=escaped, indent=indent).encode("utf-8", "surrogatepass")
    try:
        page = read(body, url)
    except NotUnderstood:
        return
    for piece in page.slices:
        json.loads(body[piece.start : piece.end].decode("utf-8", "surrogatepass"))
    for post in page.posts + page.included:
        f"{post.text}{post.language}{post.metrics}{post.media}".encode()


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_damaged_answer_is_read_or_refused_in_our_words(data: st.DataObject) -> None:
    case = json.loads(data.draw(st.sampled_from(CASES)).read_text("utf-8"))
    body = bytearray(json.dumps(case["answer"], ensure_ascii=False).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(body)))
        cut = data.draw(st.integers(0, 12))
        body[at : at + cut] = data.draw(
            st.binary(max_size=6) | st.sampled_from([b"null", b"[", b"]", b"{", b'"', b"1e5"])
        )
    try:
        page = read(bytes(body), case["url"])
    except PostwatchError as error:
        assert isinstance(error, ServerTrouble | NotUnderstood)
        return
    ends = [0, *(piece.end for piece in page.slices)]
    assert all(end <= piece.start for end, piece in zip(ends, page.slices, strict=False))
