"""How VK's posts and videos are embedded: player frames, the post widget's script and its frame, AMP."""

import re

from monitor.platforms.markup import BareId, Markup, on

MARKUP = Markup(
    names=frozenset({"vk", "vkontakte", "vkvideo"}),
    bare_ids=(
        BareId("data-post-id", on("amp-vk"), after="data-owner-id"),
        BareId("data-vk-post-id"),
    ),
    calls=(
        re.compile(
            r"""VK\.Widgets\.Post\(\s*[^,()]{1,80},\s*['"]?(-?[0-9]{1,12})['"]?\s*,\s*['"]?([0-9]{1,12})['"]?\s*[,)]"""
        ),
    ),
    call_signs=("vk.widgets.post",),
)
