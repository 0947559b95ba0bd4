"""Short links in a page: those that stand in an embed are the post's own words, and no citation. See `leads` for the others."""

from collections.abc import Sequence

from monitor.articles.find import Find
from monitor.articles.page import Spot

_BOXES = frozenset({"blockquote", "figure", "li", "template", "noscript"})


def without_embeds_own(finds: Sequence[Find]) -> list[Find]:
    """The sightings without the short links that stand in the same quotation or embed as a post itself."""
    if all(find.address.post_id is not None for find in finds):
        return list(finds)
    boxes = {id(box) for find in finds if find.address.post_id is not None for box in _boxes(find.spot, find.container)}
    return [
        find for find in finds if find.address.post_id is not None or not boxes.intersection(map(id, find.spot.above()))
    ]


def _boxes(spot: Spot, container: Spot | None) -> list[Spot]:
    around = [box for box in spot.above() if box.tag in _BOXES]
    return [spot, *([container] if container is not None else []), *around]
