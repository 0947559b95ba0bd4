"""Delivering alerts: a lease before the attempt, the outcome after it, the same id on every attempt.

1. What people do not want to hear now is put back (`quiet`); what a channel missed while it was down becomes one summary.
2. The message is made of the alert, or of all in its bundle, and sent.
3. The outcome is written: sent, another attempt later, or dead; a channel that keeps failing is told of over the others.
"""

import secrets
import socket
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from monitor import clock
from monitor.alert.retry import next_attempt
from monitor.alert.timing import WORDS
from monitor.alert.words import letter_of
from monitor.errors import UnusableSettings
from monitor.faults import point
from monitor.jobs import troubles
from monitor.jobs.compose_messages import message, message_of, style_of
from monitor.jobs.context import Context
from monitor.model.alert import PRIORITIES, Message, Outcome
from monitor.store import alerts, bundles, channel_states, deliveries
from monitor.store.deliveries import Due

if TYPE_CHECKING:
    from monitor.alert.channels import Sender
    from monitor.settings.channels import Channel

_LONG_S = 10.0
_IN_VAIN = 3
_DOWN_AFTER, _DOWN_TIMES = timedelta(minutes=15), 3
"""A channel that failed so long, and so often, is told of over the others."""
_MISSED = timedelta(minutes=2)
"""What waits so long beyond its time belongs to what the channel has missed."""
_TOO_OLD = timedelta(days=4)
"""What is older does not join a summary any more: it is in the list."""


class Deliverer:
    """Sends leased deliveries; safe to share between threads."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._senders: dict[str, Sender] = {}
        self._in_vain: dict[str, int] = {}

    def deliver(self, due: Due) -> bool:
        """One attempt; gives False when the delivery died of it."""
        point("delivery.leased")
        now = clock.now()
        quiet = self._context.router.quiet_now(due.channel, self._priority(due), now)
        if quiet is not None:
            self._put_back(due, *quiet, now)
            return True
        if self._became_backlog(due, now):
            return True
        composed = message_of(self._context, due)
        point("delivery.before_send")
        began = time.monotonic()
        outcome = self._over(due.channel, composed)
        point("delivery.after_send")
        alive = self._settle(due, outcome, time.monotonic() - began)
        point("delivery.recorded")
        return alive

    def _put_back(self, due: Due, until: datetime, whose: str, now: datetime) -> None:
        store, held = self._context.store, f"quiet hours of {whose} until {clock.text(until)}"
        with store.change():
            deliveries.hold(store, due, until, held, replan=True)
            if due.bundle is None and not due.step:
                key, at = bundles.join(store, due.channel, "quiet", until, now)
                bundles.move(store, [due.id], key, at, held)

    def _priority(self, due: Due) -> str:
        return min(alerts.priorities(self._context.store, due.alerts), key=PRIORITIES.index)

    def _settle(self, due: Due, outcome: Outcome, seconds: float) -> bool:
        store, now = self._context.store, clock.now()
        hangs = self._hangs(due.channel, outcome, seconds)
        if outcome.sent:
            with store.change():
                deliveries.sent(store, due, now)
                self._note_success(due.channel, now)
            return True
        again = None if outcome.final else outcome.retry_at or next_attempt(due.attempts, now, str(due.id))
        died = again is None or next_attempt(due.attempts, now) is None
        with store.change():
            if died or again is None:
                deliveries.dead(store, due, outcome.detail)
            else:
                deliveries.retry(store, due, again, outcome.detail)
                if hangs:
                    deliveries.put_off(store, due.channel, again, f"the channel hangs: {outcome.detail}")
            self._note_failure(due.channel, outcome, now, died=died)
        return not died

    def _hangs(self, channel: str, outcome: Outcome, seconds: float) -> bool:
        """Whether a receiver kept us waiting in vain several times in a row: each message would take as long."""
        waited = not outcome.sent and seconds >= _LONG_S
        self._in_vain[channel] = self._in_vain.get(channel, 0) + 1 if waited else 0
        return self._in_vain[channel] >= _IN_VAIN

    # How the channel fares

    def _note_success(self, channel: str, now: datetime) -> None:
        since = channel_states.worked(self._context.store, channel, self._address(channel), now)
        if since is not None and now - since > timedelta(seconds=self._context.options.alerts.late_after):
            deliveries.hasten(self._context.store, channel, now)
        troubles.end(self._context, f"channel:{channel}", f"The channel {channel} works again")

    def _note_failure(self, channel: str, outcome: Outcome, now: datetime, *, died: bool) -> None:
        store, address = self._context.store, self._address(channel)
        since, times = channel_states.failed(store, channel, address, outcome.detail, now)
        if outcome.disable_channel:
            channel_states.disable(store, channel, address, outcome.detail, now)
            deliveries.suppress(store, channel, channel_states.disabled(store, channel, address) or outcome.detail)
            self._tell_down(
                channel, f"The channel {channel} is switched off: its receiver wants no more", outcome, since
            )
        elif died or (times >= _DOWN_TIMES and now - since >= _DOWN_AFTER):
            self._tell_down(channel, f"The channel {channel} is down: alerts do not get through", outcome, since)

    def _tell_down(self, channel: str, subject: str, outcome: Outcome, since: datetime) -> None:
        troubles.begin(
            self._context,
            f"channel:{channel}",
            "channel_down",
            subject,
            detail=self._context.masked(outcome.detail),
            advice=f"mend it, then `postwatch alerts test {channel}`; `postwatch alerts replay --channel {channel}` sends again "
            "what was lost",
            since=since,
            more={"channel": channel},
        )

    def _became_backlog(self, due: Due, now: datetime) -> bool:
        """Whether this joined what the channel has missed for long, to go out as one summary."""
        store, line = self._context.store, self._context.router.lines[due.channel]
        options, machines = self._context.options.alerts, line.grouping == "none"
        after = options.late_after_machines if machines else options.late_after
        if due.step or now - due.planned_at <= timedelta(seconds=after):
            return False
        before = now - _MISSED
        late = deliveries.late(store, due.channel, before)
        most = options.late_most if machines else 1
        grown = due.bundle is not None and bundles.slot_of(store, due.bundle) == "backlog"
        if not late or (not grown and len(late) + len(due.alerts) <= most):
            return False
        with store.change():
            deliveries.hold(store, due, now, WORDS["backlog"])
            deliveries.too_old(store, due.channel, now - _TOO_OLD)
            key = bundles.open_new(store, due.channel, "backlog", now, now)
            bundles.move(store, deliveries.late(store, due.channel, before), key, now, WORDS["backlog"])
        return True

    # Sending

    def test(self, channel: str) -> Outcome:
        """Sends a message that says it is a test, once. A channel that was switched off is on again when it is taken."""
        now = clock.now()
        key = f"test_{secrets.token_hex(12)}"
        row: dict[str, object] = {
            "id": key,
            "kind": "test",
            "priority": "info",
            "dedup_key": key,
            "subject": "A test of this channel: nothing happened. Alerts of Postwatch will look like this.",
            "created_at": clock.text(now),
            "articles": [],
        }
        composed = message(row, letter_of(row, style_of(self._context, self._channel(channel))), now, key=key)
        outcome = self._over(channel, composed)
        if outcome.sent and self._context.settings.database.exists():
            with self._context.store.change():
                self._note_success(channel, now)
        return outcome

    def _over(self, channel: str, composed: Message) -> Outcome:
        try:
            return self._sender(channel).send(composed)
        except UnusableSettings as exc:
            return Outcome(sent=False, detail=str(exc))

    def _channel(self, name: str) -> "Channel":
        return next(c for c in self._context.options.channel if c.name == name)

    def _address(self, name: str) -> str:
        return self._context.settings.channel_url(self._channel(name))

    def _sender(self, name: str) -> "Sender":
        from monitor.alert.channels import open_channel, pairs

        if name not in self._senders:
            context = self._context
            url = self._address(name)
            also = pairs(url)

            def guard_pass(more: Sequence[str]) -> str:
                return context.guard.pass_for(f"channel-{name}", also=more)

            def connect(host: str, port: int) -> socket.socket:
                return context.guard.connect(host, port, also=also, timeout=context.options.net.timeout)

            self._senders[name] = open_channel(
                self._channel(name),
                url,
                context.settings.secrets.channel_secrets.get(name),
                guard_pass=guard_pass,
                connect=connect,
                ca_bundle=context.options.net.ca_bundle or None,
                console=context.console,
            )
        return self._senders[name]
