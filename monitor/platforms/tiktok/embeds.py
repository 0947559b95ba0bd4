"""How TikTok's posts are embedded: embed.js blockquotes, player frames, AMP."""

from monitor.platforms.markup import BareId, Markup, on

MARKUP = Markup(
    names=frozenset({"tiktok", "tik-tok"}),
    containers=frozenset({"tiktok-embed"}),
    bare_ids=(
        BareId("data-video-id", on("blockquote")),
        BareId("data-video-id", needs_name=True),
        BareId("data-tiktok-id"),
        BareId("data-src", on("amp-tiktok")),
    ),
)
