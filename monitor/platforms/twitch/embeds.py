"""How Twitch's recordings and clips are embedded: player frames, and the player's script."""

import re

from monitor.platforms.markup import BareId, Markup

MARKUP = Markup(
    names=frozenset({"twitch", "twitchtv"}),
    bare_ids=(
        BareId("data-twitch-video"),
        BareId("data-twitch-clip"),
        BareId("data-video-id", needs_name=True),
        BareId("data-video", needs_name=True),
    ),
    calls=(re.compile(r"""Twitch\.(?:Player|Embed)\([^;]{0,400}?\bvideo['"]?\s*:\s*['"]v?([0-9]{5,12})['"]"""),),
    call_signs=("twitch.player", "twitch.embed"),
)
