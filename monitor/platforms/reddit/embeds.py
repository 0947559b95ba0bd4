"""How Reddit's threads and comments are embedded: blockquotes old and new, frames, AMP."""

from monitor.platforms.markup import BareId, Markup

MARKUP = Markup(
    names=frozenset({"reddit"}),
    containers=frozenset({"reddit-embed-bq", "reddit-card", "reddit-embed"}),
    bare_ids=(BareId("data-reddit-id"),),
)
