"""How Odysee's posts are embedded: player frames."""

from monitor.platforms.markup import Markup

MARKUP = Markup(names=frozenset({"odysee", "lbry"}))
