"""How PeerTube's videos are embedded: player frames."""

from monitor.platforms.markup import Markup

MARKUP = Markup(names=frozenset({"peertube"}))
