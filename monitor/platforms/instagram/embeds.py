"""How Instagram's posts are embedded: embed.js blockquotes, frames, AMP."""

from monitor.platforms.markup import BareId, Markup, on

MARKUP = Markup(
    names=frozenset({"instagram", "insta", "ig"}),
    containers=frozenset({"instagram-media", "instagram-media-rendered"}),
    bare_ids=(
        BareId("data-shortcode", on("amp-instagram")),
        BareId("data-shortcode", needs_name=True),
        BareId("data-instagram-id"),
        BareId("data-instagram-shortcode"),
        BareId("data-instgrm-shortcode"),
    ),
)
