"""What an edition changed: paragraphs and their words, citations and their places."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.articles.changes import compared, words_changed
from monitor.model.article import Citation, Moment, Place, Reading
from monitor.model.edition import Cited, Edition, edition_of

A = "The council of Lindenhafen voted on the bridge."
B = "The harbour office showed the quay on the evening before."
C = "Next month the council meets again on the cost of it all."
D = "Nobody had thought of the ferry."
AT = datetime(2024, 7, 14, 16, 30, tzinfo=UTC)


def edition(*paragraphs: str, cited: dict[str, int | None] | None = None, title: str = "Bridge") -> Edition:
    citations = [
        Cited(f"x:{post}", "x", post, f"https://x.com/i/status/{post}", "embed", () if at is None else (at,))
        for post, at in (cited or {}).items()
    ]
    return Edition(title, AT, None, paragraphs, tuple(citations))


def kinds(before: Edition, after: Edition) -> list[tuple[str, int | None, int | None]]:
    return [(change.kind, change.before, change.after) for change in compared(before, after).paragraphs]


PARAGRAPHS = [
    ("nothing", (A, B, C), (A, B, C), []),
    ("one added in front", (A, B), (D, A, B), [("added", None, 1)]),
    ("one added in the middle", (A, B), (A, D, B), [("added", None, 2)]),
    ("one removed", (A, D, B), (A, B), [("removed", 2, None)]),
    ("one changed", (A, B, C), (A, B + " Again.", C), [("changed", 2, 2)]),
    ("one changed and one added", (A, B), (A, D, "The harbour office showed the quay on the morning before."), [("added", None, 2), ("changed", 2, 3)]),
    ("one moved", (A, B, C, D), (D, A, B, C), [("moved", 4, 1)]),
    ("one in another's place", (A, D), (A, "Quite something else stands here now."), [("removed", 2, None), ("added", None, 2)]),
    ("all gone", (A, B), (), [("removed", 1, None), ("removed", 2, None)]),
    ("the same twice", (A, A, B), (A, B), [("removed", 2, None)]),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "expected"), [c[1:] for c in PARAGRAPHS], ids=[c[0] for c in PARAGRAPHS])
def test_paragraphs_are_told_apart(
    before: tuple[str, ...], after: tuple[str, ...], expected: list[tuple[str, int, int]]
) -> None:
    assert kinds(edition(*before), edition(*after)) == expected


def test_a_changed_paragraph_tells_its_words() -> None:
    told = words_changed(
        "The bridge has three arches, and it is old.", "The bridge has four arches, and it is very old."
    )
    assert [(piece.kind, piece.text) for piece in told] == [
        ("same", "The bridge has "),
        ("removed", "three"),
        ("added", "four"),
        ("same", " arches, and it is "),
        ("added", "very "),
        ("same", "old."),
    ]


def test_changes_with_only_white_space_between_are_one() -> None:
    told = words_changed("He said nothing at all.", "He denied everything at all.")
    assert [piece.text for piece in told] == ["He ", "said nothing", "denied everything", " at all."]


def test_text_without_spaces_is_compared_sign_by_sign() -> None:
    told = words_changed("桥有三个拱", "桥有四个拱")
    assert [(piece.kind, piece.text) for piece in told] == [
        ("same", "桥有"),
        ("removed", "三"),
        ("added", "四"),
        ("same", "个拱"),
    ]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120), st.text(max_size=120))
def test_the_pieces_make_up_both_texts(before: str, after: str) -> None:
    told = words_changed(before, after)
    assert "".join(p.text for p in told if p.kind != "added") == before
    assert "".join(p.text for p in told if p.kind != "removed") == after


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([A, B, C, D, A + " More."]), max_size=8),
    st.lists(st.sampled_from([A, B, C, D]), max_size=8),
)
def test_the_changes_make_the_new_edition_of_the_old(before: list[str], after: list[str]) -> None:
    told = compared(edition(*before), edition(*after)).paragraphs
    gone = {c.before for c in told if c.before is not None}
    came = {c.after: "".join(p.text for p in c.pieces if p.kind != "removed") for c in told if c.after is not None}
    kept = iter([text for n, text in enumerate(before, 1) if n not in gone])
    assert [came[n] if n in came else next(kept) for n in range(1, len(after) + 1)] == after
    assert list(kept) == []


CITATIONS = [
    ("added", (A, B), {"1": 1}, (A, B), {"1": 1, "2": 2}, [("added", "x:2", (), (2,), None)]),
    ("removed", (A, B), {"1": 1, "2": 2}, (A, B), {"1": 1}, [("removed", "x:2", (2,), (), None)]),
    ("replaced", (A, B), {"1": 2}, (A, B), {"2": 2}, [("replaced", "x:1", (2,), (2,), "x:2")]),
    ("replaced while a paragraph came above", (A, B), {"1": 2}, (D, A, B), {"2": 3}, [("replaced", "x:1", (2,), (3,), "x:2")]),
    ("elsewhere is no replacement", (A, B), {"1": 1}, (A, B), {"2": 2}, [("removed", "x:1", (1,), (), None), ("added", "x:2", (), (2,), None)]),
    ("outside the text nothing stands in another's place", (A,), {"1": None}, (A,), {"2": None}, [("removed", "x:1", (), (), None), ("added", "x:2", (), (), None)]),
    ("moved", (A, B, C), {"1": 1}, (A, B, C), {"1": 3}, [("moved", "x:1", (1,), (3,), None)]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "was", "new", "now", "expected"), [c[1:] for c in CITATIONS], ids=[c[0] for c in CITATIONS]
)
def test_citations_are_compared_by_post_and_place(
    old: tuple[str, ...],
    was: dict[str, int | None],
    new: tuple[str, ...],
    now: dict[str, int | None],
    expected: list[object],
) -> None:
    told = compared(edition(*old, cited=was), edition(*new, cited=now)).citations
    assert [(c.kind, c.cited.key, c.before, c.after, c.by.key if c.by else None) for c in told] == expected
    assert not any(c.with_text for c in told)


def test_a_citation_that_its_text_took_along_is_marked() -> None:
    (change,) = compared(edition(A, B, cited={"1": 2}), edition(D, A, B, cited={"1": 3})).citations
    assert (change.kind, change.before, change.after, change.with_text) == ("moved", (2,), (3,), True)


def test_hostile_lengths_are_told_whole() -> None:
    many, other = (edition(*(f"{word} {n}" for n in range(900))) for word in ("one", "two"))
    assert len(compared(many, other).paragraphs) == 1_800
    assert [piece.kind for piece in words_changed("a b " * 4_000, "b a " * 4_000)] == ["removed", "added"]


# What makes a version


def reading(**changed: object) -> Reading:
    post = Citation(
        "x", "1", "https://x.com/i/status/1", "embed", None, (Place(2, "after paragraph 2", "embed", "x.blockquote"),)
    )
    plain = Reading(
        "https://paper.example/a", "Bridge", ("Ada",), Moment(AT, "exact", "linked data"), Moment(AT, "exact", "metadata"), "en", (A, B), (post,)
    )  # fmt: skip
    return replace(plain, **changed)  # type: ignore[arg-type]  # fields by name


def doubtful(post_id: str) -> Citation:
    return Citation("x", post_id, None, "link", None, (Place(None, "head", "link", "x.meta"),), 0.3, "in the sidebar")


NOW = AT + timedelta(days=3)
TRIVIAL = [
    ("nothing", {}),
    ("a byline", {"authors": ("Ada", "Bo")}),
    ("posts in a sidebar", {"citations": (*reading().citations, doubtful("9"))}),
    ("the time of asking", {"modified": Moment(NOW - timedelta(seconds=20), "exact", "metadata")}),
    ("a date that only words tell", {"published": Moment(NOW, "day", "words beside the headline")}),
    ("the recogniser's name for a form", {"citations": (replace(reading().citations[0], places=(Place(2, "paragraph 2", "embed", "x.frame"),)),)}),
    ("marks that nobody sees", {"paragraphs": (A.replace("council", "coun\u00adcil"), "\ufeff" + B)}),
]  # fmt: skip
REAL = [
    ("a word", {"paragraphs": (A, B.replace("quay", "port"))}),
    ("the title", {"title": "Bridge closed"}),
    ("the publication", {"published": Moment(AT + timedelta(days=1), "exact", "linked data")}),
    ("the told change", {"modified": Moment(AT + timedelta(days=1), "exact", "metadata")}),
    ("a citation less", {"citations": ()}),
    ("a citation elsewhere", {"citations": (replace(reading().citations[0], places=(Place(1, "after paragraph 1", "embed", "x.blockquote"),)),)}),
    ("a link for an embed", {"citations": (replace(reading().citations[0], kind="link"),)}),
]  # fmt: skip


@pytest.mark.parametrize("changed", [c[1] for c in TRIVIAL], ids=[c[0] for c in TRIVIAL])
def test_what_a_reader_does_not_see_makes_no_version(changed: dict[str, object]) -> None:
    assert edition_of(reading(), AT + timedelta(days=1)).says_the_same(edition_of(reading(**changed), NOW))


@pytest.mark.parametrize("changed", [c[1] for c in REAL], ids=[c[0] for c in REAL])
def test_what_a_reader_sees_makes_a_version(changed: dict[str, object]) -> None:
    assert not edition_of(reading(), AT + timedelta(days=1)).says_the_same(edition_of(reading(**changed), NOW))
