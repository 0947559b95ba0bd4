"""What became of a cited post, in one word for the desk: kept, gone, changed, unknown."""

from typing import Literal

Standing = Literal["kept", "gone", "changed", "unknown"]


def standing(*, availability: str, ours: bool, superseded: bool) -> Standing:
    """`availability` is what the looks add up to; `ours` whether we keep the post; `superseded` whether it was edited since
    it was cited."""
    if availability == "gone":
        return "gone"
    if superseded:
        return "changed"
    return "kept" if ours and availability in ("available", "restored", "suspect") else "unknown"
