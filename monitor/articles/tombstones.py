"""Whether an embed's words say that there is nothing to show any more. Pure."""

import re

_LONGEST = 300
"""A post that speaks of deleted posts at length is one that can be seen."""
_WORDS = re.compile(
    r"(?:post|tweet|video|content|media|page|message)\b.{0,40}\b(?:is |was |has been |is no longer |isn.t |not )+"
    r"(?:unavailable|available|deleted|removed|private)"
    r"|\b(?:video|post|tweet|content) unavailable\b|\bno longer (?:available|exists)\b|\bhas been (?:deleted|removed|suspended)\b"
    r"|\bdoes(?:n.t| not) exist\b|\bcan(?:.t|not) be (?:shown|displayed|embedded)\b"
    r"|\bnicht (?:mehr )?verfügbar\b|\b(?:wurde|ist) (?:gelöscht|entfernt)\b"
    r"|\bn.est (?:plus|pas) disponible\b|\ba été supprimée?\b"
    r"|\b(?:ya )?no está disponible\b|\bha sido (?:eliminad[oa]|borrad[oa])\b"
    r"|недоступ(?:ен|на|но)|был[оа]? удал[её]н|видалено",
    re.IGNORECASE,
)


def is_tombstone(words: str) -> bool:
    """Whether these are the words of a platform's tombstone rather than of a post."""
    line = " ".join(words.split())
    return len(line) <= _LONGEST and bool(_WORDS.search(line))
