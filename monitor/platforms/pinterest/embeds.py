"""How Pinterest's pins are embedded: links that its script turns into pins, frames, AMP. Boards and buttons are no posts."""

from monitor.platforms.markup import BareId, Markup

MARKUP = Markup(
    names=frozenset({"pinterest"}),
    marks=frozenset({("data-pin-do", "embedpin")}),
    bare_ids=(BareId("data-pin-id", needs_name=True),),
)
