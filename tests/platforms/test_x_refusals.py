"""What each refusal of X means."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from monitor import errors
from monitor.errors import PostwatchError
from monitor.model.exchange import Exchange
from monitor.platforms.x.refusals import refusal_of

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HTML = b"<!doctype html><html><body>Over capacity</body></html>"


def problem(kind: str, **more: object) -> bytes:
    return json.dumps({"type": f"https://api.twitter.com/2/problems/{kind}", "title": "T", **more}).encode()


def refusal(status: int, body: bytes = b"{}", **headers: str) -> PostwatchError:
    served = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    error = refusal_of(Exchange("x-api", "u", "u", status, served, body, NOW, NOW))
    assert error is not None
    assert error.exchange is not None
    return error


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (400, b'{"errors":[{"message":"The ids parameter is wrong"}],"title":"Invalid Request"}', errors.NotUnderstood),
        (401, b'{"title":"Unauthorized"}', errors.CredentialRefused),
        (401, b"", errors.CredentialRefused),
        (402, b'{"title":"CreditsDepleted"}', errors.NoCredits),
        (402, HTML, errors.NoCredits),
        (403, problem("client-forbidden"), errors.CredentialRefused),
        (403, b'{"title":"Forbidden"}', errors.CredentialRefused),
        (403, problem("not-authorized-for-resource"), errors.NotAllowed),
        (403, HTML, errors.ServerTrouble),
        (404, problem("resource-not-found"), errors.NotThere),
        (404, b"", errors.ServerTrouble),
        (405, b"{}", errors.NotUnderstood),
        (408, b"{}", errors.ServerTrouble),
        (429, b"", errors.RateLimited),
        (429, HTML, errors.RateLimited),
        (429, b'{"title":"Too Many Requests","type":"about:blank"}', errors.RateLimited),
        (429, problem("usage-capped"), errors.CapReached),
        (403, problem("usage-capped/"), errors.CapReached),
        (301, b"", errors.ServerTrouble),
        (204, b"", errors.ServerTrouble),
        (500, b"[1]", errors.ServerTrouble),
        (503, HTML, errors.ServerTrouble),
        (502, b'{"errors":null}', errors.ServerTrouble),
    ],
)
def test_a_refusal_is_an_error_of_ours(status: int, body: bytes, expected: type[PostwatchError]) -> None:
    assert type(refusal(status, body)) is expected


def test_two_hundred_is_no_refusal() -> None:
    assert refusal_of(Exchange("x-api", "u", "u", 200, (), b"{}", NOW, NOW)) is None


@pytest.mark.parametrize(
    ("reset", "wait"),
    [
        (str(int(NOW.timestamp()) + 300), timedelta(minutes=5)),
        (str(int(NOW.timestamp()) - 300), timedelta(seconds=60)),
        (str(int(NOW.timestamp())), timedelta(seconds=60)),
        ("", timedelta(seconds=60)),
        ("soon", timedelta(seconds=60)),
        ("-5", timedelta(seconds=60)),
        ("1e9", timedelta(seconds=60)),
        ("\u00b2", timedelta(seconds=60)),
        ("9" * 5000, timedelta(seconds=60)),
        (str(int(NOW.timestamp()) + 23 * 3600), timedelta(hours=23)),
        (str(int(NOW.timestamp()) + 25 * 3600), timedelta(minutes=15)),
        (str(10**17), timedelta(minutes=15)),
    ],
)
def test_a_window_resets_within_a_day_whatever_the_header_says(reset: str, wait: timedelta) -> None:
    error = refusal(429, b"{}", X_Rate_Limit_Reset=reset)
    assert isinstance(error, errors.RateLimited)
    assert error.retry_at == NOW + wait


def test_a_reached_cap_is_told_although_the_headers_show_room() -> None:
    error = refusal(429, problem("usage-capped", detail="Monthly cap"), x_rate_limit_remaining="899")
    assert isinstance(error, errors.CapReached)
    assert error.retry_at == NOW + timedelta(hours=1)
    assert "Monthly cap" in str(error)


def test_the_guards_refusal_is_told_apart_from_x() -> None:
    error = refusal(403, b"", X_Postwatch_Guard="10.0.0.1 is not public")
    assert isinstance(error, errors.Refused)
    assert "10.0.0.1" in str(error)


def test_the_apis_own_words_reach_the_operator() -> None:
    body = b'{"title":"Invalid Request","errors":[{"message":"max_results must be 5 to 100"}]}'
    assert "max_results must be 5 to 100" in str(refusal(400, body))


def test_a_short_retry_after_is_obeyed() -> None:
    error = refusal(503, b"", Retry_After="120")
    assert isinstance(error, errors.ServerTrouble)
    assert error.retry_at == NOW + timedelta(minutes=2)
