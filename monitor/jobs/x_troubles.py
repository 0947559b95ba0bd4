"""What is wrong between X and us: it refuses our key, or its answers no longer have the shape that we know."""

from typing import TYPE_CHECKING

from monitor.jobs import troubles
from monitor.model.post import Page

if TYPE_CHECKING:
    from monitor.jobs.context import Context

_HARMLESS = ("unknown member", "unknown includes", "stands twice")
"""What is new in an answer costs us nothing: it is kept raw."""
_TOLD = 3


def key_refused(context: "Context", error: str) -> None:
    """X answered that our key is not good."""
    troubles.begin(
        context,
        "credential:x",
        "credential",
        "X refuses our key: nothing of X is seen until it is renewed",
        detail=error,
        advice="renew POSTWATCH_X_BEARER_TOKEN, then `postwatch doctor`",
        more={"platform": "x"},
    )


def key_taken(context: "Context") -> None:
    """X answered as it should."""
    troubles.end(context, "credential:x", "X takes our key again")


def note_drift(context: "Context", page: Page) -> None:
    """Tells of an answer of which posts, authors or files could not be read; an answer that holds posts and none of that ends it.

    Call it inside the change that keeps the answer.
    """
    found = [one for one in page.warnings if one.startswith("schema drift") and not any(h in one for h in _HARMLESS)]
    if found:
        troubles.begin(
            context,
            "drift:x",
            "collector_broken",
            "X's answers have changed their shape: some of what they hold is kept raw and not read",
            detail="; ".join(found[:_TOLD]),
            advice="look for a newer version of Postwatch; the raw answers are kept, nothing that came is lost",
            more={"platform": "x", "warnings": found[:_TOLD]},
        )
    elif page.posts:
        troubles.end(context, "drift:x", "X's answers have the shape that we know again")
