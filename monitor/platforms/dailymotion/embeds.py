"""How Dailymotion's videos are embedded: player frames and scripts, AMP."""

import re

from monitor.platforms.markup import BareId, Markup, on

MARKUP = Markup(
    names=frozenset({"dailymotion"}),
    bare_ids=(
        BareId("data-videoid", on("amp-dailymotion")),
        BareId("data-dailymotion-id"),
        BareId("data-video", needs_name=True),
        BareId("data-video-id", needs_name=True),
    ),
    calls=(
        re.compile(
            r"""(?:dailymotion\.createPlayer|DM\.player)\([^;]{0,400}?\bvideo['"]?\s*:\s*['"]([kx][0-9A-Za-z]{4,20})['"]"""
        ),
    ),
    call_signs=("dailymotion.createplayer", "dm.player"),
)
