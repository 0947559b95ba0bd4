"""Judging suggested links: what a decision does, what it teaches, and that none is lost."""

import sqlite3

import pytest
from linking_desk import NOW, TOLD, WAVING, link, mention_of, offer, put_article, put_post

from monitor.errors import WrongUse
from monitor.evidence.custody import verify_chain
from monitor.jobs import judge_links
from monitor.model.account import Account
from monitor.store import contents, custody, judgements, links, purging, suggestions
from monitor.store.open import Store

DESK = "desk:mira"


def seat(store: Store, *scores: float) -> tuple[int, int, list[int], list[int]]:
    """Article, mention, posts and suggestion numbers, best first."""
    article = put_article(store, *TOLD)
    mention = mention_of(store, article)
    rows = [put_post(store, str(100 + n), f"{WAVING} {n}") for n in range(len(scores))]
    suggestions.put(
        store, article, 1, [offer(row, mention, score) for row, score in zip(rows, scores, strict=True)], NOW
    )
    numbers = [int(str(row["id"])) for row in suggestions.listing(store)]
    return article, mention, rows, numbers


def test_the_best_suggestion_stands_in_the_mentions_link(store: Store) -> None:
    _, mention, rows, _ = seat(store, 0.95, 0.4)
    assert link(store, mention) == ("suggested", rows[0])
    told = links.listing(store)
    assert [(r["state"], r["post_id"], r["cited_post_id"], r["kind"], r["paragraph"]) for r in told] == [
        ("suggested", "100", None, "mention", 2)
    ]


def test_an_unlikely_one_does_not(store: Store) -> None:
    _, mention, _, numbers = seat(store, 0.1)
    assert link(store, mention) == ("unresolved", None)
    assert len(numbers) == 1


def test_a_confirmed_post_is_cited_watched_and_told_with_who_and_why(store: Store) -> None:
    article, mention, rows, numbers = seat(store, 0.95, 0.4)
    done = judge_links.confirm(store, numbers[0], actor=DESK, reason="the quote is his")
    assert (done.platform, done.post_id) == ("x", "100")
    assert link(store, mention) == ("confirmed", rows[0])
    assert links.articles_citing(store, rows[0]) == ["https://radio.example/farewell"]
    assert store.value("SELECT count(*) FROM sight WHERE post = ?", rows[0]) == 1
    assert judgements.last(store, article, rows[0]) == judgements.Word("confirmed", DESK, "the quote is his")
    decided = store.one("SELECT decision, actor, reason FROM link_decision WHERE citation_id = ?", mention)
    assert decided is not None and tuple(decided) == ("confirmed", DESK, "the quote is his")
    assert suggestions.listing(store) == [], "the mention is answered: its other suggestions are not shown"
    assert b"link-judged" in [row[3] for row in custody.events(store)][-1]
    verify_chain(custody.events(store))


def test_a_rejected_pair_gives_way_to_the_next_and_does_not_come_back(store: Store) -> None:
    article, mention, rows, numbers = seat(store, 0.95, 0.4)
    judge_links.reject(store, numbers[0], actor=DESK, reason="another video")
    assert link(store, mention) == ("suggested", rows[1])
    again = suggestions.put(store, article, 2, [offer(rows[0], mention, 0.99), offer(rows[1], mention, 0.4)], NOW)
    assert again == []
    assert link(store, mention) == ("suggested", rows[1])
    assert [row["post_id"] for row in suggestions.listing(store)] == ["101"]
    assert suggestions.judged_pairs(store, article) == {rows[0]: "rejected"}


def test_undo_opens_the_link_again_and_forgets_what_was_learned(store: Store) -> None:
    article, mention, rows, numbers = seat(store, 0.95)
    judge_links.confirm(store, numbers[0], actor=DESK)
    judge_links.undo(store, numbers[0], actor=DESK, reason="a slip")
    assert link(store, mention) == ("suggested", rows[0])
    assert store.value("SELECT count(*) FROM sight") == 0
    assert [row["decision"] for row in judgements.listing(store)] == ["confirmed", "undone"]
    judge_links.reject(store, numbers[0], actor=DESK)
    judge_links.undo(store, numbers[0], actor=DESK)
    assert link(store, mention) == ("suggested", rows[0])
    assert suggestions.judged_pairs(store, article) == {}


def test_without_a_sentence_that_names_the_platform_a_confirmed_post_gets_a_citation_of_its_own(store: Store) -> None:
    article = put_article(store, "They went on waving until the plane was a dot (demo).")
    row = put_post(store, "100", WAVING)
    suggestions.put(store, article, 1, [offer(row, None, paragraph=1)], NOW)
    assert [(r["state"], r["post_id"], r["id"], r["paragraph"]) for r in links.listing(store)] == [
        ("suggested", "100", None, 1)
    ]
    number = int(str(suggestions.listing(store)[0]["id"]))
    judge_links.confirm(store, number, actor=DESK)
    told = links.listing(store)
    assert [(r["state"], r["post_id"], r["kind"], r["paragraph"]) for r in told] == [("confirmed", "100", "mention", 1)]
    assert str(told[0]["text"]).startswith("They went on waving")
    judge_links.undo(store, number, actor=DESK)
    assert [r["state"] for r in links.listing(store)] == ["suggested"]
    judge_links.confirm(store, number, actor=DESK)
    assert [r["state"] for r in links.listing(store)] == ["confirmed"]


def test_a_confirmed_mention_teaches_the_name_by_which_it_calls_the_account(store: Store) -> None:
    other = Account("x", "72", "apron_notes_demo", "Notes from the apron")
    article = put_article(store, *TOLD)
    row = put_post(store, "100", WAVING, other)
    suggestions.put(store, article, 1, [offer(row, mention_of(store, article))], NOW)
    number = int(str(suggestions.listing(store)[0]["id"]))
    done = judge_links.confirm(store, number, actor=DESK)
    assert "Anton Goralenko is known as @apron_notes_demo from now on" in done.done
    assert judgements.learned(store) == [("apron_notes_demo", "Anton Goralenko")]
    judge_links.undo(store, number, actor=DESK)
    assert judgements.learned(store) == []


def test_a_name_that_fits_anyhow_teaches_nothing(store: Store) -> None:
    _, _, _, numbers = seat(store, 0.95)
    judge_links.confirm(store, numbers[0], actor=DESK)
    assert judgements.learned(store) == []


def test_what_cannot_be_judged_is_refused_with_what_to_type(store: Store) -> None:
    _, _, _, numbers = seat(store, 0.95)
    with pytest.raises(WrongUse, match="links suggest"):
        judge_links.confirm(store, 99, actor=DESK)
    with pytest.raises(WrongUse, match="nothing was decided"):
        judge_links.undo(store, numbers[0], actor=DESK)
    judge_links.confirm(store, numbers[0], actor=DESK)
    with pytest.raises(WrongUse, match="links undo"):
        judge_links.confirm(store, numbers[0], actor=DESK)


def test_decisions_are_never_changed(store: Store) -> None:
    _, _, _, numbers = seat(store, 0.95)
    judge_links.confirm(store, numbers[0], actor=DESK)
    for change in ("UPDATE judgement SET actor = 'x'", "DELETE FROM judgement"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            store.connection.execute(change)


def test_a_purged_post_leaves_none_of_its_words_in_suggestions_and_decisions(store: Store) -> None:
    _, _, rows, numbers = seat(store, 0.95)
    judge_links.confirm(store, numbers[0], actor=DESK)
    shown = str(store.value("SELECT evidence_sha256 FROM judgement"))
    assert contents.find(store, shown) is not None
    purging.purge(store, rows[0], "everything", "asked", DESK, NOW)
    assert contents.find(store, shown) is None
    assert store.value("SELECT evidence FROM suggestion") == "[]"


def test_a_new_version_keeps_what_was_confirmed(store: Store) -> None:
    article, mention, rows, numbers = seat(store, 0.95)
    judge_links.confirm(store, numbers[0], actor=DESK)
    put_article(store, *TOLD, "A paragraph more (demo).")
    suggestions.put(store, article, 2, [], NOW)
    assert link(store, mention) == ("confirmed", rows[0])
    assert [r["confidence"] for r in links.listing(store)] == [1.0]
