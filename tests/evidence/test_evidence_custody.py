import hashlib
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.evidence.canonical import canonical, is_canonical
from monitor.evidence.custody import EVENT_TYPES, Row, event_body, hash_of, leaf, verify_chain

AT = "2026-03-01T12:00:00.123Z"
CLOCKS = {"mono": "104000000000000001", "boot_id": "11111111-2222-3333-4444-555555555555"}
WORDS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=15,
)


def log(*subjects: str) -> list[Row]:
    rows: list[Row] = []
    for seq, subject in enumerate(subjects):
        ssn = sum(row[1] == subject for row in rows)
        body = event_body(
            seq=seq,
            ssn=ssn,
            at=AT,
            kind="capture",
            subject=subject,
            agent="svc:capture@desk",
            previous=rows[-1][3] if rows else None,
            fields={"sha256": "ab" * 32, "size": 5},
            **CLOCKS,
        )
        rows.append((seq, subject, ssn, body, leaf(body)))
    return rows


LOG = log("post:x:1", "post:x:2", "post:x:1", "article:7", "post:x:1")


@given(VALUES)
def test_canonical_json_reads_back_as_the_same_value(value: object) -> None:
    body = canonical(value)
    assert json.loads(body) == value
    assert is_canonical(body)


@given(st.dictionaries(WORDS, VALUES, max_size=6))
def test_the_order_of_keys_does_not_matter(value: dict[str, Any]) -> None:
    assert canonical(value) == canonical(dict(reversed(value.items())))


def test_canonical_json_has_sorted_keys_no_spaces_and_letters_as_they_are() -> None:
    assert canonical({"b": [1, True, None], "a": "Gavań\n"}) == '{"a":"Gavań\\n","b":[1,true,null]}'.encode()


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        float("nan"),
        2**53,
        -(2**53),
        {"a": [0.0]},
        {1: "a"},
        "a\ud800",
        {"\udfff": 1},
        b"bytes",
        datetime.now(UTC),
        {"a": {1, 2}},
    ],
)
def test_what_has_no_single_form_is_refused(value: object) -> None:
    with pytest.raises(ValueError):
        canonical(value)


@pytest.mark.parametrize(
    "body",
    [b'{"a": 1}', b'{"b":1,"a":2}', b'{"a":1,"a":1}', b'{"a":1.0}', b'"\\u00e9"', b"[" * 99_999, b"\xff", b"", b"NaN"],
)
def test_other_ways_to_write_are_not_canonical(body: bytes) -> None:
    assert not is_canonical(body)


def test_an_event_holds_the_logs_keys_and_its_own() -> None:
    event = json.loads(LOG[2][3])
    assert event == {
        "v": 1,
        "seq": 2,
        "ssn": 1,
        "at": AT,
        **CLOCKS,
        "type": "capture",
        "subject": "post:x:1",
        "agent": "svc:capture@desk",
        "prev": hashlib.sha256(LOG[1][3]).hexdigest(),
        "sha256": "ab" * 32,
        "size": 5,
    }
    assert json.loads(LOG[0][3])["prev"] == ""


def test_a_leaf_is_the_hash_of_a_zero_byte_and_the_body() -> None:
    assert leaf(b"abc") == hashlib.sha256(b"\x00abc").digest()
    assert hash_of(b"abc") == hashlib.sha256(b"abc").hexdigest()


@pytest.mark.parametrize("change", [{"kind": "guess"}, {"fields": {"prev": ""}}, {"fields": {"score": 0.5}}])
def test_an_event_that_cannot_be_written_is_refused(change: dict[str, Any]) -> None:
    event: dict[str, Any] = {
        "seq": 0,
        "ssn": 0,
        "at": AT,
        "kind": "fixity",
        "subject": "a",
        "agent": "b",
        "previous": None,
    }
    with pytest.raises(ValueError):
        event_body(**{**event, **CLOCKS, "fields": {}, **change})


def test_all_types_are_lower_case_words() -> None:
    assert all(kind.replace("-", "").islower() for kind in EVENT_TYPES)


def test_a_whole_log_has_no_findings() -> None:
    assert verify_chain(LOG) == []
    assert verify_chain([]) == []


def test_a_missing_event_is_found_by_both_numbers() -> None:
    assert verify_chain([LOG[0], *LOG[2:]]) == ["event 2: event 1 should stand here"]
    findings = verify_chain([*LOG[:2], *LOG[3:]])
    assert findings == ["event 3: event 2 should stand here", "event 4: number 2 of post:x:1, where 1 should stand"]


def test_a_missing_first_event_is_found() -> None:
    assert "event 1: event 0 should stand here" in verify_chain(LOG[1:])


@given(st.integers(0, len(LOG) - 1), st.data())
def test_a_changed_byte_is_found(which: int, data: st.DataObject) -> None:
    seq, subject, ssn, body, old = LOG[which]
    at = data.draw(st.integers(0, len(body) - 1))
    changed = body[:at] + bytes([body[at] ^ data.draw(st.integers(1, 255))]) + body[at + 1 :]
    rows = [*LOG[:which], (seq, subject, ssn, changed, old), *LOG[which + 1 :]]
    assert f"event {seq}: its leaf is not the hash of its bytes" in verify_chain(rows)
    if which < len(LOG) - 1:
        rows[which] = (seq, subject, ssn, changed, leaf(changed))
        assert f"event {seq + 1}: it does not name the hash of the event before it" in verify_chain(rows)


def test_events_that_changed_places_are_found() -> None:
    one, two = LOG[1], LOG[2]
    swapped = [LOG[0], (1, *two[1:]), (2, *one[1:]), *LOG[3:]]
    assert "event 1: its bytes say seq 2, its row says 1" in verify_chain(swapped)


@pytest.mark.parametrize("body", [b"[]", b"{}", b"nonsense", b"[" * 99_999, b"\xff"])
def test_nonsense_in_the_log_is_a_finding_not_an_exception(body: bytes) -> None:
    assert verify_chain([(0, "a", 0, body, leaf(body))])
