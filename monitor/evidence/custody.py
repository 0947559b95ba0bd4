"""The custody log: a chain of events, each naming the SHA-256 of the one before it.

`event_body` makes an event's bytes, `leaf` its hash for a Merkle tree (RFC 6962), `verify_chain` reads a log back.
Storing is the caller's, in the transaction of what the event describes.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from monitor.evidence.canonical import canonical, is_canonical

VERSION = 1
EventKind = Literal[
    "capture",
    "capture-failed",
    "ingestion",
    "unavailable",
    "redownload",
    "derive",
    "fixity",
    "repair",
    "replication",
    "access",
    "case-opened",
    "case-changed",
    "case-closed",
    "verdict",
    "signoff",
    "link-judged",
    "export",
    "key-rotate",
    "clock-anomaly",
    "legal-hold",
    "deaccession",
]
EVENT_TYPES: frozenset[str] = frozenset(get_args(EventKind))
OWN_KEYS = frozenset(("v", "seq", "ssn", "at", "mono", "boot_id", "type", "subject", "agent", "prev"))

Row = tuple[int, str, int, bytes, bytes]
"""seq, subject, ssn, body, leaf: a row of the log."""


def event_body(
    *,
    seq: int,
    ssn: int,
    at: str,
    kind: EventKind,
    subject: str,
    agent: str,
    previous: bytes | None,
    fields: Mapping[str, object],
    mono: str,
    boot_id: str,
) -> bytes:
    """The exact bytes of an event, to be stored and never written anew.

    `seq` counts all events, `ssn` those of the subject, both from 0; `previous` is the body of the event before (None
    for the first); `at` as `clock.text` writes it; `agent` is who did it ("svc:capture@host", "user:7"); `mono`
    (nanoseconds of the monotonic clock) and `boot_id` (the kernel's, "" if it has none) show jumps of the wall clock.
    ValueError for a type that is not listed, for `fields` that would hide a key of the log's own, and for values
    without canonical form.
    """
    if kind not in EVENT_TYPES:
        raise ValueError(f"{kind!r} is no type of custody event")
    if hidden := OWN_KEYS.intersection(fields):
        raise ValueError(f"fields of the log's own cannot be given: {', '.join(sorted(hidden))}")
    return canonical(
        {
            **fields,
            "v": VERSION,
            "seq": seq,
            "ssn": ssn,
            "at": at,
            "mono": mono,
            "boot_id": boot_id,
            "type": kind,
            "subject": subject,
            "agent": agent,
            "prev": hash_of(previous) if previous is not None else "",
        }
    )


def leaf(body: bytes) -> bytes:
    """SHA-256(0x00 || body): the event's leaf in a Merkle tree."""
    return hashlib.sha256(b"\0" + body).digest()


def hash_of(body: bytes) -> str:
    """SHA-256 of a body in hex: what the next event's `prev` names."""
    return hashlib.sha256(body).hexdigest()


def verify_chain(rows: Iterable[Row]) -> list[str]:
    """What is wrong with a whole log, given in the order of `seq`; empty when nothing is.

    It sees events that are missing, added, changed or moved. It cannot see a tail that was cut off, nor a log that was
    made anew from its first event: these take a copy kept elsewhere.
    """
    findings: list[str] = []
    next_ssn: dict[str, int] = {}
    expected, previous = 0, None
    for seq, subject, ssn, body, stored_leaf in rows:
        if seq != expected:
            findings.append(f"event {seq}: event {expected} should stand here")
        if ssn != next_ssn.get(subject, 0):
            findings.append(f"event {seq}: number {ssn} of {subject}, where {next_ssn.get(subject, 0)} should stand")
        if leaf(body) != stored_leaf:
            findings.append(f"event {seq}: its leaf is not the hash of its bytes")
        findings += _body_findings(seq, subject, ssn, body)
        if seq == expected and (wrong := _prev_finding(seq, body, previous)):
            findings.append(wrong)
        expected, previous = seq + 1, body
        next_ssn[subject] = ssn + 1
    return findings


def _body_findings(seq: int, subject: str, ssn: int, body: bytes) -> list[str]:
    if not is_canonical(body):
        return [f"event {seq}: its bytes are not canonical JSON"]
    event = json.loads(body)
    if not isinstance(event, dict):
        return [f"event {seq}: it is no object"]
    findings = [f"event {seq}: it lacks {key}" for key in sorted(OWN_KEYS - event.keys())]
    for key, stored in (("seq", seq), ("subject", subject), ("ssn", ssn)):
        if key in event and event[key] != stored:
            findings.append(f"event {seq}: its bytes say {key} {event[key]!r}, its row says {stored!r}")
    if event.get("type") not in EVENT_TYPES:
        findings.append(f"event {seq}: {event.get('type')!r} is no type of event")
    if event.get("v") != VERSION:
        findings.append(f"event {seq}: version {event.get('v')!r} is unknown")
    return findings


def _prev_finding(seq: int, body: bytes, previous: bytes | None) -> str | None:
    named = hash_of(previous) if previous is not None else ""
    try:
        event = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if isinstance(event, dict) and event.get("prev") == named:
        return None
    return f"event {seq}: it does not name the hash of the event before it"
