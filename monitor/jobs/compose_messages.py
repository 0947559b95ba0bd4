"""From a leased delivery to the message that goes out: one alert, or all of a bundle."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from monitor import clock
from monitor.alert.channels.nature import of_others, takes_pictures
from monitor.alert.timing import delay_words
from monitor.alert.words import Letter, Style, letter_of, letter_together, page, plain
from monitor.alert.words.compose import gravest, summary
from monitor.model.alert import Message
from monitor.store import alerts, bundles, deliveries
from monitor.store.deliveries import Due

if TYPE_CHECKING:
    from monitor.jobs.context import Context
    from monitor.settings.channels import Channel

Row = dict[str, object]
_TOLD = 40
"""Alerts of a bundle whose rows stand in the message for machines."""
_PICTURES, _LARGEST_PICTURE = 3, 1_500_000
_KINDS = {"storm": "storm", "backlog": "backlog"}


def style_of(context: "Context", channel: "Channel") -> Style:
    """How the channel wants to be told."""
    thin = of_others(context.settings.channel_url(channel)) if channel.thin is None else channel.thin
    return Style(thin, context.options.desk.public_url.rstrip("/"))


def message_of(context: "Context", due: Due) -> Message:
    """The message, the same on every attempt but for its note of delay."""
    now = clock.now()
    channel = next(c for c in context.options.channel if c.name == due.channel)
    style, note = style_of(context, channel), delay_words(due.planned_at, now)
    rows = [sendable(alerts.row(context.store, key)) for key in due.alerts]
    if len(rows) == 1:
        row, letter = rows[0], letter_of(rows[0], style, note=_with_step(note, due.step))
    else:
        slot = bundles.slot_of(context.store, str(due.bundle))
        row, letter = _row_of(due, rows, slot), letter_together(rows, slot, style, note=note)
    return message(
        row,
        letter,
        now,
        key=due.message_id,
        mail_key=_mail_key(context, due.message_id),
        answers=tuple(_mail_key(context, one) for one in deliveries.earlier(context.store, due)),
        pictures=_pictures(context, rows)
        if channel.pictures and takes_pictures(context.settings.channel_url(channel))
        else (),
    )


def message(
    row: Mapping[str, object],
    letter: Letter,
    now: datetime,
    *,
    key: str,
    mail_key: str = "",
    answers: tuple[str, ...] = (),
    pictures: tuple[tuple[str, bytes], ...] = (),
) -> Message:
    """A row and its letter, ready to send."""
    return Message(
        id=key,
        kind=str(row["kind"]),
        priority=str(row["priority"]),
        subject=f"{letter.subject} ({letter.note})" if letter.note else letter.subject,
        body=plain(letter),
        row=row,
        attempted_at=now,
        html=page(letter),
        answers=answers,
        key=mail_key,
        pictures=pictures,
    )


def sendable(row: Mapping[str, object]) -> Row:
    """What a receiver is sent of a row: all that stays as it is."""
    return {name: value for name, value in row.items() if name not in alerts.CHANGING}


def _with_step(note: str, step: int) -> str:
    again = "again, as nobody has acknowledged it" if step else ""
    return ", ".join(part for part in (again, note) if part)


def _row_of(due: Due, rows: Sequence[Row], slot: str) -> Row:
    named = ("id", "kind", "priority", "subject", "created_at", "articles")
    return {
        "id": due.message_id,
        "kind": _KINDS.get(slot, "digest"),
        "priority": gravest(rows),
        "dedup_key": due.message_id,
        "subject": summary(rows, slot),
        "created_at": max(str(row["created_at"]) for row in rows),
        "articles": list(dict.fromkeys(str(url) for row in rows for url in _listed(row)))[:_TOLD],
        "count": len(rows),
        "alerts": [{name: row[name] for name in named} for row in rows[:_TOLD]],
    }


def _listed(row: Row) -> list[object]:
    found = row.get("articles")
    return found if isinstance(found, list) else []


def _mail_key(context: "Context", message_id: str) -> str:
    """What a Message-ID is made of: an alert's dedup key, where the message is one alert told for the first time."""
    found = context.store.value_text("SELECT dedup_key FROM alert WHERE id = ?", message_id)
    return found or message_id


def _pictures(context: "Context", rows: Sequence[Row]) -> tuple[tuple[str, bytes], ...]:
    """Contact sheets of the posts' videos, as far as they are kept and not too large."""
    found: list[tuple[str, bytes]] = []
    for row in rows:
        sheets = context.store.all(
            """SELECT DISTINCT d.to_sha256 FROM media m JOIN post p ON p.id = m.post JOIN derivative d ON d.from_sha256 = m.sha256
            JOIN object o ON o.sha256 = d.to_sha256 WHERE p.platform = ? AND p.post_id = ? AND d.kind = 'contact_sheet'
            AND o.purged_at IS NULL AND o.size <= ? ORDER BY m.n""",
            row.get("platform"),
            row.get("post_id"),
            _LARGEST_PICTURE,
        )
        for sheet in sheets[: _PICTURES - len(found)]:
            try:
                found.append((f"{sheet[0][:12]}.png", context.vault.path_of(sheet[0]).read_bytes()))
            except OSError:
                continue
    return tuple(found)
