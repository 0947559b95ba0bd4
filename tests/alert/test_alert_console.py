import io
from dataclasses import replace

from alert_world import MESSAGE

from monitor.alert.channels import pairs
from monitor.alert.channels.console import Console


def test_an_alert_is_one_line() -> None:
    stream = io.StringIO()
    assert Console(stream).send(MESSAGE).sent
    assert stream.getvalue().endswith("ALERT [urgent] post_new: @nora_lindqvist posted a video (alert-0001)\n")
    assert stream.getvalue().count("\n") == 1


def test_text_from_outside_cannot_steer_the_terminal() -> None:
    stream = io.StringIO()
    Console(stream).send(replace(MESSAGE, subject="a\x1b[2J\r\nb\u202ec\ud800"))
    assert "post_new: a[2J bc (" in stream.getvalue()


def test_a_console_that_cannot_show_a_letter_shows_its_number() -> None:
    raw = io.BytesIO()
    with io.TextIOWrapper(raw, encoding="ascii") as stream:
        assert Console(stream).send(replace(MESSAGE, subject="Gavań")).sent
        assert b"Gava\\u0144" in raw.getvalue()


def test_a_closed_console_is_a_failure_not_an_exception() -> None:
    stream = io.StringIO()
    stream.close()
    assert not Console(stream).send(MESSAGE).sent


def test_the_console_connects_to_nothing() -> None:
    assert pairs("console://") == ()
