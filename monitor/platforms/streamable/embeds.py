"""How Streamable's videos are embedded: player frames, and the preview pictures that stand for them."""

import re

from monitor.platforms.markup import BareId, Markup

MARKUP = Markup(
    names=frozenset({"streamable"}),
    bare_ids=(BareId("data-shortcode", needs_name=True), BareId("data-video-id", needs_name=True)),
    thumbnails=(re.compile(r"cdn-[a-z-]{2,20}\.streamable\.com\\?/image\\?/([0-9a-z]{3,8})(?![0-9a-z])"),),
)
