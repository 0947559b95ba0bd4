"""How OK's videos are embedded: player frames."""

from monitor.platforms.markup import BareId, Markup

MARKUP = Markup(
    names=frozenset({"odnoklassniki", "okru", "ok.ru"}), bare_ids=(BareId("data-video-id", needs_name=True),)
)
