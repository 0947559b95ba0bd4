"""Delivering alerts: a lease before the attempt, the outcome after it, the same id on every attempt."""

import secrets
import socket
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from monitor import clock
from monitor.alert.retry import next_attempt
from monitor.errors import UnusableSettings
from monitor.faults import point
from monitor.jobs.context import Context
from monitor.model.alert import Message, Outcome
from monitor.store import alerts
from monitor.store.alerts import Due

if TYPE_CHECKING:
    from monitor.alert.channels import Sender

_LONG_S = 10.0
_IN_VAIN = 3


class Deliverer:
    """Sends leased deliveries; safe to share between threads."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._senders: dict[str, Sender] = {}
        self._in_vain: dict[str, int] = {}

    def deliver(self, due: Due) -> bool:
        """One attempt; gives False when the delivery died of it."""
        store = self._context.store
        row = alerts.row(store, due.alert_id)
        row.pop("deliveries")
        point("delivery.before_send")
        began = time.monotonic()
        outcome = self._send(due, row)
        point("delivery.after_send")
        now = clock.now()
        hangs = self._hangs(due.channel, outcome, time.monotonic() - began)
        if outcome.sent:
            alerts.sent(store, due, now)
            return True
        again = None if outcome.final else outcome.retry_at or next_attempt(due.attempts, now, str(due.id))
        if again is None or next_attempt(due.attempts, now) is None:
            alerts.dead(store, due, outcome.detail)
            return False
        alerts.retry(store, due, again, outcome.detail)
        if hangs:
            alerts.put_off(store, due.channel, again, f"the channel hangs: {outcome.detail}")
        return True

    def _hangs(self, channel: str, outcome: Outcome, seconds: float) -> bool:
        """Whether a receiver kept us waiting in vain several times in a row: each message would take as long."""
        waited = not outcome.sent and seconds >= _LONG_S
        self._in_vain[channel] = self._in_vain.get(channel, 0) + 1 if waited else 0
        return self._in_vain[channel] >= _IN_VAIN

    def _send(self, due: Due, row: dict[str, object]) -> Outcome:
        message = Message(
            id=due.alert_id,
            kind=str(row["kind"]),
            priority=str(row["priority"]),
            subject=str(row["subject"]),
            body=_body(row),
            row=row,
            attempted_at=clock.now(),
        )
        return self._over(due.channel, message)

    def test(self, channel: str) -> Outcome:
        """Sends a message that says it is a test; nothing is recorded, nothing tried again."""
        now = clock.now()
        key = f"test_{secrets.token_hex(12)}"
        subject = "A test of this channel: nothing happened. Alerts of Postwatch will look like this."
        row: dict[str, object] = {
            "id": key,
            "kind": "test",
            "priority": "info",
            "dedup_key": key,
            "subject": subject,
            "created_at": clock.text(now),
            "articles": [],
        }
        return self._over(channel, Message(key, "test", "info", subject, _body(row), row, now))

    def _over(self, channel: str, message: Message) -> Outcome:
        try:
            return self._sender(channel).send(message)
        except UnusableSettings as exc:
            return Outcome(sent=False, detail=str(exc))

    def _sender(self, name: str) -> "Sender":
        from monitor.alert.channels import open_channel, pairs

        if name not in self._senders:
            context = self._context
            channel = next(c for c in context.options.channel if c.name == name)
            url = context.settings.channel_url(channel)
            also = pairs(url)

            def guard_pass(more: Sequence[str]) -> str:
                return context.guard.pass_for(f"channel-{name}", also=more)

            def connect(host: str, port: int) -> socket.socket:
                return context.guard.connect(host, port, also=also, timeout=context.options.net.timeout)

            self._senders[name] = open_channel(
                channel,
                url,
                context.settings.secrets.channel_secrets.get(name),
                guard_pass=guard_pass,
                connect=connect,
                ca_bundle=context.options.net.ca_bundle or None,
                console=context.console,
            )
        return self._senders[name]


def _body(row: dict[str, object]) -> str:
    lines = [str(row["subject"])]
    articles = row.get("articles")
    if isinstance(articles, list):
        lines += [str(url) for url in articles]
    if row.get("url"):
        lines.append(str(row["url"]))
    return "\n".join(lines)
