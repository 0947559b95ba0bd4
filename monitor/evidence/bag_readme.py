"""What a package says about itself: what is in it, how to check it, what it proves and what it does not."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from monitor import clock

_FOLDERS = {
    "media": "files as downloaded, and what was cut from them (contact sheets, frames); each is named by the SHA-256 of its bytes",
    "received": "files that somebody gave the newsroom, of this post or for its case: NOT captured by it; named by SHA-256",
    "answers": "answers of platforms and sites, byte for byte; named by SHA-256",
    "captures": "when and how each answer was asked for, with its hashes",
    "custody": "what was done to this evidence, one event a file, byte for byte as logged",
    "web": "pages as served (WARC, gzipped); named by SHA-256",
    "metadata": "the same facts in a form that is easy to read; case-N.json is what people found and decided",
}


def readme(subject: str, at: datetime, counts: Iterable[tuple[str, int]], events: Sequence[int]) -> str:
    """The text of README.txt. `counts` are files by folder, `events` the numbers of the custody events in it."""
    found = "\n".join(f"  data/{name}/  {count} file(s): {_FOLDERS.get(name, 'other files')}" for name, count in counts)
    numbers = ", ".join(str(n) for n in events) or "none"
    return _TEXT.format(subject=" ".join(subject.split()), at=clock.text(at), found=found, numbers=numbers)


_TEXT = """Evidence package: {subject}
Exported {at} (UTC)

WHAT IS IN IT
{found}
  data/post.html, where there is one, shows the posts to people: a rendering, not a screenshot

HOW TO CHECK IT (offline, in the folder that holds bagit.txt)
  sha256sum -c tagmanifest-sha256.txt     the manifests and bag-info.txt are unchanged
  sha256sum -c manifest-sha256.txt        every file of the package is unchanged
  bagit.py --validate .                   the same by another program, which also finds files that were added

  Custody events in this package: {numbers}
  Each event holds "prev", the SHA-256 of the event before it in the whole log. Of neighbours in this package:
    sha256sum data/custody/00000000.event.json     must print the "prev" of 00000001.event.json
  Events about other posts and articles are not in this package; numbers missing between those above are theirs.
  "ssn" counts the events of one subject from 0 without gaps: a gap means that an event was left out.

WHAT IT PROVES
  Integrity: the files are the bytes that were hashed when they were captured, as long as the manifest's own hash, or
  the newsroom's log, is compared with a copy that came to you by another way.
  Time: when the capture was made, as the newsroom's own clock recorded it.

WHAT IT DOES NOT PROVE
  That the platform served these bytes: the connection's encryption leaves no proof for others.
  That what is shown or said is true, or that an account belongs to whom it names.
  The time against an outside authority: there is no outside time stamp and no signature in this package. Whoever holds
  the newsroom's machine could have made all of it anew, and whoever held this package could have changed a file and
  written the manifests anew.
"""
