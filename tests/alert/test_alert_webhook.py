import base64
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from alert_world import MESSAGE, Answer, Proxy, Receiver, sender, serving, with_tls
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook

from monitor.alert.channels import pairs
from monitor.alert.channels.signature import keys_of, signatures
from monitor.alert.channels.webhook_body import body_of
from monitor.errors import Refused, UnusableSettings

SECRET = "whsec_" + base64.b64encode(b"thirty-two bytes of fictional key").decode()


def url(receiver: Receiver, path: str = "/hook") -> str:
    return f"webhook+http://127.0.0.1:{receiver.port}{path}"


def test_a_webhook_is_signed_so_that_the_standards_library_accepts_it(receiver: Receiver, proxy: Proxy) -> None:
    outcome = sender(url(receiver), proxy, SECRET).send(MESSAGE)
    assert outcome.sent
    [got] = receiver.got
    assert Webhook(SECRET).verify(got.body, got.headers) == {
        "type": "post_new",
        "timestamp": "2026-03-01T12:00:00.000Z",
        "data": MESSAGE.row,
    }
    assert got.path == "/hook"
    assert got.headers["webhook-id"] == "alert-0001"


def test_a_webhook_goes_through_the_guard_with_its_own_pair_only(
    receiver: Receiver, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    assert sender(url(receiver), proxy, SECRET).send(MESSAGE).sent
    assert proxy.asked == [f"127.0.0.1:{receiver.port}"]
    assert proxy.passes == [(f"127.0.0.1:{receiver.port}",)]


def test_a_repeat_has_the_same_id_and_the_time_of_its_attempt(receiver: Receiver, proxy: Proxy) -> None:
    channel = sender(url(receiver), proxy, SECRET)
    channel.send(MESSAGE)
    channel.send(replace(MESSAGE, attempted_at=MESSAGE.attempted_at + timedelta(seconds=5)))
    first, second = receiver.got
    assert first.body == second.body
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert int(second.headers["webhook-timestamp"]) - int(first.headers["webhook-timestamp"]) == 5


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 404, 500, 599])
def test_whatever_is_not_2xx_is_a_failure_to_be_tried_again(status: int, receiver: Receiver, proxy: Proxy) -> None:
    receiver.answers = [Answer(status, {"location": f"http://127.0.0.1:{receiver.port}/other", "retry-after": "5"})]
    outcome = sender(url(receiver), proxy, SECRET).send(MESSAGE)
    assert (outcome.sent, outcome.final, outcome.retry_at) == (False, False, None)
    assert str(status) in outcome.detail
    assert len(receiver.got) == 1


def test_gone_switches_the_channel_off(receiver: Receiver, proxy: Proxy) -> None:
    receiver.answers = [Answer(410)]
    outcome = sender(url(receiver), proxy, SECRET).send(MESSAGE)
    assert outcome.final
    assert outcome.disable_channel


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_receiver_may_say_in_how_many_seconds_to_come_again(status: int, receiver: Receiver, proxy: Proxy) -> None:
    receiver.answers = [Answer(status, {"Retry-After": "120"})]
    before = datetime.now(UTC)
    outcome = sender(url(receiver), proxy, SECRET).send(MESSAGE)
    assert outcome.retry_at is not None
    assert timedelta(seconds=120) <= outcome.retry_at - before < timedelta(seconds=130)


def test_a_receiver_may_name_a_date_to_come_again_but_not_next_year(receiver: Receiver, proxy: Proxy) -> None:
    now = datetime.now(UTC)
    dates = [now + timedelta(hours=2), now + timedelta(days=365), now - timedelta(days=1)]
    receiver.answers = [Answer(503, {"Retry-After": format_datetime(date, usegmt=True)}) for date in dates]
    channel = sender(url(receiver), proxy, SECRET)
    for wait in (timedelta(hours=2), timedelta(days=1), timedelta()):
        retry_at = channel.send(MESSAGE).retry_at
        assert retry_at is not None
        assert abs(retry_at - now - wait) < timedelta(seconds=10)


@pytest.mark.parametrize("value", ["soon", "-3", "", "1e9", "²"])
def test_an_unreadable_time_to_come_again_is_passed_over(value: str, receiver: Receiver, proxy: Proxy) -> None:
    receiver.answers = [Answer(503, {"Retry-After": value.encode().decode("latin-1")})]
    assert sender(url(receiver), proxy, SECRET).send(MESSAGE).retry_at is None


def test_an_endless_answer_is_not_read_to_its_end(receiver: Receiver, proxy: Proxy) -> None:
    receiver.answers = [Answer(200, endless=True)]
    assert sender(url(receiver), proxy, SECRET).send(MESSAGE).sent


def test_an_answer_is_shown_as_one_harmless_line(receiver: Receiver, proxy: Proxy) -> None:
    receiver.answers = [Answer(500, body=b"no\x1b[31m\nway \xff" + b"x" * 5000)]
    detail = sender(url(receiver), proxy, SECRET).send(MESSAGE).detail
    assert detail.startswith("HTTP 500: no[31m way")
    assert detail.isprintable()
    assert len(detail) < 160


def test_a_receiver_that_is_not_there_is_a_failure_to_be_tried_again(receiver: Receiver, proxy: Proxy) -> None:
    outcome = sender("webhook+http://127.0.0.1:1/", proxy, SECRET).send(MESSAGE)
    assert not outcome.sent
    assert not outcome.final


def test_a_refusal_of_the_guard_is_a_failure_not_an_exception(receiver: Receiver, proxy: Proxy) -> None:
    class Strict(Proxy):
        def guard_pass(self, pairs: object) -> str:
            raise Refused("the guard is closed")

    with serving(Strict()) as strict:
        assert "the guard is closed" in sender(url(receiver), strict, SECRET).send(MESSAGE).detail


def test_https_is_checked_against_the_ca_bundle(certificate: tuple[Path, Path], proxy: Proxy) -> None:
    with serving(with_tls(Receiver(), *certificate)) as receiver:
        address = f"webhook+https://127.0.0.1:{receiver.port}/hook"
        assert sender(address, proxy, SECRET, ca_bundle=str(certificate[0])).send(MESSAGE).sent
        refused = sender(address, proxy, SECRET).send(MESSAGE)
        assert not refused.sent
        assert "CERTIFICATE_VERIFY_FAILED" in refused.detail


def test_a_large_row_is_shortened_says_so_and_keeps_its_identity() -> None:
    row = {**MESSAGE.row, "text": "ü" * 30_000, "more": {"words": ["a" * 9_000, "b" * 9_000]}, "short": "stays"}
    body = body_of(replace(MESSAGE, row=row))
    assert len(body) < 20_000
    read = json.loads(body)
    assert read["truncated"] is True
    assert read["data"]["dedup_key"] == MESSAGE.row["dedup_key"]
    assert read["data"]["short"] == "stays"
    assert read["data"]["text"].endswith("…")


def test_a_row_of_very_many_fields_is_cut_down_to_its_identity() -> None:
    row = {**MESSAGE.row, **{f"field {n}": "x" * 10 for n in range(5_000)}}
    read = json.loads(body_of(replace(MESSAGE, row=row)))
    assert set(read["data"]) == {"id", "kind", "priority", "dedup_key", "created_at"}


def test_a_small_row_is_sent_whole() -> None:
    assert "truncated" not in json.loads(body_of(MESSAGE))


@given(st.dictionaries(st.text(st.characters()), st.text(st.characters()) | st.integers() | st.none(), max_size=5))
def test_any_row_becomes_a_body_below_the_limit(row: dict[str, object]) -> None:
    body = body_of(replace(MESSAGE, row={**MESSAGE.row, **row}))
    assert len(body) < 20_000
    json.loads(body.decode("utf-8"))


def test_lone_surrogates_do_not_stop_an_alert() -> None:
    assert json.loads(body_of(replace(MESSAGE, row={"text": "a\ud800b"})))["data"] == {"text": "a?b"}


@given(st.binary(min_size=24, max_size=64), st.binary(max_size=200))
def test_signatures_agree_with_the_standards_library(key: bytes, body: bytes) -> None:
    text = body.hex()
    moment = datetime.now(UTC)
    for secret in ("whsec_" + base64.b64encode(key).decode(), base64.b64encode(key).decode()):
        ours = signatures(keys_of(secret), "alert-1", int(moment.timestamp()), text.encode())
        assert ours == Webhook(secret).sign("alert-1", moment, text)


def test_while_a_secret_is_changed_both_keys_sign() -> None:
    other = "whsec_" + base64.b64encode(b"another thirty-two bytes of key!").decode()
    stamp = int(datetime.now(UTC).timestamp())
    signed = signatures(keys_of(f"{SECRET} {other}"), "alert-1", stamp, b"{}")
    headers = {"webhook-id": "alert-1", "webhook-timestamp": str(stamp), "webhook-signature": signed}
    assert Webhook(SECRET).verify(b"{}", headers) == Webhook(other).verify(b"{}", headers) == {}


def test_a_plain_text_secret_is_taken_as_it_stands() -> None:
    assert keys_of("four words of secret!") == (b"four words of secret!",)
    assert keys_of("  ") == ()


@pytest.mark.parametrize(
    ("address", "secret"),
    [("webhook+http://127.0.0.1/", None), ("webhook+http://127.0.0.1/", "whsec_"), ("webhook+http:///", SECRET)],
)
def test_a_webhook_that_cannot_work_is_refused_when_opened(address: str, secret: str | None, proxy: Proxy) -> None:
    with pytest.raises(UnusableSettings):
        sender(address, proxy, secret)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("webhook+http://127.0.0.1:8085/x", ("127.0.0.1:8085",)),
        ("webhook+https://Desk.example.org/x", ("desk.example.org:443",)),
        ("webhook+http://[::1]/x", ("::1:80",)),
        ("webhook+http://127.0.0.1:notaport/", ()),
    ],
)
def test_the_pairs_of_a_webhook_are_its_receiver(address: str, expected: tuple[str, ...]) -> None:
    assert pairs(address) == expected
