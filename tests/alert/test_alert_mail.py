import ssl
from dataclasses import replace
from pathlib import Path

import pytest
from alert_world import MESSAGE, Proxy, sender
from mail_box import Box, mail_server

from monitor.alert.channels import pairs
from monitor.alert.channels.by_mail import post_of
from monitor.errors import UnusableSettings


def tls(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context


READERS = "to=desk@example.org,night@example.org&from=postwatch@example.org"


def test_an_alert_arrives_as_plain_text_with_a_lasting_id(proxy: Proxy) -> None:
    box = Box()
    with mail_server(box) as port:
        channel = sender(f"mailto://127.0.0.1:{port}?{READERS}", proxy)
        assert channel.send(MESSAGE).sent
        assert channel.send(replace(MESSAGE, body="Ünïcode\n.\nline\0")).sent
    (envelope, first), (_, second) = box.mails
    assert envelope.rcpt_tos == ["desk@example.org", "night@example.org"]
    assert envelope.mail_from == "postwatch@example.org"
    assert first["Subject"] == "[urgent] @nora_lindqvist posted a video"
    assert first["Message-ID"] == second["Message-ID"]
    assert first.get_content_type() == "text/plain"
    assert first.get_content().split() == MESSAGE.body.split()
    assert second.get_content().splitlines()[:3] == ["Ünïcode", ".", "line"]


def test_html_and_pictures_come_beside_the_text_and_a_follow_up_joins_its_thread(proxy: Proxy) -> None:
    box = Box()
    with mail_server(box) as port:
        channel = sender(f"mailto://127.0.0.1:{port}?{READERS}", proxy)
        channel.send(MESSAGE)
        second = replace(MESSAGE, key="bundle_1", answers=(str(MESSAGE.row["dedup_key"]),), html="<p>Ünïcode</p>\0")
        channel.send(replace(second, pictures=(("sheet.png", b"\x89PNG"), ("sheet.jpg", b"\xff\xd8"))))
        channel.send(replace(MESSAGE, key="third", answers=(str(MESSAGE.row["dedup_key"]), "bundle_1")))
    first, second, third = (mail for _, mail in box.mails)
    assert first["References"] is None
    assert second["References"] == second["In-Reply-To"] == first["Message-ID"]
    assert third["References"].split() == [first["Message-ID"], second["Message-ID"]]
    assert third["In-Reply-To"] == second["Message-ID"]
    assert second.get_body(("plain",)).get_content().split() == MESSAGE.body.split()
    assert second.get_body(("html",)).get_content().strip() == "<p>Ünïcode</p>"
    assert [part.get_content_type() for part in second.iter_attachments()] == ["image/png", "image/jpeg"]


def test_two_alerts_have_two_ids(proxy: Proxy) -> None:
    box = Box()
    with mail_server(box) as port:
        channel = sender(f"mailto://127.0.0.1:{port}?{READERS}", proxy)
        channel.send(MESSAGE)
        channel.send(replace(MESSAGE, row={**MESSAGE.row, "dedup_key": "another"}))
    assert box.mails[0][1]["Message-ID"] != box.mails[1][1]["Message-ID"]


def test_a_subject_cannot_add_a_header(proxy: Proxy) -> None:
    box = Box()
    with mail_server(box) as port:
        sender(f"mailto://127.0.0.1:{port}?{READERS}", proxy).send(
            replace(MESSAGE, subject="a\r\nBcc: eve@example.org\ud800")
        )
    [(envelope, mail)] = box.mails
    assert mail["Bcc"] is None
    assert "eve@example.org" not in envelope.rcpt_tos


def test_mailtos_logs_in_after_starttls(certificate: tuple[Path, Path], proxy: Proxy) -> None:
    box = Box()
    with mail_server(box, tls_context=tls(certificate), require_starttls=True) as port:
        url = f"mailtos://desk%40example.org:hunter22@127.0.0.1:{port}?to=night@example.org"
        outcome = sender(url, proxy, ca_bundle=str(certificate[0])).send(MESSAGE)
        assert outcome.sent, outcome.detail
        assert not sender(url, proxy).send(MESSAGE).sent
    assert box.logins == [(b"desk@example.org", b"hunter22")]
    assert len(box.mails) == 1


def test_mode_ssl_speaks_tls_from_the_start(certificate: tuple[Path, Path], proxy: Proxy) -> None:
    box = Box()
    with mail_server(box) as port:
        pass
    with mail_server(box, ssl_context=tls(certificate)) as port:
        outcome = sender(f"mailtos://127.0.0.1:{port}?mode=ssl&{READERS}", proxy, ca_bundle=str(certificate[0])).send(
            MESSAGE
        )
        assert outcome.sent, outcome.detail


def test_a_password_is_not_given_without_tls(proxy: Proxy) -> None:
    box = Box()
    with mail_server(box, auth_require_tls=False) as port:
        outcome = sender(f"mailto://ann:hunter22@127.0.0.1:{port}?{READERS}", proxy).send(MESSAGE)
        assert "offers no TLS" in outcome.detail
        assert box.logins == []
        assert sender(f"mailto://ann:hunter22@127.0.0.1:{port}?mode=insecure&{READERS}", proxy).send(MESSAGE).sent
    assert box.logins == [(b"ann", b"hunter22")]


def test_mailtos_without_tls_on_the_other_side_sends_nothing(proxy: Proxy) -> None:
    box = Box()
    with mail_server(box) as port:
        assert not sender(f"mailtos://127.0.0.1:{port}?{READERS}", proxy).send(MESSAGE).sent
    assert box.mails == []


def test_one_refused_reader_does_not_keep_the_mail_from_the_others(proxy: Proxy) -> None:
    box = Box()
    with mail_server(box) as port:
        outcome = sender(f"mailto://127.0.0.1:{port}?to=nobody@example.org,desk@example.org", proxy).send(MESSAGE)
        assert outcome.sent
        assert outcome.detail == "refused: nobody@example.org: 550 no such reader"
        all_refused = sender(f"mailto://127.0.0.1:{port}?to=nobody@example.org", proxy).send(MESSAGE)
        assert not all_refused.sent
        assert not all_refused.final


def test_a_server_that_refuses_the_mail_is_tried_again(proxy: Proxy) -> None:
    box = Box()
    box.answer = "451 later"
    with mail_server(box) as port:
        outcome = sender(f"mailto://127.0.0.1:{port}?{READERS}", proxy).send(MESSAGE)
    assert (outcome.sent, outcome.final) == (False, False)
    assert "451" in outcome.detail


def test_a_server_that_is_not_there_is_tried_again(proxy: Proxy) -> None:
    assert not sender(f"mailto://127.0.0.1:1?{READERS}", proxy).send(MESSAGE).sent


@pytest.mark.parametrize(
    ("url", "pair", "mode"),
    [
        ("mailto://mail.example.org?to=a@example.org", "mail.example.org:25", "offered"),
        ("mailtos://mail.example.org?to=a@example.org", "mail.example.org:587", "starttls"),
        ("mailtos://mail.example.org:465?to=a@example.org", "mail.example.org:465", "ssl"),
        ("mailtos://ann:pw@example.org?smtp=mail.example.org", "mail.example.org:587", "starttls"),
        ("mailto://mail.example.org/a@example.org/b@example.org?mode=starttls", "mail.example.org:587", "starttls"),
    ],
)
def test_the_scheme_says_how_the_server_is_spoken_to(url: str, pair: str, mode: str) -> None:
    assert pairs(url) == (pair,)
    assert post_of(url).mode == mode


@pytest.mark.parametrize(
    "url",
    ["mailtos://mail.example.org", "mailtos://?to=a@example.org", "mailto://h?to=desk", "mailto://h?to=a@b.c&mode=x"],
)
def test_a_mail_url_that_cannot_work_is_refused_when_opened(url: str, proxy: Proxy) -> None:
    with pytest.raises(UnusableSettings):
        sender(url, proxy)
