"""`config/postwatch.toml`, `watches.toml`, `rules.toml`, `people.toml`, `aliases.toml`, `tools.toml` and the environment, read together and checked against each other."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from monitor.errors import UnusableSettings
from monitor.places import Places, has_home, no_home
from monitor.settings.channels import Channel
from monitor.settings.checks import (
    channel_mistakes,
    doubles,
    file_mistakes,
    heartbeat_of,
    people_mistakes,
    rule_mistakes,
    secrets_of,
)
from monitor.settings.declared import HeaderOption, Options
from monitor.settings.entries import AccountEntry, ArticleEntry, FeedEntry, WatchFile
from monitor.settings.files import read_table, row_names, sound_rows, table_lines
from monitor.settings.people import Escalation, PeopleFile, Person
from monitor.settings.rules import Alias, AliasFile, Rule, RuleFile
from monitor.settings.secrets import X_TOKEN, Secrets
from monitor.settings.tools import Tool, ToolFile

SECRETS = "secrets"
"""The folder in config/ with a file a secret, named as its environment variable."""


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
    aliases: tuple[Alias, ...] = ()
    people: tuple[Person, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    tools: tuple[Tool, ...] = ()
    secrets: Secrets = field(default_factory=Secrets)
    warnings: tuple[str, ...] = ()

    @property
    def channel_names(self) -> tuple[str, ...]:
        """The channels' names, in the order of the file."""
        return tuple(c.name for c in self.options.channel)

    @property
    def rule_names(self) -> tuple[str, ...]:
        """The rules' names, in the order of the file."""
        return tuple(rule.name for rule in self.rules)

    def channel_url(self, channel: Channel) -> str:
        """The channel's URL, from the file or from its environment variable."""
        return channel.url or self.secrets.channel_urls[channel.name]


def defaults(home: Path | None = None) -> Settings:
    """Settings without any file: for commands that need no home."""
    return Settings(home=(home or Path.cwd()).absolute(), options=Options())


def load(home: Path, environment: Mapping[str, str] | None = None, *, demand_secrets: bool = True) -> Settings:
    """Reads config/ of the home. Raises UnusableSettings with every mistake at once.

    `demand_secrets` False is for work that tells no channel anything: a secret that is missing is then no mistake.
    """
    environment = os.environ if environment is None else environment
    home = home.absolute()
    if not has_home(home):
        raise no_home(home)
    config = home / "config"
    options, mistakes, text = read_table(config / "postwatch.toml", Options)
    watches, more, source = read_table(config / "watches.toml", WatchFile)
    rules, last, rule_text = read_table(config / "rules.toml", RuleFile)
    aliases, also, _ = read_table(config / "aliases.toml", AliasFile)
    people, wrong, people_text = read_table(config / "people.toml", PeopleFile)
    tools, bad, _ = read_table(config / "tools.toml", ToolFile)
    mistakes += more + last + also + wrong + bad
    channels = sound_rows(text, "channel", Channel)
    secrets, found = secrets_of(channels, sound_rows(text, "net.header", HeaderOption), environment, config / SECRETS)
    mistakes += (found if demand_secrets else []) + channel_mistakes(channels)
    mistakes += file_mistakes(options) if options else []
    names = row_names(text, "channel") if text or options else None
    persons = row_names(people_text, "person")
    known = persons if people_text or people else None
    mistakes += rule_mistakes(sound_rows(rule_text, "rule", Rule), names, known)
    steps = sound_rows(people_text, "escalation", Escalation)
    mistakes += people_mistakes(sound_rows(people_text, "person", Person), steps, names, persons)
    if options:
        secrets, found = heartbeat_of(options, secrets, environment, config / SECRETS)
        mistakes += found if demand_secrets else []
    entries = tuple(_entries(source, home))
    mistakes += doubles((type(e.entry).__name__, target_of(e.entry), e.place) for e in entries)
    warnings: list[str] = []
    if _needs_token(entries) and not secrets.x_token:
        warnings.append(
            f"config/watches.toml: accounts on X are declared, but there is no token: set {X_TOKEN} "
            f"or {X_TOKEN}_FILE, or write it to config/secrets/{X_TOKEN}; they wait until then"
        )
    if mistakes:
        raise UnusableSettings(mistakes + warnings)
    assert options is not None
    assert rules is not None
    assert watches is not None
    assert aliases is not None
    assert people is not None
    assert tools is not None
    return Settings(
        home,
        options,
        entries,
        rules.rule,
        aliases.alias,
        people.person,
        people.escalation,
        tools.tool,
        secrets,
        tuple(warnings),
    )


def rules_in(path: Path, settings: Settings) -> tuple[Rule, ...]:
    """The rules of a file in the making, checked as those of config/ are. Raises UnusableSettings with every mistake."""
    found, mistakes, text = read_table(path, RuleFile)
    people = [person.name for person in settings.people]
    mistakes += rule_mistakes(sound_rows(text, "rule", Rule), settings.channel_names, people)
    if mistakes or found is None:
        raise UnusableSettings([one.replace("config/rules.toml", str(path)) for one in mistakes])
    return found.rule


def _entries(source: str, home: Path) -> Iterator[WatchEntry]:
    tables: tuple[tuple[str, type[AccountEntry | FeedEntry | ArticleEntry]], ...] = (
        ("account", AccountEntry),
        ("feed", FeedEntry),
        ("article", ArticleEntry),
    )
    for name, shape in tables:
        lines = list(table_lines(source, name))
        for n, row in sound_rows(source, name, shape):
            entry = row
            if isinstance(row, FeedEntry) and row.folder:
                address = (home / Path(row.folder).expanduser()).absolute().as_uri()
                entry = row.model_copy(update={"url": address})
            yield WatchEntry(entry, f"watches.toml:{lines[n - 1]}" if n <= len(lines) else "watches.toml")


def _needs_token(entries: tuple[WatchEntry, ...]) -> bool:
    return any(isinstance(e.entry, AccountEntry) and e.entry.platform == "x" and not e.entry.url for e in entries)


def target_of(entry: AccountEntry | FeedEntry | ArticleEntry) -> str:
    """What makes two entries the same watch: "x:handle" in lower case, or the address."""
    if isinstance(entry, AccountEntry) and not entry.url:
        return f"{entry.platform}:{entry.handle.lstrip('@').lower()}"
    return entry.url
