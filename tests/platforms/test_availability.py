"""What each platform's free answers mean. A row of raw answers a case, in `tests/cases/availability/`."""

import json
from pathlib import Path
from typing import Any

import pytest

from monitor import clock
from monitor.model.availability import Answer, Cited, Question, Seen
from monitor.platforms.availability import ASKED, moved, question, says_otherwise
from monitor.platforms.oembed import ENDPOINTS

CASES = Path(__file__).parents[1] / "cases" / "availability"
OEMBED = "https://publish.x.com/oembed"
ROWS = [(path.stem, row) for path in sorted(CASES.glob("*.json")) for row in json.loads(path.read_text("utf-8"))]
A_POST = dict(ROWS)
JPEG = b"\xff\xd8\xff\xe0 demo"


def _answer(url: str, told: dict[str, Any]) -> Answer:
    body = JPEG if told.get("jpeg") else told.get("text", "").encode()
    if "json" in told:
        body = json.dumps(told["json"]).encode()
    return Answer(url, told.get("url_final") or url, told["status"], body, trouble=told.get("trouble", ""))


def _seen(platform: str, row: dict[str, Any], answers: list[dict[str, Any]]) -> Seen:
    step = question(Cited(platform, row["post_id"], row["url"]), oembed_url=OEMBED)
    left = list(answers)
    while isinstance(step, Question):
        step = step.judge(_answer(step.url, left.pop(0)))
    assert not left, "more answers than questions"
    return step


@pytest.mark.parametrize(("platform", "row"), [pytest.param(p, r, id=f"{p}: {r['name']}") for p, r in ROWS])
def test_raw_answers_and_what_they_mean(platform: str, row: dict[str, Any]) -> None:
    seen = _seen(platform, row, row["answers"])
    assert (seen.state, seen.try_extractor) == (row["state"], row.get("extractor", False)), seen.reason
    assert seen.reason.startswith(row.get("reason", "")), seen.reason
    assert bool(seen.reason) == (row["state"] != "live")
    if row["state"] == "live":
        for name in ("handle", "author", "words"):
            assert name not in row or getattr(seen, name) == row[name], name
        assert "posted_at" not in row or clock.text_or_none(seen.posted_at) == row["posted_at"]


PAGE = "<!doctype html><html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>"
FOREIGN: dict[str, dict[str, Any]] = {
    "nothing came": {"status": None, "trouble": "network: it did not answer in time"},
    "the guard refused": {"status": None, "trouble": "refused: its address is not public"},
    "a time-out told by a gateway": {"status": 504, "text": PAGE},
    "an outage": {"status": 503, "text": "Post not found"},
    "an outage in JSON": {"status": 500, "json": {"error": "Record not found"}},
    "throttled": {"status": 429, "json": {"error": "Not Found"}},
    "a login is wanted": {"status": 401, "json": {"error": "Record not found"}},
    "a payment is wanted": {"status": 402, "text": PAGE},
    "forbidden": {"status": 403, "text": PAGE},
    "kept from us by law": {"status": 451, "text": PAGE},
    "a page with 404": {"status": 404, "text": PAGE},
    "a page with 410": {"status": 410, "text": PAGE},
    "a page with 200": {"status": 200, "text": PAGE},
    "nothing with 404": {"status": 404, "text": ""},
    "nothing with 200": {"status": 200, "text": ""},
    "an empty object": {"status": 200, "text": "{}"},
    "an empty object with 404": {"status": 404, "text": "{}"},
    "a list": {"status": 200, "text": "[]"},
    "null": {"status": 404, "text": "null"},
    "JSON that breaks off": {"status": 404, "text": '{"error": "Not Fo'},
    "bytes": {"status": 200, "text": "\u0000\u0001\ufffd"},
    "Kong's 404": {"status": 404, "json": {"message": "no Route matched with those values"}},
    "Spring's 404": {"status": 404, "json": {"timestamp": "x", "status": 404, "error": "Not Found", "path": "/oembed"}},
    "Fastify's 404": {"status": 404, "json": {"message": "Route not found", "error": "Not Found", "statusCode": 404}},
    "FastAPI's 404": {"status": 404, "json": {"detail": "Not Found"}},
    "Go's 404": {"status": 404, "text": "404 page not found\n"},
    "a proxy's block page": {"status": 200, "text": "<html><body>This site is blocked. Post not found.</body></html>"},
    "no content": {"status": 204, "text": ""},
    "a redirect that leads nowhere": {"status": 302, "text": ""},
    "a teapot": {"status": 418, "text": "short and stout"},
    "a log-in elsewhere": {"status": 200, "text": PAGE, "url_final": "https://accounts.example.org/login?next=x"},
    "a consent page": {"status": 200, "text": PAGE, "url_final": "https://consent.example.org/m?continue=x"},
    "another host's 404": {
        "status": 404,
        "json": {"error": "Record not found"},
        "url_final": "https://other.example.org/",
    },
}


@pytest.mark.parametrize("platform", sorted(ASKED))
@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_no_answer_about_the_post_is_never_taken_for_one(platform: str, name: str) -> None:
    row = A_POST[platform]
    seen = _seen(platform, row, [FOREIGN[name]] * (2 if platform == "reddit" and name == "forbidden" else 1))
    assert seen.state == "not_answered"
    assert seen.reason.split(":")[0] in {
        "network", "refused", "server error", "throttled", "login wanted", "not shown", "not understood"
    }  # fmt: skip


def test_a_login_is_named_as_such_wherever_it_stands() -> None:
    for name in ("a log-in elsewhere", "a consent page"):
        assert _seen("x", A_POST["x"], [FOREIGN[name]]).reason.startswith("login wanted: publish.x.com sent us on to")


def test_every_platform_has_rows_of_answers_for_live_and_for_not_answered() -> None:
    assert set(A_POST) == ASKED
    states = {(platform, row["state"]) for platform, row in ROWS}
    assert {(p, s) for p in ASKED for s in ("live", "not_answered")} <= states
    # These never say it without a doubt: their words for "gone" are also said of private or restricted posts.
    silent = {p for p in ASKED if (p, "not_found") not in states}
    assert silent == {"dailymotion", "facebook", "instagram", "rutube", "threads", "tiktok", "vimeo", *ENDPOINTS}


def test_a_platform_without_a_free_answer_is_not_asked() -> None:
    seen = question(Cited("weibo", "1", "https://weibo.demo.invalid/1"), oembed_url=OEMBED)
    assert isinstance(seen, Seen)
    assert seen.reason == "not asked: there is no free way to ask weibo"


def test_an_endpoint_takes_the_place_of_the_platforms_hosts() -> None:
    first = question(Cited("telegram", "demo_port/42", "x"), oembed_url=OEMBED, endpoint="http://127.0.0.1:81/tg/")
    assert isinstance(first, Question)
    assert first.url == "http://127.0.0.1:81/tg/demo_port/42?embed=1&mode=tme&single"
    assert moved(first, None) is first


@pytest.mark.parametrize(
    ("platform", "kept", "now", "otherwise"),
    [
        ("x", "The ferry left. https://t.co/a", "The ferry left. pic.twitter.com/b", False),
        ("x", "The ferry left.", "The ferry came back.", True),
        ("x", "A long note that goes on and on", "A long note that…", False),
        ("x", "A long note that…", "A long note that goes on", False),
        ("x", "A long note that…", "Another note", True),
        ("x", "", "words", False),
        ("youtube", "Harbour\n\nA description", "Harbour", False),
        ("youtube", "Harbour\n\nA description", "Harbour, evening", True),
        ("telegram", "a\nb", "a b", False),
    ],
)
def test_other_words_than_we_keep_are_noticed_and_other_spellings_are_not(
    platform: str, kept: str, now: str, otherwise: bool
) -> None:
    assert says_otherwise(platform, kept, Seen("live", words=now, comparable=True)) is otherwise
    assert not says_otherwise(platform, kept, Seen("live", words=now))
