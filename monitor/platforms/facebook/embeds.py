"""How Facebook's posts and videos are embedded: SDK elements, plugin frames, AMP."""

from monitor.platforms.markup import BareId, Markup

MARKUP = Markup(
    names=frozenset({"facebook", "fb"}),
    containers=frozenset({"fb-post", "fb-video"}),
    buttons=frozenset(
        {
            "fb-like",
            "fb-share-button",
            "fb-comments",
            "fb-comments-count",
            "fb-follow",
            "fb-send",
            "fb-save",
            "fb-page",
            "fb-group",
        }
    ),
    bare_ids=(BareId("data-facebook-video-id"), BareId("data-facebook-id")),
)
