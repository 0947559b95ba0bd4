import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from alert_world import MESSAGE, Answer, Proxy, Receiver, sender, serving, with_tls

from monitor.alert.channels import pairs
from monitor.alert.channels.by_apprise import ByApprise
from monitor.errors import UnusableSettings


def test_any_other_scheme_is_sent_by_apprise_through_the_guard(
    receiver: Receiver, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1,*")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    outcome = sender(f"json://127.0.0.1:{receiver.port}/desk", proxy).send(MESSAGE)
    assert outcome.sent, outcome.detail
    [got] = receiver.got
    read = json.loads(got.body)
    assert (got.path, read["title"], read["message"]) == ("/desk", MESSAGE.subject, MESSAGE.body)
    assert proxy.asked == [f"127.0.0.1:{receiver.port}"]
    assert proxy.passes == [(f"127.0.0.1:{receiver.port}",)]


def test_a_service_that_fails_is_tried_again_and_the_detail_shows_no_token(receiver: Receiver, proxy: Proxy) -> None:
    receiver.answers = [Answer(500)]
    outcome = sender(f"json://ann:hunter22@127.0.0.1:{receiver.port}/secretpath", proxy).send(MESSAGE)
    assert (outcome.sent, outcome.final) == (False, False)
    assert "500" in outcome.detail
    assert "hunter22" not in outcome.detail


def test_a_service_that_hangs_is_ended_in_time(receiver: Receiver, proxy: Proxy) -> None:
    receiver.answers = [Answer(0)]
    channel = sender(f"json://127.0.0.1:{receiver.port}/?rto=30", proxy)
    assert isinstance(channel, ByApprise)
    outcome = replace(channel, limit_s=1.5).send(MESSAGE)
    assert outcome.detail == "Apprise did not finish within 1.5 s"


def test_a_plugin_that_speaks_no_http_does_not_get_past_the_guard(receiver: Receiver, proxy: Proxy) -> None:
    outcome = sender(f"irc://nora@127.0.0.1:{receiver.port}/#desk", proxy).send(MESSAGE)
    assert not outcome.sent
    assert "past the guard" in outcome.detail
    assert receiver.got == []
    assert proxy.asked == []


def test_a_url_that_apprise_does_not_know_is_told(proxy: Proxy) -> None:
    outcome = sender("nosuchservice://somewhere", proxy).send(MESSAGE)
    assert outcome.detail == "Apprise does not understand the channel's URL"


def test_apprise_trusts_the_ca_bundle(certificate: tuple[Path, Path], proxy: Proxy) -> None:
    with serving(with_tls(Receiver(), *certificate)) as receiver:
        address = f"jsons://127.0.0.1:{receiver.port}/"
        outcome = sender(address, proxy, ca_bundle=str(certificate[0])).send(MESSAGE)
        assert outcome.sent, outcome.detail
        assert not sender(address, proxy).send(MESSAGE).sent


def test_the_child_sees_none_of_our_secrets(proxy: Proxy, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    from monitor.alert.channels.by_apprise import _environment

    monkeypatch.setenv("POSTWATCH_X_BEARER_TOKEN", "hunter22")
    monkeypatch.setenv("FAKETIME", "+1d")
    monkeypatch.setenv("FAKETIME_NO_CACHE", "1")
    child = _environment("http://127.0.0.1:9", None)
    assert "hunter22" not in child.values()
    assert (child["FAKETIME"], child["FAKETIME_NO_CACHE"]) == ("+1d", "1")
    assert {child[name] for name in ("HTTP_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")} == {"http://127.0.0.1:9"}
    assert child["NO_PROXY"] == child["no_proxy"] == ""
    assert os.environ["POSTWATCH_X_BEARER_TOKEN"] == "hunter22"


def test_what_is_no_url_is_refused_when_opened(proxy: Proxy) -> None:
    with pytest.raises(UnusableSettings):
        sender("somewhere", proxy)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("json://127.0.0.1:9000/", ("127.0.0.1:9000",)),
        ("json://newsroom/", ("newsroom:80",)),
        ("jsons://desk.example.org/", ("desk.example.org:443",)),
        ("gotifys://push.example.org/TOKEN", ("push.example.org:443",)),
        ("slack://TOKENA/TOKENB/TOKENC", ()),
        ("discord://12345/TOKEN", ()),
        ("syslog://", ()),
        ("json://ann:a/b@host/", ()),
    ],
)
def test_the_pairs_of_a_service_are_its_server_where_the_url_names_one(address: str, expected: tuple[str, ...]) -> None:
    assert pairs(address) == expected
