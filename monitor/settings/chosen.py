"""What somebody answered to `init`'s questions, as the files of config/: the generated examples with some lines live."""

import json
import re
import secrets
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from monitor.settings import example
from monitor.settings.secrets import X_TOKEN
from monitor.settings.urls import holds_secret

Use = Literal["newsroom", "archive"]
CHANNEL = "desk"

# An archive wants everything and has time; a newsroom wants to hear soon, of clips that it can show.
_ARCHIVE: Mapping[tuple[str, str], str] = {
    ("jobs", "every"): '"1h"',
    ("media", "max_bytes"): "4_000_000_000",
    ("media", "max_duration"): '"4h"',
}


@dataclass(frozen=True)
class Answers:
    """The answers; what is left out takes the default."""

    use: Use = "newsroom"
    own_feed: str = ""
    x_token: str = field(default="", repr=False)
    usd_per_month: float = 10.0
    channel: str = field(default="", repr=False)
    """A channel's URL; "" for the console alone."""


@dataclass(frozen=True)
class Files:
    """What is to be written: name below the home -> text; secret's name -> value."""

    texts: Mapping[str, str]
    secrets: Mapping[str, str] = field(repr=False)


def files_of(answers: Answers) -> Files:
    """The files of config/ that say what was answered. Secrets never stand in the texts."""
    hidden: dict[str, str] = {}
    live: dict[tuple[str, str], str] = {}
    if answers.usd_per_month != Answers.usd_per_month:
        live["budget", "usd_per_month"] = f"{answers.usd_per_month:.2f}"
    live["retention", "profile"] = json.dumps(answers.use)
    if answers.use == "archive":
        live |= _ARCHIVE
    postwatch = _with_live(example.postwatch_toml(), live)
    if answers.channel:
        postwatch += _channel(answers.channel, hidden)
    if answers.x_token:
        hidden[X_TOKEN] = answers.x_token
    watches = example.watches_toml()
    if answers.own_feed:
        watches += f"\n[[feed]]\nurl = {json.dumps(answers.own_feed)}\nown = true\n"
    texts = {
        "config/postwatch.toml": postwatch,
        "config/watches.toml": watches,
        "config/rules.toml": example.rules_toml(),
        "config/people.toml": example.people_toml(),
        "config/aliases.toml": example.aliases_toml(),
        "config/tools.toml": example.tools_toml(),
    }
    return Files(texts, hidden)


def _with_live(text: str, live: Mapping[tuple[str, str], str]) -> str:
    for (table, key), value in live.items():
        head, mark, rest = text.partition(f"\n[{table}]\n")
        changed, count = re.subn(rf"^# {key} = .*$", f"{key} = {value}", rest, count=1, flags=re.MULTILINE)
        if count != 1:
            raise ValueError(f"[{table}] {key} is no setting")
        text = head + mark + changed
    return text


def _channel(url: str, hidden: dict[str, str]) -> str:
    lines = ["", "# Alerts for people.", "[[channel]]", f'name = "{CHANNEL}"']
    if holds_secret(url):
        name = f"POSTWATCH_CHANNEL_{CHANNEL.upper()}_URL"
        hidden[name] = url
        lines += [f"# The URL holds a credential: it stands in config/secrets/{name}.", f'url_env = "{name}"']
    else:
        lines.append(f"url = {json.dumps(url)}")
    if url.startswith("webhook+"):
        hidden[f"POSTWATCH_CHANNEL_{CHANNEL.upper()}_SECRET"] = new_signing_key()
    return "\n".join(lines) + "\n"


def new_signing_key() -> str:
    """A signing key as Standard Webhooks writes them: "whsec_" and 32 random bytes in Base64."""
    return f"whsec_{b64encode(secrets.token_bytes(32)).decode()}"
