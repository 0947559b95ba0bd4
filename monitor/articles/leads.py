"""Citations by short link, before and after somebody asked where they lead."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from monitor.model.article import Citation
from monitor.platforms import DOUBTS, Lead


def unknown_links(citations: Sequence[Citation]) -> Iterator[str]:
    """The short links among the citations."""
    return (citation.url for citation in citations if citation.post_id is None and citation.url is not None)


def with_leads(citations: Sequence[Citation], leads: Mapping[str, Lead]) -> tuple[Citation, ...]:
    """The citations, those of short links that were asked as citations of the posts that they led to; a post is cited once."""
    known: dict[str, Citation] = {}
    for citation in citations:
        lead = leads.get(citation.url or "") if citation.post_id is None else None
        found = _led(citation, lead) if lead else citation
        before = known.get(found.key)
        known[found.key] = _together(before, found) if before else found
    return tuple(known.values())


def _led(citation: Citation, lead: Lead) -> Citation:
    if lead.post is None:
        return replace(citation, confidence=0.2, reason=f"a short link that led to {lead.url[:300]}, which is no post")
    sure = citation.reason in DOUBTS
    return replace(
        citation,
        platform=lead.post.platform,
        post_id=lead.post.post_id,
        url=lead.post.url,
        handle=lead.post.handle,
        short_url=citation.url,
        confidence=lead.post.trust if sure else citation.confidence,
        reason=lead.post.doubt if sure else citation.reason,
    )


def _together(one: Citation, other: Citation) -> Citation:
    best, more = (one, other) if one.confidence >= other.confidence else (other, one)
    places = (*best.places, *(place for place in more.places if place not in best.places))
    return replace(best, places=places, handle=best.handle or more.handle, short_url=best.short_url or more.short_url)
