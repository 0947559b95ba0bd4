"""`config/rules.toml` and `config/aliases.toml`, declared: who hears of what, and who goes by which names."""

from typing import Literal

from pydantic import Field

from monitor.settings.table import Table


class Rule(Table):
    """A rule: which facts go to which channels. A condition left out is met by everything."""

    name: str = Field(description="For people and for the log.", examples=["Videos of the ministries"])
    kinds: tuple[str, ...] = Field(
        (),
        description="post_new, citation_new, post_edited, post_gone, post_restored, account_renamed, account_unavailable, first_look, budget, storage.",
    )
    accounts: tuple[str, ...] = Field((), description="Handles, with or without @, or platform:handle.")
    tags: tuple[str, ...] = Field((), description="Tags of the watch; one of them is enough.")
    keywords: tuple[str, ...] = Field((), description="Words or phrases, whatever their case; one of them is enough.")
    has_video: bool | None = Field(
        None, description="Only with (true) or only without (false) a video.", examples=[True]
    )
    priority: Literal["flash", "urgent", "normal", "info"] | None = Field(
        None, description='The priority it gives: "flash", "urgent", "normal" or "info".', examples=["urgent"]
    )
    channels: tuple[str, ...] = Field((), description="Names of channels; left out: all of them.")


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
