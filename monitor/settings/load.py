"""`config/postwatch.toml`, `watches.toml`, `rules.toml` and the environment, read together and checked against each other."""

import difflib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from monitor.errors import UnusableSettings
from monitor.places import Places, has_home, no_home
from monitor.settings.declared import (
    AccountEntry,
    ArticleEntry,
    Channel,
    FeedEntry,
    Options,
    Rule,
    RuleFile,
    WatchFile,
)
from monitor.settings.files import read_table, table_lines
from monitor.settings.secrets import X_TOKEN, Secrets, read_secret
from monitor.settings.urls import holds_secret

SECRETS = "secrets"
"""The folder in config/ with a file a secret, named as its environment variable."""

ALERT_KINDS = (
    "post_new",
    "citation_new",
    "post_edited",
    "post_gone",
    "post_restored",
    "account_renamed",
    "account_unavailable",
    "first_look",
    "budget",
    "storage",
    "collector_broken",
)


@dataclass(frozen=True)
class WatchEntry:
    """One entry of watches.toml and the line it stands on."""

    entry: AccountEntry | FeedEntry | ArticleEntry
    place: str


@dataclass(frozen=True)
class Settings(Places):
    """All that the newsroom chose, read once at start and passed in."""

    options: Options
    watches: tuple[WatchEntry, ...] = ()
    rules: tuple[Rule, ...] = ()
    secrets: Secrets = field(default_factory=Secrets)
    warnings: tuple[str, ...] = ()

    @property
    def channel_names(self) -> tuple[str, ...]:
        """The channels' names, in the order of the file."""
        return tuple(c.name for c in self.options.channel)

    def channel_url(self, channel: Channel) -> str:
        """The channel's URL, from the file or from its environment variable."""
        return channel.url or self.secrets.channel_urls[channel.name]


def defaults(home: Path | None = None) -> Settings:
    """Settings without any file: for commands that need no home."""
    return Settings(home=(home or Path.cwd()).absolute(), options=Options())


def load(home: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """Reads config/ of the home. Raises UnusableSettings with every mistake at once."""
    environment = os.environ if environment is None else environment
    home = home.absolute()
    if not has_home(home):
        raise no_home(home)
    config = home / "config"
    options, mistakes, _ = read_table(config / "postwatch.toml", Options)
    watches, more, source = read_table(config / "watches.toml", WatchFile)
    rules, last, _ = read_table(config / "rules.toml", RuleFile)
    mistakes += more + last
    secrets = Secrets()
    warnings: list[str] = []
    if options is not None:
        secrets, found = _secrets(options, environment, config / SECRETS)
        mistakes += found + _channel_mistakes(options) + _file_mistakes(options)
    if rules is not None and options is not None:
        mistakes += _rule_mistakes(rules, [c.name for c in options.channel])
    entries: tuple[WatchEntry, ...] = ()
    if watches is not None:
        entries = tuple(_entries(watches, source, home))
        mistakes += _doubles(entries)
        if _needs_token(entries) and not secrets.x_token:
            warnings.append(
                f"config/watches.toml: accounts on X are declared, but there is no token: set {X_TOKEN} "
                f"or {X_TOKEN}_FILE, or write it to config/secrets/{X_TOKEN}; they wait until then"
            )
    if mistakes:
        raise UnusableSettings(mistakes + warnings)
    assert options is not None
    assert rules is not None
    return Settings(home, options, entries, rules.rule, secrets, tuple(warnings))


def _entries(watches: WatchFile, source: str, home: Path) -> Iterable[WatchEntry]:
    tables: tuple[tuple[str, Sequence[AccountEntry | FeedEntry | ArticleEntry]], ...] = (
        ("account", watches.account),
        ("feed", watches.feed),
        ("article", watches.article),
    )
    for name, rows in tables:
        lines = list(table_lines(source, name))
        for n, row in enumerate(rows):
            entry = row
            if isinstance(row, FeedEntry) and row.folder:
                address = (home / Path(row.folder).expanduser()).absolute().as_uri()
                entry = row.model_copy(update={"url": address})
            yield WatchEntry(entry, f"watches.toml:{lines[n]}" if n < len(lines) else "watches.toml")


def _needs_token(entries: tuple[WatchEntry, ...]) -> bool:
    return any(isinstance(e.entry, AccountEntry) and e.entry.platform == "x" and not e.entry.url for e in entries)


def target_of(entry: AccountEntry | FeedEntry | ArticleEntry) -> str:
    """What makes two entries the same watch: "x:handle" in lower case, or the address."""
    if isinstance(entry, AccountEntry) and not entry.url:
        return f"{entry.platform}:{entry.handle.lstrip('@').lower()}"
    return entry.url


def _doubles(entries: tuple[WatchEntry, ...]) -> list[str]:
    seen: dict[tuple[str, str], str] = {}
    mistakes = []
    for item in entries:
        key = (type(item.entry).__name__, target_of(item.entry))
        if key in seen:
            mistakes.append(
                f"config/{item.place}: {key[1]} is declared twice: it stands at {seen[key]} already; remove one"
            )
        seen.setdefault(key, item.place)
    return mistakes


def _secrets(options: Options, environment: Mapping[str, str], folder: Path) -> tuple[Secrets, list[str]]:
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
    for n, channel in enumerate(options.channel, 1):
        where = f"config/postwatch.toml: [[channel]] number {n} ({channel.name})"
        url = channel.url or take(channel.url_env, f"{where}: url_env") or ""
        urls[channel.name] = url
        if url.startswith("webhook+"):
            keys[channel.name] = take(channel.secret_env, where) or ""
    headers: dict[str, dict[str, str]] = {}
    for n, header in enumerate(options.net.header, 1):
        value = take(header.value_env, f"config/postwatch.toml: [[net.header]] number {n} ({header.host})")
        headers.setdefault(header.host.lower(), {})[header.name] = value or ""
    return Secrets(token, urls, keys, headers), mistakes


def _channel_mistakes(options: Options) -> list[str]:
    mistakes, seen = [], set()
    for n, channel in enumerate(options.channel, 1):
        where = f"config/postwatch.toml: [[channel]] number {n} ({channel.name})"
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
    return mistakes


def _file_mistakes(options: Options) -> list[str]:
    bundle = options.net.ca_bundle
    if bundle and not Path(bundle).is_file():
        return [f"config/postwatch.toml: [net]: ca_bundle: there is no file {bundle}: name a PEM file"]
    return []


def _rule_mistakes(rules: RuleFile, channels: list[str]) -> list[str]:
    mistakes = []
    for n, rule in enumerate(rules.rule, 1):
        where = f"config/rules.toml: [[rule]] number {n} ({rule.name})"
        for kind in rule.kinds:
            if kind not in ALERT_KINDS:
                close = difflib.get_close_matches(kind, ALERT_KINDS, 1, 0.4)
                hint = f'did you mean "{close[0]}"?' if close else f"kinds: {', '.join(ALERT_KINDS)}"
                mistakes.append(f'{where}: kinds: "{kind}" is no kind of alert; {hint}')
        mistakes += [
            f'{where}: channels: there is no channel "{name}" in postwatch.toml: add a [[channel]] of that name'
            for name in rule.channels
            if name not in channels
        ]
    return mistakes
