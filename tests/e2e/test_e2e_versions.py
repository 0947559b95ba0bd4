"""An article that changes while it is watched: what makes a version, what the history tells, what became of its citations."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e_room import Room, Row, room_in

from monitor.demo.world import World
from monitor.demo.world.social.oembed import blockquote
from monitor.demo.world.x.state import XPost

QUERIES = Path(__file__).parents[2] / "storage" / "queries"
_HEAD = (
    '<!doctype html><html lang="en"><head><title>{title} | Demo Courier</title><link rel="canonical" href="{url}">'
    '<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{title}", "datePublished": "2026-03-04T09:30:00Z"}}</script>'
    "</head><body><main><article><h1>{title}</h1>"
)
_SIDE = '</article></main><aside class="sidebar"><h2>Most read</h2>{side}</aside></body></html>'
ONE = "<p>The council of Port Selane voted on the old bridge for the second time, and the session lasted until midnight.</p>"
TWO = "<p>The harbour office showed the quay on the evening before, and the bridge has three arches in its picture.</p>"
THREE = "<p>Next month the council meets again, and then the engineers are to show what the repair of it will cost.</p>"
NOTE = "<p>Correction: An earlier version of this article said that the bridge has three arches; it has four.</p>"


class Paper:
    """One page of the demo's press, served as its newsroom last wrote it."""

    def __init__(self, room: Room) -> None:
        assert room.world
        self._room, self._site = room, room.world.news
        self.url = f"{self._site.url}/courier/bridge"

    def show(self, *blocks: str, title: str = "Bridge vote ends in Port Selane", side: str = "") -> None:
        """Serves the page, and lets Postwatch look."""
        page = _HEAD.format(title=title, url=self.url) + "".join(blocks) + _SIDE.format(side=side)
        self._site.put("/courier/bridge", page.encode())
        self._room.run("once", "--all")

    def history(self) -> list[Row]:
        return self._room.rows("articles", "history", self.url)

    def asked(self, query: str) -> list[Row]:
        """What a question of storage/queries answers, asked as datasette would."""
        ledger = sqlite3.connect(f"file:{self._room.home}/storage/postwatch.db?mode=ro", uri=True)
        ledger.row_factory = sqlite3.Row
        try:
            return [dict(row) for row in ledger.execute((QUERIES / f"{query}.sql").read_text(encoding="utf-8"))]
        finally:
            ledger.close()

    def links(self) -> dict[str, Row]:
        return {row["cited_post_id"]: row for row in self._room.rows("links") if row["article_url"] == self.url}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    world = World()
    with room_in(tmp_path_factory.mktemp("versions"), world) as made:
        made.write(watches=f'[[article]]\nurl = "{world.news.url}/courier/bridge"\nown = true\n')
        yield made


@pytest.fixture(scope="module")
def paper(room: Room) -> Paper:
    return Paper(room)


@pytest.fixture(scope="module")
def embeds(room: Room) -> tuple[tuple[XPost, str], tuple[XPost, str]]:
    """Two posts, and the markup that embeds each."""
    assert room.world
    state, story = room.world.x.state, room.world.story
    assert story.farewell
    first, second = story.farewell, state.add_post(story.account, "The bridge by night (demo).", story.now)
    return (first, blockquote(state, first)), (second, blockquote(state, second))


@pytest.fixture(scope="module")
def told(room: Room, paper: Paper, embeds: tuple[tuple[XPost, str], tuple[XPost, str]]) -> dict[str, list[Row]]:
    """The whole life of the article; its history after each step."""
    (_, first), (_, second) = embeds
    steps: dict[str, list[Row]] = {}
    paper.show(ONE, TWO, first, THREE, side="<p>3 hours ago</p>")
    steps["first"] = paper.history()
    paper.show(
        "<p>Advertisement</p>",
        ONE,
        "<p>4 min read</p>",
        TWO,
        first,
        THREE,
        "<p>12 comments</p>",
        side=f"<p>4 hours ago</p>{second}",
    )
    steps["trifles"] = paper.history()
    paper.show("<noscript>You need to enable JavaScript to run this app.</noscript>")
    steps["without text"] = paper.history()
    paper.show(
        ONE, TWO.replace("three", "four"), second, THREE, NOTE, title="Bridge vote ends in Port Selane after midnight"
    )
    steps["replaced"] = paper.history()
    steps["links"] = list(paper.links().values())
    steps["asked"] = paper.asked("replaced_citations")
    paper.show(
        ONE,
        TWO.replace("three", "four"),
        second,
        THREE,
        first,
        NOTE,
        title="Bridge vote ends in Port Selane after midnight",
    )
    steps["back"] = paper.history()
    return steps


def test_trifles_make_no_version(told: dict[str, list[Row]]) -> None:
    (version,) = told["trifles"]
    assert (version["version"], version["paragraphs"], version["citations"]) == (1, 3, 1)
    assert version["changes"] is None
    assert told["trifles"] == told["first"]


def test_a_page_that_has_lost_its_text_says_nothing_of_the_article(told: dict[str, list[Row]]) -> None:
    assert told["without text"] == told["first"]


def test_a_version_tells_words_title_and_citations_that_changed(
    told: dict[str, list[Row]], embeds: tuple[tuple[XPost, str], ...]
) -> None:
    first, second = (post for post, _ in embeds)
    before, after = told["replaced"]
    changes = after["changes"]
    assert changes["title"] == {"before": before["title"], "after": "Bridge vote ends in Port Selane after midnight"}
    (words, added) = changes["paragraphs"]
    assert (words["kind"], words["before"], words["after"]) == ("changed", 2, 2)
    assert [piece for piece in words["words"] if piece[0] != "same"] == [["removed", "three"], ["added", "four"]]
    assert (added["kind"], added["after"]) == ("added", 4)
    (citation,) = changes["citations"]
    assert (citation["kind"], citation["post_id"], citation["by"]["post_id"]) == ("replaced", first.id, second.id)
    assert (citation["before"], citation["after"]) == ([2], [2])
    assert (changes["same_page"], changes["published_at"], changes["modified_at"]) == (False, None, None)
    hashes = [version["sha256"] for version in (before, after)]
    assert all(len(digest) == 64 for one in hashes for digest in one.values())
    assert hashes[0]["page"] != hashes[1]["page"]


def test_a_removed_citation_stays_with_its_versions(
    told: dict[str, list[Row]], embeds: tuple[tuple[XPost, str], ...]
) -> None:
    first, second = (post for post, _ in embeds)
    rows = {row["cited_post_id"]: row for row in told["links"]}
    gone, new = rows[first.id], rows[second.id]
    assert (gone["first_version"], gone["last_version"], gone["removed"]) == (1, 1, True)
    assert gone["removed_at"] == told["replaced"][1]["seen_at"]
    assert (new["first_version"], new["last_version"], new["removed"], new["removed_at"]) == (2, 2, False, None)


def test_a_citation_that_returns_is_the_same_citation(
    room: Room, paper: Paper, told: dict[str, list[Row]], embeds: tuple[tuple[XPost, str], ...]
) -> None:
    first, _ = (post for post, _ in embeds)
    (change,) = told["back"][2]["changes"]["citations"]
    assert (change["kind"], change["post_id"], change["after"]) == ("added", first.id, [3])
    row = paper.links()[first.id]
    assert (row["first_version"], row["last_version"], row["removed"]) == (1, 3, False)
    assert row["id"] == next(old["id"] for old in told["links"] if old["cited_post_id"] == first.id)
    alerts = [a["dedup_key"] for a in room.rows("alerts") if a["kind"] == "citation_new"]
    assert len(alerts) == len(set(alerts)) == 2


def test_the_history_reads_as_people_read(room: Room, paper: Paper, told: dict[str, list[Row]]) -> None:
    lines = room.run("articles", "history", paper.url).stdout.splitlines()
    assert lines[0] == f"Bridge vote ends in Port Selane after midnight  {paper.url}"
    assert sum(line.startswith("version ") for line in lines) == 3
    assert "  title: [-Bridge vote ends in Port Selane-] {+Bridge vote ends in Port Selane after midnight+}" in lines
    assert any("the bridge has [-three-]{+four+} arches" in line for line in lines)
    assert any(line.startswith("  replaced at paragraph 2: embed of https://x.com/") for line in lines)


def test_the_article_tells_its_date_as_exactly_as_the_page_and_its_corrections(
    room: Room, paper: Paper, told: dict[str, list[Row]]
) -> None:
    (row,) = [row for row in room.rows("articles") if row["url"] == paper.url]
    assert (row["versions"], row["published_at"], row["published_precision"]) == (
        3,
        "2026-03-04T09:30:00.000Z",
        "exact",
    )
    assert len(row["corrections"]) == 1
    assert row["corrections"][0].startswith("Correction: An earlier version")


def test_an_address_that_was_never_read_is_wrong_use(room: Room) -> None:
    assert "postwatch articles" in room.run("articles", "history", "https://paper.example/none", code=64).stderr


def test_the_ledger_answers_questions_on_versions(
    paper: Paper, told: dict[str, list[Row]], embeds: tuple[tuple[XPost, str], ...]
) -> None:
    rows = [row for row in paper.asked("versions_of_articles") if row["url"] == paper.url]
    assert [(row["version"], row["citations"]) for row in rows] == [(1, 1), (2, 1), (3, 2)]
    assert [row["page_sha256"] for row in rows] == [version["sha256"]["page"] for version in told["back"]]
    first, second = (post for post, _ in embeds)
    (row,) = told["asked"]
    assert (row["last_version"], row["paragraph"], row["article_url"]) == (1, 2, paper.url)
    assert first.id in row["ceased_to_cite"]
    assert second.id in row["in_its_place"]
    # It has come back since.
    assert paper.asked("replaced_citations") == []
