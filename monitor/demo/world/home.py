"""Settings that make a Postwatch home live in the world: the text of its three files, and its environment."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.demo.world.sink import SECRET
from monitor.demo.world.story import HANDLE
from monitor.demo.world.x.server import TOKEN

if TYPE_CHECKING:
    from monitor.demo.world.world import World


def environment() -> dict[str, str]:
    """The secrets that the settings name."""
    return {"POSTWATCH_X_BEARER_TOKEN": TOKEN, "POSTWATCH_CHANNEL_DESK_SECRET": SECRET}


def settings_toml(world: "World", more: str = "") -> str:
    """`postwatch.toml`; `more` is added at its end, such as another channel or table that is not here yet."""
    # The sink is no pair of [net] allow: a channel's host may be reached by its channel alone.
    pairs = _listed(s.host_port for s in (world.x, world.news, world.video, world.social))
    endpoints = ", ".join(f"{name} = {json.dumps(url)}" for name, url in world.public.endpoints().items())
    hosts = _listed(s.host_port for s in (world.video, world.social))
    return f"""# A home in the demo's world: nothing here leaves this machine.
[x]
api_url = "{world.x.url}"
oembed_url = "{world.social.url}/oembed"

[net]
allow = {pairs}

[media]
generic_hosts = {hosts}
min_free_bytes = 0

[articles]
seconds_per_host = 0

[desk]
listen = ""

[check]
endpoints = {{{endpoints}}}

[[channel]]
name = "desk"
url = "webhook+{world.sink.url}/desk"
{more}"""


def watches_toml(world: "World", every: str = "5m", *, tell_backfill: bool = True, keyless: bool = False) -> str:
    """`watches.toml`: the account and the feed of all articles; with `keyless` the feeds of posts too."""
    told = "true" if tell_backfill else "false"
    text = f"""[[account]]
platform = "x"
handle = "{HANDLE}"
every = "{every}"
tags = ["demo"]
desk = "foreign"
purpose = "The demo shows one account and the articles that cite it."
tell_backfill = {told}

[[feed]]
url = "{world.news.url}/feed.xml"
every = "{every}"
tags = ["demo"]
tell_backfill = {told}
"""
    for profile in world.social.profiles if keyless else ():
        text += f"""
[[account]]
platform = "{profile.platform}"
url = "{world.social.feed_url(profile)}"
every = "{every}"
tags = ["demo", "keyless"]
purpose = "The demo shows sources that need no key."
tell_backfill = {told}
"""
    return text


def write_home(world: "World", home: Path, *, more: str = "", watches: str | None = None, rules: str = "") -> Path:
    """Writes the three files under `home/config`; `watches` None for those of `watches_toml`. Gives the home."""
    config = home / "config"
    config.mkdir(parents=True, exist_ok=True)
    (config / "postwatch.toml").write_text(settings_toml(world, more), encoding="utf-8")
    (config / "watches.toml").write_text(watches_toml(world) if watches is None else watches, encoding="utf-8")
    (config / "rules.toml").write_text(rules, encoding="utf-8")
    return home


def _listed(pairs: Iterable[str]) -> str:
    return "[" + ", ".join(f'"{pair}"' for pair in pairs) + "]"
