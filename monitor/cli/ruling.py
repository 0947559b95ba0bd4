"""`rules`: who hears of what, tried on what happened; and what nobody wants to hear of for a while."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import click

from monitor import clock
from monitor.cli import show
from monitor.durations import seconds_of
from monitor.errors import WrongUse
from monitor.store import mutes

_SHOWN = 20


def _list(as_json: bool, limit: int | None, since: str | None) -> None:
    found = [
        {"name": rule.name, **rule.model_dump(exclude_defaults=True, exclude={"name"})}
        for rule in show.settings().rules
    ]
    if not as_json:
        found = [
            {"name": rule["name"], "says": json.dumps({k: v for k, v in rule.items() if k != "name"})} for rule in found
        ]
    show.listing(
        found[:limit] if limit else found,
        as_json,
        ("name", "says"),
        "no rules: every alert goes to every channel (config/rules.toml)",
        "postwatch rules check",
    )


rules = show.noun(
    "rules", "Who hears of what (config/rules.toml), and what is muted.\n\nExample: postwatch rules check", _list
)
_days = click.option("--days", type=click.IntRange(1, 3660), default=30, show_default=True, help="How far back.")


@rules.command("check")
@_days
@click.option("--json", "as_json", is_flag=True, help="JSON Lines.")
def check(days: int, as_json: bool) -> None:
    """Reads the rules, tells every mistake, and says how often each rule would have fired of late. Nobody is told anything.

    Example: postwatch rules check --days 7
    """
    from monitor.jobs.try_rules import dry_run

    settings = show.settings()
    with show.store() as store:
        found = dry_run(store, settings.rules, clock.now(), days)
    for fired in found:
        if as_json:
            print(
                json.dumps(
                    {
                        "rule": fired.rule.name,
                        "fired": len(fired.hits),
                        "of": fired.of,
                        "days": days,
                        "says": fired.sentence,
                    },
                    ensure_ascii=False,
                )
            )
        else:
            print(show.printable(f"{fired.rule.name}: {fired.sentence}"))
    if not as_json:
        if not found:
            show.note("no rules: every alert goes to every channel (config/rules.toml)")
        show.note(f"{len(found)} rules are sound; tried on the last {days} days; next: postwatch rules try NAME")


@rules.command("try")
@click.argument("name", required=False)
@click.option(
    "--file",
    "path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Rules in the making, instead of config/rules.toml.",
)
@_days
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, an alert each.")
def attempt(name: str | None, path: Path | None, days: int, as_json: bool) -> None:
    """Shows what a rule (or each) would have fired on in the last days. Nobody is told anything.

    \b
    Example: postwatch rules try "Videos of the ministries"
             postwatch rules try --file draft.toml --days 7
    """
    from monitor.jobs.try_rules import dry_run
    from monitor.settings.load import rules_in

    settings = show.settings()
    known = rules_in(path, settings) if path else settings.rules
    wanted = [rule for rule in known if name is None or rule.name == name]
    if not wanted:
        raise WrongUse(f"there is no rule {name}; there is: {', '.join(rule.name for rule in known) or 'none'}")
    with show.store() as store:
        found = dry_run(store, wanted, clock.now(), days)
    for fired in found:
        if not as_json:
            print(show.printable(f"{fired.rule.name}: {fired.sentence}"))
        for key, fact in fired.hits if as_json else fired.hits[-_SHOWN:]:
            row = {
                "rule": fired.rule.name,
                "alert": key,
                "kind": fact.kind,
                "at": clock.text(fact.happened_at),
                "subject": fact.subject,
            }
            print(
                json.dumps(row, ensure_ascii=False)
                if as_json
                else show.printable(f"  {row['at'][:16]}  {fact.subject}")
            )
        if len(fired.hits) > _SHOWN and not as_json:
            print(f"  ... and {len(fired.hits) - _SHOWN} before these (all of them with --json)")
    if not as_json:
        show.note("next: postwatch alerts")


@rules.command("mute")
@click.argument("what", type=click.Choice(mutes.WHATS))
@click.argument("value")
@click.option("--for", "lasts", metavar="DURATION", help='How long, such as "2d"; else until it is unmuted.')
@click.option("--reason", default="", help="Why.")
@click.option("--by", metavar="NAME", help="Who says so; else the user of this machine.")
def mute(what: str, value: str, lasts: str | None, reason: str, by: str | None) -> None:
    """Sets aside, for a while, all alerts about something. They are listed; nobody is told.

    An account is written "platform:handle" or "platform:id"; an article by its address.

    \b
    Example: postwatch rules mute account x:harbour_desk --for 2d --reason "live blog"
             postwatch rules mute rule "Videos of the ministries"
    """
    now = clock.now()
    until = later(lasts, now) if lasts else None
    if what == "rule" and value not in {rule.name for rule in show.settings().rules}:
        raise WrongUse(f"there is no rule {value}: `postwatch rules` lists them")
    value = value.replace(":@", ":", 1) if what == "account" else value
    with show.store() as store:
        key = mutes.add(store, what, value, until=until, reason=reason, actor=show.person(by), now=now)
    show.note(
        f"muted {what} {value}{f' until {clock.text(until)}' if until else ''}; next: postwatch rules unmute {key}"
    )


@rules.command("unmute")
@click.argument("number", type=int)
@click.option("--by", metavar="NAME", help="Who says so; else the user of this machine.")
def unmute(number: int, by: str | None) -> None:
    """Ends a mute. What was set aside meanwhile can be sent by `postwatch alerts replay`.

    Example: postwatch rules unmute 3
    """
    with show.store() as store:
        if not mutes.end(store, number, show.person(by), clock.now()):
            raise WrongUse(f"no mute {number} stands: `postwatch rules mutes` lists them")
    show.note(f"mute {number} has ended; next: postwatch alerts replay --since 1d")


@rules.command("mutes")
@click.option("--all", "everything", is_flag=True, help="Those that ended, too.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines.")
def listed(everything: bool, as_json: bool) -> None:
    """What is muted, until when, by whom.

    Example: postwatch rules mutes --json
    """
    with show.store() as store:
        found = mutes.listing(store, clock.now(), everything=everything)
    show.listing(
        found,
        as_json,
        ("id", "what", "value", "until", "actor", "reason"),
        "nothing is muted: `postwatch rules mute account x:handle --for 2d`",
        "postwatch rules unmute NUMBER",
    )


def later(duration: str, now: datetime) -> datetime:
    """The end of a duration as people write it."""
    try:
        return now + timedelta(seconds=seconds_of(duration))
    except ValueError as exc:
        raise WrongUse(f"{duration}: {exc}") from exc
