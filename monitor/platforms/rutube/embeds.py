"""How Rutube's videos are embedded: player frames."""

from monitor.platforms.markup import BareId, Markup

MARKUP = Markup(
    names=frozenset({"rutube"}), bare_ids=(BareId("data-rutube-id"), BareId("data-video-id", needs_name=True))
)
