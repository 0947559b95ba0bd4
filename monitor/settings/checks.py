"""What the rows of config/ must hold beyond their own form: secrets, names that fit together, nothing declared twice.

Each takes the rows that are sound by themselves, with their numbers in the file: a mistake in one row, or elsewhere in
its file, hides no other.
"""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from monitor.settings.channels import Channel
from monitor.settings.declared import HeaderOption, Options
from monitor.settings.people import Escalation, Person
from monitor.settings.rules import Rule
from monitor.settings.secrets import X_TOKEN, Secrets, read_secret
from monitor.settings.urls import holds_secret

ALERT_KINDS = (
    "post_new",
    "citation_new",
    "citation_suggested",
    "post_edited",
    "post_gone",
    "post_restored",
    "account_renamed",
    "account_unavailable",
    "article_changed",
    "first_look",
    "budget",
    "storage",
    "collector_broken",
    "silence",
    "gap",
    "credential",
    "channel_down",
    "recovered",
)

Channels = Sequence[tuple[int, Channel]]


def secrets_of(
    channels: Channels, headers: Sequence[tuple[int, HeaderOption]], environment: Mapping[str, str], folder: Path
) -> tuple[Secrets, list[str]]:
    """The secrets that the settings name, and the mistakes about them; `folder` is the home's config/secrets."""
    mistakes: list[str] = []

    def take(name: str, needed_by: str | None) -> str | None:
        value, mistake = read_secret(name, environment, folder)
        if mistake:
            mistakes.append(mistake)
        elif value is None and needed_by:
            mistakes.append(
                f"{needed_by}: the secret is missing: set {name}, or {name}_FILE to a file that holds it, or write it to config/secrets/{name}"
            )
        return value

    token = take(X_TOKEN, None)
    urls, keys = {}, {}
    for n, channel in channels:
        where = _channel_place(n, channel)
        url = channel.url or take(channel.url_env, f"{where}: url_env") or ""
        urls[channel.name] = url
        if url.startswith("webhook+"):
            keys[channel.name] = take(channel.secret_env, where) or ""
    values: dict[str, dict[str, str]] = {}
    for n, header in headers:
        value = take(header.value_env, f"config/postwatch.toml: [[net.header]] number {n} ({header.host})")
        if value is not None:
            values.setdefault(header.host.lower(), {})[header.name] = value
    return Secrets(token, urls, keys, values), mistakes


def channel_mistakes(channels: Channels) -> list[str]:
    """Names taken twice, and addresses that are none or hold a secret."""
    mistakes, seen = [], set()
    for n, channel in channels:
        where = _channel_place(n, channel)
        if channel.name in seen:
            mistakes.append(f"{where}: the name is taken: give each channel its own")
        seen.add(channel.name)
        if channel.url and "://" not in channel.url:
            mistakes.append(f"{where}: url: write an Apprise URL, webhook+https://..., mailtos://... or console://")
        elif channel.url and not channel.allow_inline_secret and holds_secret(channel.url):
            mistakes.append(
                f"{where}: url holds credentials: put it into an environment variable and name that with url_env, "
                "or set allow_inline_secret = true"
            )
        if channel.pictures and channel.url and not channel.url.strip().lower().startswith("mailto"):
            mistakes.append(f"{where}: pictures: only a mail takes pictures: leave it out here")
    return mistakes


def _channel_place(n: int, channel: Channel) -> str:
    return f"config/postwatch.toml: [[channel]] number {n} ({channel.name})"


def heartbeat_of(
    options: Options, secrets: Secrets, environment: Mapping[str, str], folder: Path
) -> tuple[Secrets, list[str]]:
    """The secrets with the heartbeat's address, and the mistakes about it."""
    name, url, where = options.alerts.heartbeat_url_env, options.alerts.heartbeat_url, "config/postwatch.toml: [alerts]"
    if name and url:
        return secrets, [f"{where}: write either heartbeat_url or heartbeat_url_env"]
    if name:
        value, mistake = read_secret(name, environment, folder)
        if value is None:
            return secrets, [
                mistake or f"{where}: heartbeat_url_env: set {name}, or {name}_FILE to a file that holds it"
            ]
        url = value
    if url and not url.startswith(("http://", "https://")):
        return secrets, [f"{where}: heartbeat_url: write an address that begins with https:// (or http://)"]
    return replace(secrets, heartbeat_url=url), []


def file_mistakes(options: Options) -> list[str]:
    """Files that the settings name and that are not there."""
    bundle = options.net.ca_bundle
    if bundle and not Path(bundle).is_file():
        return [f"config/postwatch.toml: [net]: ca_bundle: there is no file {bundle}: name a PEM file"]
    return []


def rule_mistakes(
    rules: Sequence[tuple[int, Rule]], channels: Sequence[str] | None, people: Sequence[str] | None
) -> list[str]:
    """Kinds, channels and people that there are not; None where the file that declares them could not be read at all."""
    mistakes = []
    for n, rule in rules:
        where = f"config/rules.toml: [[rule]] number {n} ({rule.name})"
        for kind in rule.kinds:
            if kind not in ALERT_KINDS:
                close = difflib.get_close_matches(kind, ALERT_KINDS, 1, 0.4)
                hint = f'did you mean "{close[0]}"?' if close else f"kinds: {', '.join(ALERT_KINDS)}"
                mistakes.append(f'{where}: kinds: "{kind}" is no kind of alert; {hint}')
        mistakes += _unknown(where, rule.channels, channels, rule.people, people)
    return mistakes


def people_mistakes(
    people: Sequence[tuple[int, Person]],
    steps: Sequence[tuple[int, Escalation]],
    channels: Sequence[str] | None,
    names: Sequence[str],
) -> list[str]:
    """Names taken twice, and channels and people that there are not."""
    mistakes, seen = [], set()
    for n, person in people:
        where = f"config/people.toml: [[person]] number {n} ({person.name})"
        if person.name in seen:
            mistakes.append(f"{where}: the name is taken: give each person their own")
        seen.add(person.name)
        mistakes += _unknown(where, person.channels, channels, (), names)
    for n, step in steps:
        mistakes += _unknown(
            f"config/people.toml: [[escalation]] number {n}", step.channels, channels, step.people, names
        )
    return mistakes


def _unknown(
    where: str,
    channels: Sequence[str],
    known: Sequence[str] | None,
    people: Sequence[str],
    persons: Sequence[str] | None,
) -> list[str]:
    mistakes = [
        f'{where}: channels: there is no channel "{name}" in postwatch.toml: add a [[channel]] of that name'
        for name in channels
        if known is not None and name not in known
    ]
    mistakes += [
        f'{where}: people: there is nobody called "{name}" in people.toml: add a [[person]] of that name'
        for name in people
        if persons is not None and name not in persons
    ]
    return mistakes


def doubles(targets: Iterable[tuple[str, str, str]]) -> list[str]:
    """Watches declared twice; (kind, target, place) of each."""
    seen: dict[tuple[str, str], str] = {}
    mistakes = []
    for kind, target, place in targets:
        if (kind, target) in seen:
            mistakes.append(
                f"config/{place}: {target} is declared twice: it stands at {seen[kind, target]} already; remove one"
            )
        seen.setdefault((kind, target), place)
    return mistakes
