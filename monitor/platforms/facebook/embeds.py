"""How Facebook's posts and videos are embedded: SDK elements, plugin frames, AMP."""

from monitor.platforms.markup import BareId, Markup

MARKUP = Markup(
    names=frozenset({"facebook", "fb"}),
    containers=frozenset({"fb-post", "fb-video"}),
    bare_ids=(BareId("data-facebook-video-id"), BareId("data-facebook-id")),
)
