"""How Dailymotion's videos are embedded: player frames and scripts, AMP."""

from monitor.platforms.markup import BareId, Markup, on

MARKUP = Markup(
    names=frozenset({"dailymotion"}),
    bare_ids=(
        BareId("data-videoid", on("amp-dailymotion")),
        BareId("data-dailymotion-id"),
        BareId("data-video", needs_name=True),
        BareId("data-video-id", needs_name=True),
    ),
)
