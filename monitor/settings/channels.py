"""`[[channel]]` of `config/postwatch.toml`, declared: where alerts go, and how."""

from typing import Literal

from pydantic import Field, model_validator

from monitor.settings.table import Table, Tags


class Channel(Table):
    """Where alerts go: an Apprise URL, `webhook+https://...`, `mailtos://...` or `console://`."""

    name: str = Field(
        pattern=r"^[A-Za-z0-9_-]+$", description="Letters, digits, - and _; named in rules.toml.", examples=["desk"]
    )
    url: str = Field(
        "",
        description="The channel's URL, when it holds no secret. A webhook's signing key is a secret of its own: "
        "POSTWATCH_CHANNEL_<NAME>_SECRET, or that name with _FILE.",
        examples=["webhook+https://hooks.example.org/postwatch"],
    )
    url_env: str = Field("", description="The environment variable (or that name with _FILE) that holds the URL.")
    allow_inline_secret: bool = Field(False, description="Accept a URL with credentials in this file.")
    grouping: Literal["", "none", "standard", "digest"] = Field(
        "",
        description='"none": each alert by itself, at once. "standard": flash at once, urgent ones of five minutes together, new posts '
        'hourly, new citations and all else daily. "digest": flash at once, all else daily. Left out: "none" for webhooks and the '
        'console, "standard" for mail and services that people read.',
        examples=["standard"],
    )
    thin: bool | None = Field(
        None,
        description="Tell only what happened and where, without a word of the post. Left out: true for services of others (all "
        "that Apprise reaches), false for mail, webhooks and the console.",
        examples=[True],
    )
    pictures: bool = Field(False, description="Put our contact sheet of the post's video into the mail.")
    desks: Tags = Field(
        (),
        description="Only what concerns these desks, or no desk in particular; left out: everything.",
        examples=[("world",)],
    )

    @model_validator(mode="after")
    def _one_url(self) -> "Channel":
        if bool(self.url) == bool(self.url_env):
            raise ValueError("write either url or url_env")
        return self

    @property
    def secret_env(self) -> str:
        """The environment variable of a webhook's signing secret."""
        return f"POSTWATCH_CHANNEL_{self.name.upper().replace('-', '_')}_SECRET"
