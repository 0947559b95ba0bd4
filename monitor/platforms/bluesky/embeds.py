"""How Bluesky's posts are embedded: embed.js blockquotes (their at:// address is read like any other) and frames."""

from monitor.platforms.markup import Markup

MARKUP = Markup(names=frozenset({"bluesky", "bsky"}), containers=frozenset({"bluesky-embed"}))
