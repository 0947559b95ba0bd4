"""How LinkedIn's posts are embedded: frames that carry the post's URN."""

from monitor.platforms.markup import BareId, Markup

MARKUP = Markup(names=frozenset({"linkedin"}), bare_ids=(BareId("data-linkedin-id"),))
