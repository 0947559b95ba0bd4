"""How Mastodon's posts are embedded: frames and, since version 4.3, blockquotes that name the frame."""

from monitor.platforms.markup import Markup

MARKUP = Markup(names=frozenset({"mastodon"}), containers=frozenset({"mastodon-embed"}))
