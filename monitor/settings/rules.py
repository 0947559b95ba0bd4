"""`config/rules.toml` and `config/aliases.toml`, declared: who hears of what, and who goes by which names."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from monitor import safe_regex
from monitor.settings.people import Priority
from monitor.settings.table import Table


def _expression(value: str) -> str:
    if value:
        safe_regex.compiled(value)
    return value


class Rule(Table):
    """A rule: which facts go to which channels. A condition left out is met by everything."""

    name: str = Field(description="For people and for the log.", examples=["Videos of the ministries"])
    kinds: tuple[str, ...] = Field(
        (),
        description="post_new, citation_new, post_edited, post_gone, post_restored, account_renamed, account_unavailable, citation_suggested, first_look, budget, storage, collector_broken, silence, gap, "
        "credential, channel_down, recovered.",
    )
    platforms: tuple[str, ...] = Field(
        (), description="Of the post: x, youtube, bluesky, ...", examples=[("x", "bluesky")]
    )
    accounts: tuple[str, ...] = Field((), description="Handles, with or without @, or platform:handle.")
    tags: tuple[str, ...] = Field((), description="Tags of the watch; one of them is enough.")
    keywords: tuple[str, ...] = Field((), description="Words or phrases, whatever their case; one of them is enough.")
    pattern: Annotated[str, AfterValidator(_expression)] = Field(
        "",
        description="A regular expression that is found in the text (RE2: no look-around, no back references, and no text that can "
        'make it slow). "(?i)" at its beginning: whatever the case.',
        examples=["(?i)harbou?r (bridge|gate)"],
    )
    languages: tuple[str, ...] = Field(
        (),
        description='Languages of the text, such as "uk" or "pt" (which holds for pt-BR, too).',
        examples=[("uk", "ru")],
    )
    has_video: bool | None = Field(
        None, description="Only with (true) or only without (false) a video.", examples=[True]
    )
    media: tuple[Literal["video", "gif", "photo", "audio"], ...] = Field(
        (), description="Kinds of the post's files; one of them is enough.", examples=[("video", "photo")]
    )
    articles: tuple[str, ...] = Field(
        (),
        description="Addresses of articles, or the beginnings of them, * standing for anything.",
        examples=[("https://news.example.org/world/*",)],
    )
    publishers: tuple[str, ...] = Field(
        (), description="Hosts of the articles, such as news.example.org.", examples=[("news.example.org",)]
    )
    desks: tuple[str, ...] = Field((), description="Desks of the watch or article.", examples=[("world",)])
    priorities: tuple[Priority, ...] = Field(
        (), description="Only facts that have one of these priorities by themselves.", examples=[("flash", "urgent")]
    )
    priority: Priority | None = Field(
        None, description='The priority it gives: "flash", "urgent", "normal" or "info".', examples=["urgent"]
    )
    channels: tuple[str, ...] = Field((), description="Names of channels; left out: all of them.")
    people: tuple[str, ...] = Field(
        (), description="Names of people of people.toml, beside the channels.", examples=[("Night editor",)]
    )


class RuleFile(Table):
    """`config/rules.toml`."""

    rule: tuple[Rule, ...] = ()


class Alias(Table):
    """Names by which articles call an account, beside its own: nicknames, former names, spellings that only an editor knows."""

    handle: str = Field(
        description="The account's handle, with or without @.", examples=["@harbour_desk"], min_length=1
    )
    names: tuple[str, ...] = Field(
        description="The names, as articles write them; case, accents and script do not matter.",
        examples=[("The Man of the Quay", "Der Kai-Wächter")],
        min_length=1,
    )


class AliasFile(Table):
    """`config/aliases.toml`."""

    alias: tuple[Alias, ...] = ()
