"""How YouTube's videos are embedded: frames, light players, AMP, and the preview pictures that stand for them."""

import re

from monitor.platforms.markup import BareId, Markup, on

_PLAYERS = frozenset({"youtube-player", "youtube", "lazy-youtube", "youtube-video", "youtube-embed", "yt-player"})
"""Classes of elements that become a player when they are clicked."""

MARKUP = Markup(
    names=frozenset({"youtube", "yt", "youtube-video", "youtube_video", "youtubevideo"}),
    bare_ids=(
        BareId("videoid", on("lite-youtube", "youtube-video", "youtube-embed", "yt-lite")),
        BareId("video-id", on("lite-youtube", "youtube-video", "youtube-embed")),
        BareId("data-videoid", on("amp-youtube", "lite-youtube")),
        BareId("data-youtube-id"),
        BareId("data-youtube-video-id"),
        BareId("data-youtubeid"),
        BareId("data-youtube"),
        BareId("data-yt-id"),
        BareId("data-ytid"),
        BareId("data-yt"),
        BareId("youtube-id"),
        BareId("data-video-id", needs_name=True),
        BareId("data-videoid", needs_name=True),
        BareId("data-video", needs_name=True),
        BareId("data-code", needs_name=True),
        BareId("data-key", needs_name=True),
        BareId("data-embed", needs_name=True),
        BareId("data-plyr-embed-id", needs_name=True),
        BareId("video-id", on("embetty-video"), needs_name=True),
        BareId("data-id", classes=_PLAYERS),
        BareId("id", classes=_PLAYERS),
    ),
    calls=(
        re.compile(r"""YT\.Player\([^;]{0,400}?videoId['"]?\s*:\s*['"]([0-9A-Za-z_-]{11})['"]"""),
    ),
    call_signs=("yt.player",),
    thumbnail_hosts=("ytimg.com", "img.youtube.com"),
    thumbnails=(
        re.compile(r"(?:i\d?\.ytimg\.com|img\.youtube\.com|i\d?\.ytimg\.com\\?/an_webp)\\?/vi(?:_webp)?\\?/([0-9A-Za-z_-]{11})(?![0-9A-Za-z_-])"),
    ),
)  # fmt: skip
