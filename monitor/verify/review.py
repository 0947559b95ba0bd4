"""A signed-off verdict as schema.org's MediaReview, for programs: JSON-LD."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Appearance:
    """A file, and where it is to be seen."""

    sha256: str | None
    url: str | None
    uploaded_at: str | None
    picture: bool


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a review is made from."""

    codes: Sequence[str]
    claim: str
    claim_rating: str
    context: str
    original_link: str
    signed_at: str
    appearances: Sequence[Appearance]


def media_review(about: Reviewed) -> dict[str, object]:
    """The review. Whose it is, a newsroom adds where it publishes it: names of verifiers stay in the house."""
    told: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "MediaReview",
        "datePublished": about.signed_at,
        "mediaAuthenticityCategory": [f"https://schema.org/{code}" for code in about.codes],
        "itemReviewed": {
            "@type": "MediaReviewItem",
            "mediaItemAppearance": [_appearance(one) for one in about.appearances],
        },
    }
    if about.context:
        told["originalMediaContextDescription"] = about.context
    if about.original_link:
        told["originalMediaLink"] = about.original_link
    if about.claim:
        told["associatedClaimReview"] = {
            "@type": "ClaimReview",
            "claimReviewed": about.claim,
            "datePublished": about.signed_at,
            "reviewRating": {"@type": "Rating", "alternateName": about.claim_rating},
        }
    return told


def _appearance(one: Appearance) -> dict[str, object]:
    kind = "ImageObject" if one.picture else "VideoObject"
    fields = {"url": one.url, "sha256": one.sha256, "uploadDate": one.uploaded_at}
    return {"@type": kind, **{key: value for key, value in fields.items() if value}}
