from datetime import timedelta

import pytest

from monitor import clock
from monitor.errors import HostBusy
from monitor.net.turns import UNTOLD_WAIT, Turns

HOST, OTHER = "news.example:443", "coast.example:443"


def test_turns_of_one_host_keep_their_distance_and_others_do_not_wait():
    turns = Turns(1.5)
    assert turns.take(HOST) == 0
    assert turns.take(OTHER) == 0
    assert 1.4 < turns.take(HOST) <= 1.5
    with pytest.raises(HostBusy, match="a moment ago") as raised:
        turns.take(HOST)
    assert not raised.value.told
    assert set(turns.busy()) == {HOST, OTHER}
    assert turns.soonest([HOST, OTHER, "third.example:80"]) == 0
    assert 2.8 < (turns.soonest([HOST]) or 0) <= 3


def test_our_own_hosts_are_slowed_down_by_their_own_wish_only():
    turns = Turns(60, ours=[HOST])
    assert turns.take(HOST) == turns.take(HOST) == 0
    turns.slow_down(HOST, 0.5)
    turns.take(HOST)
    assert 0.4 < turns.take(HOST) <= 0.5


def test_a_host_that_asks_to_wait_is_left_alone_until_then():
    turns, told = Turns(), []
    turns.on_wait = lambda *what: told.append(what)
    until = clock.now() + timedelta(minutes=10)
    turns.hold(HOST, until, "because")
    turns.hold(HOST, until - timedelta(minutes=5))
    assert told == [(HOST, until, "because")]
    with pytest.raises(HostBusy, match="left alone") as raised:
        turns.take(HOST)
    assert (raised.value.retry_at, raised.value.told, raised.value.host) == (until, True, HOST)
    assert turns.busy() == (HOST,)
    assert turns.soonest([HOST]) is None
    turns.hold(OTHER, clock.now() - timedelta(seconds=1))
    assert turns.take(OTHER) == 0


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (429, (("Retry-After", "120"),), 120),
        (503, (("retry-after", "120"),), 120),
        (429, (), UNTOLD_WAIT.total_seconds()),
        (429, (("Retry-After", "soon"),), UNTOLD_WAIT.total_seconds()),
        (429, (("Retry-After", "99999999"),), 86_400),
        (503, (), None),
        (500, (("Retry-After", "120"),), None),
        (200, (("Retry-After", "120"),), None),
    ],
)
def test_answers_that_ask_us_to_wait(status: int, headers: tuple[tuple[str, str], ...], seconds: float | None):
    turns = Turns()
    turns.answered(HOST, status, headers)
    if seconds is None:
        assert turns.take(HOST) == 0
        return
    with pytest.raises(HostBusy) as raised:
        turns.take(HOST)
    assert raised.value.retry_at is not None
    assert abs((raised.value.retry_at - clock.now()).total_seconds() - seconds) < 5
