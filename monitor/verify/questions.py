"""What a case is asked: five pillars, a few questions each. A case keeps to the version with which it was opened.

A change of any question is a new VERSION; the ledger keeps the words of every version that a case was opened with.
"""

from dataclasses import asdict, dataclass

from monitor.model.case import Pillar

VERSION = 1


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `key` stays the same over versions that ask the same."""

    key: str
    pillar: Pillar
    prompt: str
    help: str
    required: bool


QUESTIONS = (
    Question(
        "original",
        "provenance",
        "Is this the original?",
        "Look for earlier copies: in our own archive, then by single frames. A higher resolution, a longer cut, or sound that others lack "
        "point to it. Say which copies you compared.",
        True,
    ),
    Question(
        "altered",
        "provenance",
        "Was it cut, cropped, mirrored or generated?",
        "Compare with the other copies; look at edges, hands, lettering, shadows, and at jumps between frames.",
        False,
    ),
    Question(
        "who",
        "source",
        "Who posted it, and who recorded it?",
        "They are often not the same. Age of the account, earlier names, what it posts else, whether it was where the picture was taken.",
        True,
    ),
    Question(
        "contact",
        "source",
        "Was the source asked, and what did they say?",
        "Ask for the file as it left the device, and for a moment before and after. Do not put a source in danger.",
        False,
    ),
    Question(
        "when",
        "date",
        "When was it recorded?",
        "Not when it was posted. Weather, shadows, clocks, posters, building sites, and what others saw at that hour.",
        True,
    ),
    Question(
        "where",
        "location",
        "Where was it recorded?",
        "Signs, street furniture, hills, roofs. Set the place below as latitude and longitude with how exact it is.",
        True,
    ),
    Question(
        "why",
        "motivation",
        "Why was it posted, and who gains?",
        "What the account wants, whom it speaks for, whether others posted the same words at the same time.",
        True,
    ),
)
"""The present questions, in their order."""


def as_rows() -> list[dict[str, object]]:
    """The present questions as the ledger keeps them."""
    return [asdict(question) for question in QUESTIONS]
