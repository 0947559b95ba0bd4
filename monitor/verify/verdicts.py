"""In which words a case is decided: two axes, and the codes of schema.org's MediaReview.

The picture and what is said of it are two questions: an untouched clip may be of another war.
"""

from collections.abc import Mapping, Sequence

MATERIAL: Mapping[str, str] = {
    "authentic": "as it was recorded",
    "altered": "cut, cropped or changed so that it misleads",
    "staged": "acted out for the camera",
    "synthetic": "made by a machine, or put together",
    "undetermined": "not to be told",
}
"""The first axis: the material itself."""

CLAIM: Mapping[str, str] = {
    "accurate": "it shows what is said of it",
    "missing context": "true, and leads astray without more being said",
    "inaccurate": "it does not show what is said of it",
    "unproven": "not to be told",
    "no claim": "nothing is said of it",
}
"""The second axis: what is said of the material."""

CODES: Mapping[str, str] = {
    "OriginalMediaContent": "no sign that it was changed",
    "DecontextualizedContent": "shown as something else than it is",
    "EditedOrCroppedContent": "cut or rearranged so that it misleads",
    "TransformedContent": "changed or generated",
    "StagedContent": "acted out",
    "SatireOrParodyContent": "made as a joke",
}
"""MediaManipulationRatingEnumeration of schema.org, whole."""
_AGAINST_ORIGINAL = ("EditedOrCroppedContent", "TransformedContent", "StagedContent")

OUTCOMES = ("agree", "disagree")


def faults(material: str, claim: str, codes: Sequence[str], rationale: str) -> list[str]:
    """What is wrong with a verdict, in words; nothing when it will do."""
    found = []
    if material not in MATERIAL:
        found.append(f"material: one of {', '.join(MATERIAL)}")
    if claim not in CLAIM:
        found.append(f"claim: one of {', '.join(CLAIM)}")
    found += [f"codes: {code[:60]!r} is none; one of {', '.join(CODES)}" for code in codes if code not in CODES]
    against = [code for code in codes if code in _AGAINST_ORIGINAL]
    if "OriginalMediaContent" in codes and against:
        found.append(f"codes: OriginalMediaContent and {against[0]} contradict each other: take one away")
    if not rationale.strip():
        found.append("rationale: say why, for whoever signs it off")
    return found
