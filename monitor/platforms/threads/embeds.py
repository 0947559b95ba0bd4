"""How Threads' posts are embedded: embed.js blockquotes that carry the post's address."""

from monitor.platforms.markup import Markup

MARKUP = Markup(names=frozenset({"threads"}), containers=frozenset({"text-post-media"}))
