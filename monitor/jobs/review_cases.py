"""The MediaReview of a case whose verdict a second person has signed."""

from monitor.store.open import Store
from monitor.verify.review import Appearance, Reviewed, media_review

Row = dict[str, object]


def review_of(store: Store, told: Row) -> Row | None:
    """The review of a case's dossier; None while its present verdict is not signed off, or has no code."""
    verdicts = told["verdicts"]
    assert isinstance(verdicts, list)
    last = verdicts[-1] if verdicts else None
    signed = [s for s in last["signoffs"] if s["outcome"] == "agree"] if last and last["current"] else []
    if last is None or not signed or not last["codes"]:
        return None
    files = store.all(
        """SELECT m.sha256, m.kind, p.url, p.posted_at FROM media m JOIN post p ON p.id = m.post JOIN desk_case c ON c.post = p.id
        WHERE c.id = ? AND m.state = 'kept' ORDER BY m.n""",
        told["id"],
    )
    return media_review(
        Reviewed(
            last["codes"],
            last["claim_text"],
            last["claim"],
            last["context"],
            last["original_url"],
            signed[-1]["at"],
            [Appearance(f["sha256"], f["url"], f["posted_at"], f["kind"] == "photo") for f in files],
        )
    )
