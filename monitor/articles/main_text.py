"""The main text of a page: by our own reading of its tree, and by trafilatura where that finds hardly anything.

On trafilatura's own evaluation pages the two are equally good and ours takes a tenth of the time; see `benchmarks/inspect_speed.py`.
"""

import logging

from monitor.articles.page import Page
from monitor.articles.prose import Paragraph, paragraphs_of

_ENOUGH = 500
"""Characters; with less, the page may keep its text where we do not look for it."""
_TIMES = 2
_MOST_TAGS = 60_000
"""Trafilatura takes seconds over pages with more."""


def main_text(page: Page) -> list[Paragraph]:
    """The paragraphs in order; none where nobody finds any."""
    own = paragraphs_of(page)
    length = sum(len(paragraph.words) for paragraph in own)
    if length >= _ENOUGH or page.raw.count(b"<") > _MOST_TAGS:
        return own
    others = _by_trafilatura(page.raw.decode("utf-8"))
    # Its text of a short page may be one lump, headline and embeds in it, and so be somewhat longer.
    return others if sum(len(paragraph.words) for paragraph in others) > length * _TIMES else own


def _by_trafilatura(markup: str) -> list[Paragraph]:
    import trafilatura.settings

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    document = trafilatura.bare_extraction(markup, with_metadata=False, include_comments=False)
    if not isinstance(document, trafilatura.settings.Document):
        return []
    lines = (" ".join(line.split()) for line in (document.text or "").split("\n"))
    return [Paragraph(line) for line in lines if line]
