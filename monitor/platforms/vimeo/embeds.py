"""How Vimeo's videos are embedded: player frames, the player's script, light players, AMP."""

import re

from monitor.platforms.markup import BareId, Markup, on

MARKUP = Markup(
    names=frozenset({"vimeo"}),
    bare_ids=(
        BareId("data-videoid", on("amp-vimeo")),
        BareId("videoid", on("lite-vimeo")),
        BareId("data-vimeo-id"),
        BareId("data-vimeo-video-id"),
        BareId("data-video-id", needs_name=True),
        BareId("data-plyr-embed-id", needs_name=True),
        BareId("video-id", on("embetty-video"), needs_name=True),
    ),
    calls=(re.compile(r"""Vimeo\.Player\([^;]{0,400}?\bid['"]?\s*:\s*['"]?([0-9]{5,12})\b"""),),
    call_signs=("vimeo.player",),
)
