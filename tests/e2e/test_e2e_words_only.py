"""Links by words alone, as an editor meets them: suggested, confirmed, rejected, taken back, scored again."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e_room import Room, Row, room_in

from monitor import clock
from monitor.demo.world import World


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A home that has read the demo's three articles and the account's posts."""
    with room_in(tmp_path_factory.mktemp("words"), World()) as made:
        made.run("once")
        yield made


def told_in_words(room: Room) -> str:
    assert room.world
    return room.world.story.article_url("words")


def best(room: Room) -> Row:
    (row,) = [r for r in room.rows("links", "suggest", told_in_words(room)) if r["level"] == "strong"]
    return row


def states(room: Room) -> list[tuple[str, str | None]]:
    found = [r for r in room.rows("links") if r["article_url"] == told_in_words(room)]
    return [(r["state"], r["post_id"]) for r in found if not r["removed"]]


def test_a_suggestion_shows_two_passages_side_by_side_and_how_to_judge(room: Room) -> None:
    assert room.world and room.world.story.farewell
    told = room.run("links", "suggest", told_in_words(room), "--limit", "1")
    lines = told.stdout.splitlines()
    assert lines[0].startswith("1  strong ")
    assert any("name " in line and "**Anton Goralenko**" in line for line in lines)
    assert any("Anton Horalenko (@Horalenko_demo): its name" in line for line in lines)
    assert "next: postwatch links confirm" in told.stderr
    row = best(room)
    assert row["post_id"] == room.world.story.farewell.id
    assert {"quote", "name", "time", "words"} <= {e["kind"] for e in row["evidence"]}
    assert row["state"] == "open"


def test_what_is_confirmed_is_watched_exported_and_checked_until_it_is_taken_back(room: Room, tmp_path: Path) -> None:
    number, post = best(room)["id"], best(room)["post_id"]
    assert states(room) == [("suggested", post)]
    done = room.run("links", "confirm", str(number), "--reason", "the quote is his", "--by", "mira")
    assert f"{number}  confirmed: " in done.stdout
    assert "next: postwatch links" in done.stderr
    assert states(room) == [("confirmed", post)]
    room.run("export", "article", told_in_words(room), "--to", tmp_path / "bag")
    assert (tmp_path / "bag" / "data" / "metadata" / f"post-x-{post}.json").exists()
    checked = [json.loads(line) for line in room.run("check", told_in_words(room), "--json").stdout.splitlines()]
    assert [(r["post_id"], r["kind"], r["state"], r["paragraph"]) for r in checked] == [(post, "mention", "live", 6)]
    assert room.run("links", "suggest", told_in_words(room), "--json").stdout == ""
    room.run("links", "undo", str(number))
    assert states(room) == [("suggested", post)]
    decided = [(r["decision"], r["actor"], r["reason"]) for r in room.rows("links", "judged")]
    assert decided[0] == ("confirmed", "user:mira", "the quote is his")
    assert decided[1][0] == "undone"


def test_a_rejected_pair_does_not_return_when_article_and_store_change(room: Room) -> None:
    assert room.world
    number = best(room)["id"]
    (row,) = [json.loads(line) for line in room.run("links", "reject", str(number), "--json").stdout.splitlines()]
    assert (row["suggestion"], row["decision"]) == (number, "reject")
    story = room.world.story
    article = story.articles["words"]
    blocks = (*article.blocks, "<p>The airport has apologised for the delay (demo).</p>")
    story.articles["words"] = room.world.news.revise(article, clock.now(), blocks=blocks)
    room.world.x.state.add_post(story.account, "Waving, still waving, at Port Selane. #demo", clock.now())
    room.run("add", told_in_words(room))
    room.run("once", "--all")
    (read,) = [r for r in room.rows("articles") if r["url"] == told_in_words(room)]
    assert read["versions"] == 2
    open_ones = room.rows("links", "suggest", told_in_words(room))
    assert row["post_id"] not in {r["post_id"] for r in open_ones}
    (judged,) = [r for r in room.rows("links", "suggest", told_in_words(room), "--all") if r["id"] == number]
    assert (judged["state"], judged["decision"]) == ("rejected", "rejected")
    room.run("links", "undo", str(number))
    assert states(room) == [("suggested", row["post_id"])]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("links confirm 999", "there is no suggestion 999"),
        ("links undo 1", "nothing was decided on suggestion 1"),
        ("links suggest https://nobody.example/", "we keep no article"),
        ("links suggest --post 17", "PLATFORM:ID"),
        ("links reject", "Missing argument"),
        ("links reject x", "not a valid integer"),
    ],
)
def test_wrong_use_says_what_to_type(room: Room, words: str, said: str) -> None:
    assert said in room.run(*words.split(), code=64).stderr


def test_a_wrong_number_among_several_leaves_all_as_they_were(room: Room) -> None:
    number = best(room)["id"]
    room.run("links", "confirm", str(number), "999", code=64)
    assert best(room)["id"] == number


def test_without_a_key_nothing_is_lost_and_a_switch_turns_suggestions_off(tmp_path: Path) -> None:
    with room_in(tmp_path, World()) as made:
        assert made.world
        made.write(settings=made.world.settings_toml("[linking]\nsuggest = false\n"))
        made.run("once")
        assert [r["state"] for r in made.rows("links")].count("unresolved") == 1
        assert made.rows("links", "suggest") == []
