"""What the ledger itself demands of cases, whoever writes: a second person, present evidence, nothing changed, one version at a time."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from monitor.model.account import Account
from monitor.model.case import Finding, Hand, Verdict
from monitor.model.post import Post
from monitor.store import cases, cases_dossier, cases_parts, posts
from monitor.store.cases_parts import Refused
from monitor.store.open import Store, memory_store

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ADA, BEN = Hand("user:demo-ada", "user:demo-ada"), Hand("user:demo-ben", "user:demo-ben")
GENUINE = Verdict("authentic", "accurate", "A demo claim", ("OriginalMediaContent",), "", "", "Two copies compared.")


@pytest.fixture
def store() -> Iterator[Store]:
    """A ledger with one post."""
    made = memory_store()
    post = Post(
        "x", "100", ("100",), Account("x", "7", "demo_ada", "Ada"), "demo", "https://x.com/i/status/100", raw=b"r"
    )
    posts.add_new(made, [post], seen_at=NOW, method="x-api", found_by="watch")
    yield made
    made.close()


@pytest.fixture
def case(store: Store) -> int:
    """Its case."""
    from monitor.jobs import open_cases

    return open_cases.run(store, open_cases.on_post(store, "x", "100"), ADA)[0]


def state(store: Store, case: int) -> str:
    return str(store.value("SELECT state FROM desk_case WHERE id = ?", case))


def decided(store: Store, case: int) -> int:
    number = cases_parts.verdict(store, case, ADA, GENUINE, NOW)
    cases_parts.signoff(store, case, BEN, NOW, number=number, outcome="agree", note="")
    return number


def test_a_subject_has_one_case_however_often_it_is_opened(store: Store, case: int) -> None:
    from monitor.jobs import open_cases

    assert open_cases.run(store, open_cases.on_post(store, "x", "100"), BEN) == (case, False)


def test_work_takes_a_case_from_new_to_decided(store: Store, case: int) -> None:
    assert state(store, case) == "new"
    cases_parts.answer(store, case, ADA, NOW, template=1, question="when", words="at noon", confidence="high")
    assert state(store, case) == "working"
    number = cases_parts.verdict(store, case, ADA, GENUINE, NOW)
    assert state(store, case) == "needs_second"
    cases_parts.signoff(store, case, BEN, NOW, number=number, outcome="agree", note="")
    assert state(store, case) == "decided"
    told = cases_dossier.case(store, case)
    assert told is not None
    assert told["verdict"]["signed_by"] == "user:demo-ben"  # type: ignore[index]  # a verdict is there
    assert told["pillars"] == {
        "provenance": "open",
        "source": "open",
        "date": "high",
        "location": "open",
        "motivation": "open",
    }


@pytest.mark.parametrize(
    "hand",
    [ADA, Hand("token:abc", "user:demo-ada"), Hand("user:demo-ada", "user:somebody")],
    ids=["the same", "by a token of the same person", "under the same name"],
)
def test_nobody_signs_off_their_own_verdict(store: Store, case: int, hand: Hand) -> None:
    number = cases_parts.verdict(store, case, ADA, GENUINE, NOW)
    with pytest.raises(Refused, match="another person"):
        cases_parts.signoff(store, case, hand, NOW, number=number, outcome="agree", note="")
    assert state(store, case) == "needs_second"


def test_no_statement_decides_a_case_without_the_sign_off(store: Store, case: int) -> None:
    cases_parts.verdict(store, case, ADA, GENUINE, NOW)
    with pytest.raises(sqlite3.IntegrityError, match="second person"):
        store.connection.execute("UPDATE desk_case SET state = 'decided'")


def test_a_sign_off_covers_the_verdict_and_the_evidence_as_they_are(store: Store, case: int) -> None:
    first = cases_parts.verdict(store, case, ADA, GENUINE, NOW)
    second = cases_parts.verdict(store, case, ADA, GENUINE, NOW)
    with pytest.raises(Refused, match="not the verdict that waits"):
        cases_parts.signoff(store, case, BEN, NOW, number=first, outcome="agree", note="")
    cases_parts.finding(store, case, BEN, Finding("other", "something new"), NOW)
    with pytest.raises(Refused, match="not the verdict that waits"):
        cases_parts.signoff(store, case, BEN, NOW, number=second, outcome="agree", note="")
    assert state(store, case) == "reopened"


def test_what_comes_after_the_sign_off_opens_the_case_again(store: Store, case: int) -> None:
    decided(store, case)
    cases_parts.comment(store, case, ADA, NOW, "words alone change nothing")
    assert state(store, case) == "decided"
    cases_parts.upstream(store, case, Hand("svc:x", "svc:x"), NOW, kind="gone", detail="deleted")
    row = cases.raw(store, case)
    assert row is not None
    assert (row["state"], row["reopened_why"]) == ("reopened", "the post was taken away after the verdict")
    assert cases.listing(store)[0]["verdict"]["current"] is False  # type: ignore[index]  # a verdict is there
    decided(store, case)
    assert state(store, case) == "decided"


def test_a_second_person_who_disagrees_opens_it_again(store: Store, case: int) -> None:
    number = cases_parts.verdict(store, case, ADA, GENUINE, NOW)
    cases_parts.signoff(store, case, BEN, NOW, number=number, outcome="disagree", note="the shadows")
    assert state(store, case) == "reopened"


def test_one_version_is_taken_once(store: Store, case: int) -> None:
    row = (case, 2, "a", "a", "2026-11-20T12:00:00.000Z", "x")
    sql = "INSERT INTO case_comment (case_id, version, author, person, at, body) VALUES (?, ?, ?, ?, ?, ?)"
    store.connection.execute(sql, row)
    with pytest.raises(sqlite3.IntegrityError, match="another version"):
        store.connection.execute(sql, row)


@pytest.mark.parametrize("table", ["case_verdict", "case_signoff", "case_comment", "case_finding", "case_answer"])
def test_what_is_written_stays(store: Store, case: int, table: str) -> None:
    cases_parts.answer(store, case, ADA, NOW, template=1, question="when", words="at noon", confidence="high")
    cases_parts.finding(store, case, ADA, Finding("other", "something"), NOW)
    cases_parts.comment(store, case, ADA, NOW, "a word")
    decided(store, case)
    for statement in (f"UPDATE {table} SET at = 'x'", f"DELETE FROM {table}"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            store.connection.execute(statement)
    with pytest.raises(sqlite3.IntegrityError, match="cases stay"):
        store.connection.execute("DELETE FROM desk_case")


def test_queues_show_the_most_urgent_first_and_nobody_their_own_verdict(store: Store, case: int) -> None:
    cases_parts.verdict(store, case, ADA, GENUINE, NOW)

    def ids(view: str, me: str) -> list[object]:
        return [row["id"] for row in cases.queue(store, view, me=me, now=NOW, limit=9)]

    assert (ids("second", "demo-ada"), ids("second", "demo-ben")) == ([], [case])
    assert (ids("free", "demo-ada"), ids("mine", "demo-ada"), ids("done", "demo-ada")) == ([case], [], [])
    assert cases.counts(store, "demo-ben", NOW) == {"mine": 0, "second": 1, "overdue": 0, "free": 1, "open": 1}
