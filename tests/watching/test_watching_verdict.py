"""Verdicts of availability: what two controlled looks and the author's state add up to, and what never is a verdict."""

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model.sight import AuthorState, Look, Reason, Shown, Verdict
from monitor.watching.verdict import verdict_of

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
APART = timedelta(minutes=5)
CONTROL = "x:1790000000000000001"


def at(
    minutes: float, shown: Shown, author: AuthorState | None = None, *, control: bool = True, method: str = "x-api"
) -> Look:
    return Look(START + timedelta(minutes=minutes), method, shown, "", author, CONTROL if control else None)


def verdict(*looks: Look, authors: bool = True) -> Verdict | None:
    return verdict_of(looks, confirm_after=APART, authors_can_be_asked=authors)


def state(*looks: Look, authors: bool = True) -> tuple[str, Reason | None]:
    found = verdict(*looks, authors=authors)
    assert found is not None
    return found.state, found.reason


SEEN = at(-60, "available")

REASONS: list[tuple[Shown, AuthorState | None, str, Reason | None]] = [
    ("absent", "live", "gone", "deleted by author"),
    ("absent", "protected", "gone", "deleted by author"),
    ("absent", "suspended", "gone", "account suspended"),
    ("absent", "absent", "gone", "account gone"),
    ("absent", "unanswered", "suspect", None),
    ("absent", None, "suspect", None),
    ("refused", "protected", "gone", "protected"),
    ("refused", "suspended", "gone", "account suspended"),
    ("refused", "absent", "gone", "account gone"),
    ("refused", "live", "suspect", None),
    ("refused", "unanswered", "suspect", None),
    ("refused", None, "suspect", None),
    ("withheld", "live", "gone", "withheld in countries"),
    ("withheld", None, "gone", "withheld in countries"),
    ("copyright", None, "gone", "copyright"),
    ("age_or_login", None, "gone", "age or login gate"),
    ("geo_block", None, "gone", "geo-block"),
]


@pytest.mark.parametrize(("shown", "author", "wanted", "reason"), REASONS, ids=[f"{r[0]} {r[1]}" for r in REASONS])
def test_two_controlled_looks_and_the_author(
    shown: Shown, author: AuthorState | None, wanted: str, reason: Reason | None
) -> None:
    assert state(SEEN, at(0, shown, author)) == ("suspect", None)
    assert state(SEEN, at(0, shown, author), at(5, shown, author)) == (wanted, reason)


def test_every_author_state_is_in_the_table() -> None:
    for shown in ("absent", "refused"):
        assert {r[1] for r in REASONS if r[0] == shown} == {*get_args(AuthorState), None}


@pytest.mark.parametrize(
    ("looks", "wanted"),
    [
        pytest.param([], None, id="no look"),
        pytest.param([at(0, "unanswered")], None, id="nobody could look"),
        pytest.param([at(0, "available")], "available", id="seen"),
        pytest.param([SEEN, at(0, "unanswered"), at(9, "unanswered")], "available", id="an outage after it was seen"),
        pytest.param(
            [SEEN, at(0, "absent", "live"), at(4.9, "absent", "live")], "suspect", id="too soon after each other"
        ),
        pytest.param(
            [SEEN, at(0, "absent", "live"), at(9, "unanswered", "live")], "suspect", id="the second look was none"
        ),
        pytest.param(
            [SEEN, at(0, "absent", "live", control=False), at(9, "absent", "live")],
            "suspect",
            id="the first without control",
        ),
        pytest.param(
            [SEEN, at(0, "absent", "live"), at(9, "absent", "live", control=False)],
            "suspect",
            id="the second without control",
        ),
        pytest.param(
            [SEEN, at(0, "absent", "live"), at(9, "absent", "live", control=False), at(12, "absent", "live")],
            "gone",
            id="a third with control",
        ),
        pytest.param(
            [SEEN, at(0, "absent", "live"), at(3, "available"), at(6, "absent", "live")],
            "suspect",
            id="seen in between",
        ),
        pytest.param(
            [SEEN, at(0, "absent", "live"), at(3, "available")], "available", id="a miss that did not bear out"
        ),
        pytest.param(
            [SEEN, at(0, "absent", "live"), at(3, "available", method="oembed"), at(59, "absent", "live")],
            "suspect",
            id="another method still shows it: not yet",
        ),
        pytest.param(
            [SEEN, at(0, "absent", "live"), at(3, "available", method="oembed"), at(60, "absent", "live")],
            "gone",
            id="a cached copy does not clear for ever what the API misses",
        ),
        pytest.param(
            [
                *(SEEN, at(0, "absent", "live"), at(3, "available", method="oembed"), at(6, "absent", "live")),
                at(7, "absent", method="oembed", control=False),
            ],
            "gone",
            id="the other method misses it as well by now",
        ),
        pytest.param(
            [SEEN, at(0, "absent", method="oembed"), at(6, "absent", method="oembed")],
            "suspect",
            id="free looks alone know no author",
        ),
        pytest.param(
            [SEEN, at(0, "absent", method="oembed"), at(6, "absent", "live")],
            "suspect",
            id="the API confirms itself, not the free look",
        ),
        pytest.param(
            [SEEN, at(0, "absent", "live"), at(6, "absent")],
            "gone",
            id="the author as told at the first look of this run",
        ),
    ],
)
def test_what_looks_add_up_to(looks: list[Look], wanted: str | None) -> None:
    found = verdict(*looks)
    assert (found.state if found else None) == wanted


def test_gone_is_restored_by_a_method_that_is_as_strong_and_may_go_again() -> None:
    gone = [SEEN, at(0, "absent", "live"), at(5, "absent", "live")]
    assert state(*gone, at(60, "available", method="oembed")) == ("gone", "deleted by author")
    back = [*gone, at(60, "available")]
    assert state(*back) == ("restored", None)
    assert state(*back, at(90, "absent", "live")) == ("suspect", None)
    assert state(*back, at(90, "absent", "live"), at(96, "absent", "suspended")) == ("gone", "account suspended")


def test_gone_before_us_is_link_rot() -> None:
    found = verdict(at(0, "absent", "live"), at(5, "absent", "live"))
    assert found is not None and found.state == "gone" and found.before_us
    later = verdict(SEEN, at(0, "absent", "live"), at(5, "absent", "live"))
    assert later is not None and not later.before_us


def test_where_nobody_tells_of_authors_a_post_is_removed() -> None:
    looks = [SEEN, at(0, "absent", method="public"), at(5, "absent", method="public")]
    assert state(*looks, authors=False) == ("gone", "removed")
    assert (
        state(SEEN, at(0, "refused", method="public"), at(5, "refused", method="public"), authors=False)[0] == "suspect"
    )


def test_the_evidence_is_one_sentence_that_names_the_looks() -> None:
    found = verdict(SEEN, at(0, "absent", "live"), at(5, "absent", "live"))
    assert found is not None
    assert found.evidence == (
        "x-api did not find it at 2026-11-24T09:00:00Z and at 2026-11-24T09:05:00Z; its author was live; "
        f"control post {CONTROL} was seen live in the same minutes"
    )
    waiting = verdict(SEEN, at(0, "absent", "live"))
    assert waiting is not None and "at least 5 min later" in waiting.evidence
    alone = verdict(SEEN, at(0, "absent", "live", control=False), at(9, "absent", "live", control=False))
    assert alone is not None and "no control post was seen live" in alone.evidence
    unknown = verdict(SEEN, at(0, "absent"), at(9, "absent"))
    assert unknown is not None and "its author could not be looked at" in unknown.evidence


LOOKS = st.builds(
    Look,
    at=st.integers(0, 3000).map(lambda s: START + timedelta(seconds=s)),
    method=st.sampled_from(["x-api", "oembed", "public"]),
    shown=st.sampled_from(get_args(Shown)),
    detail=st.just(""),
    author=st.sampled_from([None, *get_args(AuthorState)]),
    control=st.sampled_from([None, CONTROL]),
)


@given(st.lists(LOOKS, max_size=12).map(lambda looks: sorted(looks, key=lambda look: look.at)))
def test_gone_never_rests_on_less_than_two_controlled_misses_apart(looks: list[Look]) -> None:
    found = verdict(*looks)
    if found is None:
        assert all(look.shown == "unanswered" for look in looks)
        return
    assert found.evidence and (found.reason is not None) == (found.state == "gone")
    if found.state == "gone":
        misses = [
            look.at
            for look in looks
            if look.shown not in ("available", "unanswered") and look.control and look.at <= found.since
        ]
        assert misses and max(misses) - min(misses) >= APART
    if found.state == "restored":
        assert any(look.shown == "available" and look.at == found.since for look in looks)


@given(st.lists(LOOKS.filter(lambda look: look.shown in ("available", "unanswered")), max_size=12))
def test_no_outage_of_any_length_makes_a_live_post_suspect(looks: list[Look]) -> None:
    found = verdict(SEEN, *sorted(looks, key=lambda look: look.at))
    assert found is not None and found.state == "available"
