"""How Rumble's videos are embedded: player frames, and the player's script."""

import re

from monitor.platforms.markup import BareId, Markup

MARKUP = Markup(
    names=frozenset({"rumble"}),
    bare_ids=(BareId("data-rumble-id"), BareId("data-video-id", needs_name=True)),
    calls=(
        re.compile(r"""Rumble\(\s*['"]play['"]\s*,\s*\{[^}]{0,300}?['"]?video['"]?\s*:\s*['"](v[0-9a-z]{3,9})['"]"""),
    ),
    call_signs=("rumble(",),
)
