"""`alerts`: what was told to whom, and what somebody does about it."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from monitor import clock
from monitor.cli import show
from monitor.cli.ruling import later
from monitor.errors import WrongUse
from monitor.store import alerts as rows
from monitor.store import channel_states

if TYPE_CHECKING:
    from monitor.jobs.answer_alerts import Done


_list = show.lister(
    rows.listing,
    ("created_at", "priority", "kind", "subject", "deliveries", "id"),
    "no alerts yet: `postwatch once`",
    "postwatch alerts ack ID   or   postwatch alerts test CHANNEL   (whether a channel works)",
)


alerts = show.noun(
    "alerts", "Facts worth telling, and what became of each delivery.\n\nExample: postwatch alerts --since 1d", _list
)
_by = click.option("--by", metavar="NAME", help="Who does it; else the user of this machine.")
_json = click.option("--json", "as_json", is_flag=True, help="JSON Lines.")


@alerts.command("test")
@click.argument("channel")
def test(channel: str) -> int:
    """Sends a test over a channel of config/postwatch.toml. Exit code 1 when it was not taken.

    A channel that its receiver had switched off is on again once a test is taken.

    Example: postwatch alerts test desk
    """
    from monitor.jobs.context import Context
    from monitor.jobs.deliver_alerts import Deliverer

    settings = show.settings()
    if channel not in settings.channel_names:
        known = ", ".join(settings.channel_names) or "none"
        raise WrongUse(f"there is no channel {channel} in config/postwatch.toml; there is: {known}")
    context = Context(settings)
    try:
        outcome = Deliverer(context).test(channel)
    finally:
        context.close()
    if outcome.sent:
        show.note(f"sent over {channel}: look whether it has arrived")
        return 0
    show.note(context.masked(f"not sent over {channel}: {outcome.detail}"))
    return 1


@alerts.command("ack")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@_by
@_json
def ack(ids: tuple[str, ...], by: str | None, as_json: bool) -> None:
    """Says that somebody takes care of alerts: they are not repeated, and go to nobody else.

    Example: postwatch alerts ack alert_6d688c5a18c81526c373c9b3
    """
    from monitor.jobs import answer_alerts

    with show.store() as store, store.change():
        done = answer_alerts.ack(store, ids, show.person(by), clock.now())
    _tell(done, as_json)


@alerts.command("snooze")
@click.argument("alert_id", metavar="ID")
@click.argument("lasts", metavar="DURATION")
@_by
@_json
def snooze(alert_id: str, lasts: str, by: str | None, as_json: bool) -> None:
    """Hears nothing more of what an alert is about for a while; then the alert comes again, unless somebody acknowledged it.

    Example: postwatch alerts snooze alert_6d688c5a18c81526c373c9b3 2h
    """
    from monitor.jobs import answer_alerts

    now = clock.now()
    with show.store() as store:
        done = answer_alerts.snooze(store, alert_id, later(lasts, now), show.person(by), now)
    _tell([done], as_json)


@alerts.command("replay")
@click.argument("ids", nargs=-1, metavar="[ID...]")
@click.option(
    "--since", "since_text", metavar="TIME", help='Of all alerts since a time, a date, or an age such as "2d".'
)
@click.option("--channel", help="Only over this channel; a named alert goes there even if it was not meant to.")
@click.option("--sent", "also_sent", is_flag=True, help="What arrived, too; a receiver that honours ids drops it.")
@_by
@_json
def replay(
    ids: tuple[str, ...], since_text: str | None, channel: str | None, also_sent: bool, by: str | None, as_json: bool
) -> None:
    """Sends again, under the same ids, what did not get through: dead, or set aside by a mute or a switched-off channel.

    \b
    Example: postwatch alerts replay --since 6h --channel desk
             postwatch alerts replay alert_6d688c5a18c81526c373c9b3
    """
    from monitor.jobs import answer_alerts
    from monitor.jobs.routing import Router

    if not ids and not since_text:
        raise WrongUse("name alerts, or say --since TIME")
    settings = show.settings()
    with show.store() as store:
        done = answer_alerts.replay(
            store,
            Router(settings),
            show.person(by),
            clock.now(),
            alert_ids=ids,
            since=show.since(since_text),
            channel=channel,
            also_sent=also_sent,
        )
    _tell(done, as_json, "nothing to send again", "postwatch once")


@alerts.command("show")
@click.argument("alert_id", metavar="ID")
@_json
def one(alert_id: str, as_json: bool) -> None:
    """One alert whole: what it says, what became of it, who answered.

    Example: postwatch alerts show alert_6d688c5a18c81526c373c9b3
    """
    from monitor.alert.words import Style, letter_of, plain
    from monitor.jobs import answer_alerts

    with show.store() as store:
        key = answer_alerts.known(store, alert_id)
        row, acts = rows.row(store, key), answer_alerts.history(store, key)
    if as_json:
        print(json.dumps({**row, "acts": acts}, ensure_ascii=False))
        return
    print(show.printable(plain(letter_of(row, Style()))))
    deliveries = row["deliveries"]
    assert isinstance(deliveries, list)
    for delivery in deliveries:
        why = delivery["last_error"] or delivery["held"]
        print(
            show.printable(
                f"{delivery['channel']}: {delivery['state']}, {delivery['attempts']} attempts{f' ({why})' if why else ''}"
            )
        )
    for act in acts:
        print(show.printable(f"{act['at']} {act['act']} by {act['actor']}: {act['detail']}"))
    show.note(f"next: postwatch alerts ack {row['id']}")


@alerts.command("channels")
@_json
def channels(as_json: bool) -> None:
    """How each channel fares: since when it fails, whether its receiver switched it off.

    Example: postwatch alerts channels
    """
    with show.store() as store:
        found = channel_states.listing(store)
    show.listing(
        found,
        as_json,
        ("channel", "last_sent_at", "failing_since", "failures", "last_error", "disabled_at"),
        "no channel was used yet: `postwatch alerts test CHANNEL`",
        "postwatch alerts test CHANNEL",
    )


def _tell(done: "Sequence[Done]", as_json: bool, empty: str = "", then: str = "postwatch alerts") -> None:
    for one_done in done:
        if as_json:
            print(
                json.dumps(
                    {"id": one_done.alert, "changed": one_done.changed, "says": one_done.words}, ensure_ascii=False
                )
            )
        else:
            print(show.printable(f"{one_done.alert}: {one_done.words}"))
    if not as_json:
        show.note(empty if not done and empty else f"next: {then}")
