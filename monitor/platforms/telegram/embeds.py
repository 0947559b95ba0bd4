"""How Telegram's posts are embedded: the widget script that carries the post, and its frame."""

from monitor.platforms.markup import BareId, Markup

MARKUP = Markup(names=frozenset({"telegram", "tg"}), bare_ids=(BareId("data-telegram-post"),))
