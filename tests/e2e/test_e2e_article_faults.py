"""Pages that harm a careless reader: the command says what it met, keeps its state, and reads the rest.

One home reads a feed of traps once; each page beside the sound one is a trap of its own.
"""

from collections.abc import Iterator

import pytest
from e2e_room import Row
from fault_desk import Desk, desk_in

from monitor import clock
from monitor.demo.world.news.traps import set_traps

_LIMITS = 'total_timeout = "2s"\ntimeout = "2s"\n'


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_in(tmp_path_factory.mktemp("article-faults")) as found:
        world = found.world
        # The webhook's receiver listens on this machine, and only its channel may reach it.
        traps = set_traps(world.news, clock.now(), f"{world.sink.url}/private")
        found.write(
            settings=world.settings_toml().replace("[net]\n", f"[net]\n{_LIMITS}"),
            watches=f'[[feed]]\nurl = "{traps["feed"]}"\n',
        )
        found.once(code=3)
        yield found


@pytest.fixture(scope="module")
def articles(desk: Desk) -> dict[str, Row]:
    """What was read, by the trap's name."""
    return {str(row["url"]).rpartition("/")[2]: row for row in desk.rows("articles")}


@pytest.fixture(scope="module")
def jobs(desk: Desk) -> dict[str, Row]:
    """The jobs that read them, by the trap's name."""
    return {str(row["key"]).rpartition("/")[2]: row for row in desk.rows("jobs") if row["kind"] == "read_article"}


def _refused(jobs: dict[str, Row], articles: dict[str, Row], name: str, *words: str) -> None:
    assert jobs[name]["state"] == "failed"
    for word in words:
        assert word in jobs[name]["last_error"]
    assert name not in articles


def _waits(jobs: dict[str, Row], articles: dict[str, Row], name: str, word: str) -> None:
    assert jobs[name]["state"] == "queued"
    assert word in jobs[name]["last_error"]
    assert jobs[name]["not_before"] > jobs[name]["created_at"]
    assert name not in articles


def test_the_sound_page_is_read_among_the_traps(articles: dict[str, Row], desk: Desk) -> None:
    assert articles["sound"]["title"] == "demo trap: sound"
    assert desk.rows("watches")[0]["last_error"] is None
    desk.check()


def test_a_redirect_to_a_private_address_is_refused_before_it_is_asked(
    desk: Desk, jobs: dict[str, Row], articles: dict[str, Row]
) -> None:
    _refused(jobs, articles, "private", "Refused")
    assert desk.world.sink.requests_to("/private") == []


def test_a_redirect_loop_ends(desk: Desk, jobs: dict[str, Row], articles: dict[str, Row]) -> None:
    _refused(jobs, articles, "loop", "redirects in a circle")
    assert len(desk.world.news.requests_to("/traps/loop")) == 1


def test_a_gzip_bomb_is_given_up_at_the_limit(jobs: dict[str, Row], articles: dict[str, Row]) -> None:
    _refused(jobs, articles, "bomb", "TooLarge", "max_page_bytes")


def test_a_page_of_20_mb_is_given_up_at_the_limit(jobs: dict[str, Row], articles: dict[str, Row]) -> None:
    _refused(jobs, articles, "huge", "TooLarge", "max_page_bytes")


def test_a_page_without_end_is_given_up_at_the_limit(jobs: dict[str, Row], articles: dict[str, Row]) -> None:
    _refused(jobs, articles, "endless", "TooLarge", "max_page_bytes")


def test_a_page_that_drips_is_given_up_in_time_and_waits(jobs: dict[str, Row], articles: dict[str, Row]) -> None:
    _waits(jobs, articles, "drip", "ServerTrouble")


def test_a_page_that_is_cut_waits(jobs: dict[str, Row], articles: dict[str, Row]) -> None:
    _waits(jobs, articles, "cut", "ServerTrouble")


def test_a_page_under_a_wrong_charset_is_read_by_what_its_bytes_are(desk: Desk, articles: dict[str, Row]) -> None:
    assert articles["charset"]["title"] == "demo trap: charset"
    assert [row["url"] for row in desk.rows("search", "Пример")] == [articles["charset"]["url"]]


def test_nul_and_lone_surrogates_leave_the_text_readable(desk: Desk, articles: dict[str, Row]) -> None:
    assert articles["nul"]["title"] == "demo trap: nul"
    (found,) = desk.rows("search", "sentence", "surrogate")
    assert found["url"] == articles["nul"]["url"]
    assert "\0" not in found["excerpt"]
