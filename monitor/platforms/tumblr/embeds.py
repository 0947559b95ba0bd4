"""How Tumblr's posts are embedded: an element for the embed's script, and the frame that it draws."""

from monitor.platforms.markup import Markup

MARKUP = Markup(names=frozenset({"tumblr"}), containers=frozenset({"tumblr-post", "tumblr-embed"}))
