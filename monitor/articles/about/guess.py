"""The day of an article that tells none where others do: htmldate knows more such places."""

import logging
import warnings

from monitor.articles.about.moments import parsed
from monitor.model.article import Moment

_LONGEST = 1_500_000


def guessed_day(markup: str, url: str | None) -> Moment | None:
    """A guess, and marked as such. None for a page without any date, or too large to go through twice."""
    if len(markup) > _LONGEST:
        return None
    import htmldate

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        # Its date parser warns of time zones that it does not know, page by page.
        warnings.simplefilter("ignore")
        try:
            # Its extensive search finds some day in nearly every page: 45 of 674 got one by it, most of them wrong.
            found = htmldate.find_date(markup, url=url, original_date=True, extensive_search=False)
        except (ValueError, TypeError, OverflowError):
            return None
    return parsed(found, "guess")
