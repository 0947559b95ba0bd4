"""Suggesting links from the store: what is found by index, and when it is looked for again."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from linking_desk import NOW, TOLD, WAVING, link, mention_of, put_article, put_post

from monitor.jobs import judge_links, suggest_links
from monitor.jobs.context import Context
from monitor.model.account import Account
from monitor.settings import Settings
from monitor.store import alerts, links, scoring, suggestions

WEATHER = "Rain over the hills of Selane, sunshine on the coast (demo)."
OTHER = Account("x", "99", "Other_demo", "Somebody Else")


@pytest.fixture
def context(settings: Settings) -> Iterator[Context]:
    context = Context(settings)
    yield context
    context.close()


def noise(context: Context) -> None:
    """Posts of the same days about other things."""
    for n in range(40):
        account = Account("x", str(200 + n % 7), f"noise{n % 7}_demo", f"Noise Number{n % 7}")
        put_post(context.store, f"9{n}", f"{WEATHER} Part {n}.", account, NOW - timedelta(hours=1 + n))


def look(context: Context) -> None:
    while suggest_links.is_due(context):
        suggest_links.run(context, {})


def best(context: Context) -> list[tuple[object, object]]:
    return [(row["post_id"], row["level"]) for row in suggestions.listing(context.store) if row["level"] == "strong"]


def test_the_post_that_an_article_tells_of_is_suggested_with_its_evidence(context: Context) -> None:
    noise(context)
    right = put_post(context.store, "100", WAVING)
    article = put_article(context.store, *TOLD)
    look(context)
    assert best(context) == [("100", "strong")]
    assert link(context.store, mention_of(context.store, article)) == ("suggested", right)
    row = suggestions.listing(context.store)[0]
    kinds = {reason["kind"] for reason in row["evidence"]}  # type: ignore[attr-defined]
    assert {"quote", "name", "time"} <= kinds
    told = alerts.listing(context.store)
    assert [(a["kind"], a["post_id"], a["deliveries"]) for a in told] == [("citation_suggested", "100", [])]
    look(context)
    assert len(alerts.listing(context.store)) == 1


def test_a_post_that_comes_later_makes_the_article_be_scored_again(context: Context) -> None:
    noise(context)
    article = put_article(context.store, *TOLD)
    look(context)
    assert best(context) == []
    put_post(context.store, "100", WAVING)
    assert suggest_links.is_due(context)
    look(context)
    assert best(context) == [("100", "strong")]
    assert not suggest_links.is_due(context)
    put_post(context.store, "101", "Years ago, and of no article's time (demo).", OTHER, NOW - timedelta(days=900))
    suggest_links.take_in_posts(context.store)
    assert scoring.waiting(context.store, 5) == []
    assert article


def test_a_rejected_pair_stays_rejected_when_the_article_changes(context: Context) -> None:
    noise(context)
    put_post(context.store, "100", WAVING)
    article = put_article(context.store, *TOLD)
    look(context)
    number = int(str(suggestions.listing(context.store)[0]["id"]))
    judge_links.reject(context.store, number, actor="desk:mira", reason="another video")
    put_article(context.store, *TOLD, "And a paragraph more (demo).")
    look(context)
    assert best(context) == []
    assert link(context.store, mention_of(context.store, article)) == ("unresolved", None)
    assert len(alerts.listing(context.store)) == 1


def test_a_confirmed_link_moves_to_the_sentence_that_took_the_place_of_the_old_one(context: Context) -> None:
    noise(context)
    right = put_post(context.store, "100", WAVING)
    article = put_article(context.store, *TOLD)
    look(context)
    judge_links.confirm(context.store, int(str(suggestions.listing(context.store)[0]["id"])), actor="desk:mira")
    put_article(
        context.store, TOLD[0], TOLD[1].replace("Anton Goralenko posted", "The deputy minister Anton Goralenko posted")
    )
    look(context)
    rows = [r for r in links.listing(context.store) if r["last_version"] == 2]
    assert [(r["state"], r["post_id"]) for r in rows] == [("confirmed", "100")]
    assert links.articles_citing(context.store, right) == ["https://radio.example/farewell"]
    assert article


def test_two_articles_that_name_the_author_may_both_tell_of_one_post(context: Context) -> None:
    noise(context)
    put_post(context.store, "100", WAVING)
    put_article(context.store, *TOLD)
    sibling = (
        "Few farewells have been as long as that of President Dovrin at Port Selane (demo).",
        "In a video on X former deputy minister Anton Goralenko showed how president and premier went on waving until the plane was a dot.",
    )
    put_article(context.store, *sibling, url="https://other.example/long", title="A long goodbye (demo)")
    look(context)
    assert best(context) == [("100", "strong"), ("100", "strong")]


def test_an_article_about_another_video_of_the_same_account_and_day_is_not_linked_to_this_one(context: Context) -> None:
    noise(context)
    put_post(context.store, "100", WAVING)
    put_post(
        context.store, "102", "The ferry Lindava leaves the yard, painted blue (demo).", at=NOW - timedelta(hours=3)
    )
    about = (
        "The shipyard of Port Selane has handed over its largest ferry (demo).",
        "Anton Goralenko posted a video of the blue ferry Lindava leaving the yard on platform X.",
    )
    put_article(context.store, *about, url="https://other.example/ferry", title="The blue ferry (demo)")
    look(context)
    strong = [row["post_id"] for row in suggestions.listing(context.store) if row["level"] == "strong"]
    assert strong in ([], ["102"])
    assert suggestions.listing(context.store)[0]["post_id"] == "102"


def test_an_article_that_gives_every_address_gets_no_suggestion(context: Context) -> None:
    noise(context)
    row = put_post(context.store, "100", WAVING)
    article = put_article(context.store, TOLD[0])
    context.store.connection.execute(
        """INSERT INTO citation (article_id, key, platform, cited_post_id, kind, confidence, first_version, last_version, seen_at)
        VALUES (?, 'x:100', 'x', '100', 'embed', 1, 1, 1, '')""",
        (article,),
    )
    links.resolve(context.store, [int(str(context.store.value("SELECT max(id) FROM citation")))], NOW)
    look(context)
    assert suggestions.listing(context.store) == []
    assert links.articles_citing(context.store, row) == ["https://radio.example/farewell"]


def test_a_learned_name_is_found_and_told_as_the_reason(context: Context) -> None:
    noise(context)
    apron = Account("x", "72", "apron_notes_demo", "Notes from the apron")
    put_post(context.store, "100", WAVING, apron)
    put_article(context.store, *TOLD)
    look(context)
    judge_links.confirm(context.store, int(str(suggestions.listing(context.store)[0]["id"])), actor="desk:mira")
    put_post(
        context.store,
        "103",
        "Two tugs and one umbrella in the harbour basin this morning.",
        apron,
        NOW - timedelta(minutes=90),
    )
    later = (
        "Tugs were seen in the harbour of Port Selane (demo).",
        "Anton Goralenko wrote on X that there was one umbrella.",
    )
    put_article(context.store, *later, url="https://other.example/tugs", title="Tugs (demo)")
    look(context)
    rows = [r for r in suggestions.listing(context.store) if r["post_id"] == "103"]
    assert rows, suggestions.listing(context.store)
    assert any("Goralenko" in e["article"] and e["kind"] == "name" for e in rows[0]["evidence"])  # type: ignore[attr-defined]


def test_likely_ones_confirm_themselves_only_where_the_settings_say_so(context: Context) -> None:
    context.options.linking.__dict__["auto_confirm"] = 0.9
    noise(context)
    right = put_post(context.store, "100", WAVING)
    article = put_article(context.store, *TOLD)
    look(context)
    assert link(context.store, mention_of(context.store, article)) == ("confirmed", right)
    assert alerts.listing(context.store) == []
    rows = suggestions.listing(context.store, states=["confirmed"])
    assert rows[0]["actor"] == judge_links.AUTOMATIC
    assert "auto_confirm" in str(rows[0]["reason"])
