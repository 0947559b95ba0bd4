"""How Weibo's posts are embedded: frames of its video player; posts themselves are only linked."""

from monitor.platforms.markup import Markup

MARKUP = Markup(names=frozenset({"weibo"}))
