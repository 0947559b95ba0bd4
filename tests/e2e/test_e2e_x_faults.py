"""X that refuses, breaks off or answers oddly: the command says so, keeps its state, and the rest goes on.

One home watches an account for each fault. It looks once while all faults are on, and once more when all are mended.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from e2e_room import Row
from fault_desk import Desk, desk_in

from monitor import clock
from monitor.demo.world import World, faults
from monitor.demo.world.faults import Fault
from monitor.demo.world.x import faults as refusals
from monitor.demo.world.x.ids import base36
from monitor.demo.world.x.problems import user_suspended

Json = dict[str, Any]
MANY = 103
"""Posts of an account whose timeline has two pages."""


@dataclass
class Look:
    """What the home shows after a run, by handle."""

    posts: dict[str, list[Row]] = field(default_factory=dict)
    watches: dict[str, Row] = field(default_factory=dict)
    links: list[Row] = field(default_factory=list)
    said: str = ""

    def texts(self, handle: str) -> list[str]:
        """The words of an account's posts, in the order of the listing."""
        return [row["text"] for row in self.posts.get(handle, [])]


def _spoiled(change: Callable[[Json], object]) -> Fault:
    """The real answer, its JSON changed in place or replaced."""

    def changed(body: bytes) -> bytes:
        answer = json.loads(body)
        return json.dumps(change(answer) or answer).encode()

    return Fault(change=changed)


def _each_post(change: Callable[[Json], object]) -> Fault:
    def changed(answer: Json) -> None:
        for post in answer.get("data", []):
            change(post)

    return _spoiled(changed)


def _without_fields(post: Json) -> None:
    for name in ("created_at", "edit_history_tweet_ids", "author_id", "public_metrics", "lang"):
        post.pop(name, None)


def _nulls(post: Json) -> None:
    post.update(dict.fromkeys(("created_at", "edit_history_tweet_ids", "attachments", "entities", "referenced_tweets")))


def _unknown(answer: Json) -> None:
    answer["unheard_of"] = {"deep": [1, None]}
    for post in answer.get("data", []):
        post["unheard_of"] = ["\U0001f47b", {"n": 2**70}]
    answer.get("data", []).extend([None, "text", {"text": "without an id"}, {"id": 1.5, "text": "no whole number"}])


class Pages:
    """Pages of one timeline in another order than X's; what it showed first is remembered."""

    def __init__(self) -> None:
        self.first: Json = {}

    def remember(self, answer: Json) -> None:
        """The first page as it is."""
        self.first = answer

    def with_one_of_the_first(self, answer: Json) -> None:
        """The second page, and the last post of the first one before it."""
        answer["data"].insert(0, self.first["data"][-1])

    def again(self, answer: Json) -> Json:
        """The first page for ever, always with a successor."""
        self.first = self.first or answer
        return {**self.first, "meta": {**self.first["meta"], "next_token": base36(2**63)}}


def _empty(n: int) -> Fault:
    return _spoiled(lambda _: {"meta": {"result_count": 0, "next_token": base36(2**65 + n)}})


def _switch_on(world: World) -> None:
    """Every fault at the timeline of the account that is named for it."""
    x, pages, repeated = world.x, Pages(), Pages()

    def at(handle: str, fault: Fault, times: int | None = None, after: int = 0) -> None:
        account = x.state.account_named(f"{handle}_demo")
        assert account
        x.fault(f"/2/users/{account.id}/tweets", fault, times, after=after)

    at("credits", refusals.no_credits())
    at("cap", refusals.usage_cap())
    at("token", refusals.unauthorized(), after=1)
    at("trouble", refusals.unavailable_html())
    at("html", faults.html_page())
    at("broken_off", faults.truncated())
    at("missing", _each_post(_without_fields))
    at("nulls", _each_post(_nulls))
    at("unknown", _spoiled(_unknown))
    at("doubles", _spoiled(pages.remember), 1)
    at("doubles", _spoiled(pages.with_one_of_the_first), 1)
    at("empties", _empty(1), 1)
    at("empties", _empty(2), 1)
    at("repeats", _spoiled(repeated.again))
    suspended = x.state.account_named("suspended_demo")
    assert suspended
    at("suspended", _spoiled(lambda _: {"errors": [user_suspended(suspended.id, "id")]}))
    x.fault("/2/tweets", refusals.unauthorized())


SMALL = ("credits", "cap", "trouble", "html", "broken_off", "missing", "nulls", "unknown", "suspended", "sound")
LARGE = ("token", "doubles", "empties", "repeats")


def _accounts(world: World) -> str:
    now, entries = clock.now(), ""
    for name in (*SMALL, *LARGE):
        account = world.x.state.add_account(f"{name}_demo", name, now - timedelta(days=90))
        for n in range(MANY if name in LARGE else 3):
            world.x.state.add_post(account, f"{name} {n:03}", now - timedelta(minutes=200 - n))
        entries += f'[[account]]\nhandle = "{name}_demo"\nevery = "1s"\nbackfill = "all"\n'
    unknown = "".join(f'[[account]]\nhandle = "nobody{n}_demo"\n' for n in range(3))
    return entries + unknown + f'[[article]]\nurl = "{world.story.article_url("embed")}"\n'


def _look(desk: Desk, *words: str, code: int) -> Look:
    look = Look(said=desk.once(*words, code=code), links=desk.rows("links"))
    for row in desk.rows("posts"):
        look.posts.setdefault(str(row["handle"]).removesuffix("_demo"), []).append(row)
    look.watches = {str(row["handle"]).removesuffix("_demo"): row for row in desk.rows("watches")}
    return look


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_in(tmp_path_factory.mktemp("x-faults")) as found:
        found.write(watches=_accounts(found.world))
        yield found


@pytest.fixture(scope="module")
def struck(desk: Desk) -> Look:
    """While every fault is on."""
    _switch_on(desk.world)
    return _look(desk, code=3)


@pytest.fixture(scope="module")
def mended(desk: Desk, struck: Look) -> Look:
    """After all faults were mended."""
    desk.world.mend()
    return _look(desk, "--all", code=3)


def _comes_back(handle: str, struck: Look, mended: Look, reason: str, count: int = 3) -> None:
    """Nothing came but a clear message; later all of it came, once."""
    assert struck.texts(handle) == []
    assert reason in struck.watches[handle]["last_error"]
    assert mended.texts(handle) == [f"{handle} {n:03}" for n in range(count)]
    assert mended.watches[handle]["last_error"] is None


def test_the_rest_goes_on_whatever_befalls_a_neighbour(struck: Look) -> None:
    assert struck.texts("sound") == ["sound 000", "sound 001", "sound 002"]
    assert "failed for good" in struck.said


def test_spent_credits_are_told_and_waited_for_as_a_gap(desk: Desk, struck: Look, mended: Look) -> None:
    _comes_back("credits", struck, mended, "NoCredits")
    assert ("NoCredits",) in desk.sql("SELECT reason FROM gap WHERE ended_at IS NOT NULL")


def test_a_used_up_cap_is_told_from_a_full_window_and_recorded_as_a_gap(desk: Desk, struck: Look, mended: Look) -> None:
    _comes_back("cap", struck, mended, "CapReached")
    assert ("CapReached",) in desk.sql("SELECT reason FROM gap WHERE ended_at IS NOT NULL")


def test_a_token_refused_midway_costs_neither_the_pages_before_nor_those_after(struck: Look, mended: Look) -> None:
    assert "CredentialRefused" in struck.watches["token"]["last_error"]
    assert len(struck.texts("token")) == 100
    assert sorted(mended.texts("token")) == [f"token {n:03}" for n in range(MANY)]


def test_503_for_a_while_is_waited_out(struck: Look, mended: Look) -> None:
    _comes_back("trouble", struck, mended, "ServerTrouble: X answered 503")


def test_html_with_200_is_no_answer(struck: Look, mended: Look) -> None:
    _comes_back("html", struck, mended, "a web page in place of JSON")


def test_truncated_json_is_no_answer(struck: Look, mended: Look) -> None:
    _comes_back("broken_off", struck, mended, "cut or broken JSON")


@pytest.mark.parametrize("handle", ["missing", "nulls", "unknown"])
def test_missing_null_and_unknown_fields_cost_no_post(handle: str, struck: Look, mended: Look) -> None:
    assert struck.texts(handle) == mended.texts(handle) == [f"{handle} {n:03}" for n in range(3)]
    assert all(row["posted_at"].endswith("Z") for row in struck.posts[handle])
    assert struck.watches[handle]["last_error"] is None


def test_ids_above_two_to_the_53rd_stay_exact(desk: Desk, struck: Look) -> None:
    account = desk.world.x.state.account_named("sound_demo")
    assert account
    ids = [row["post_id"] for row in struck.posts["sound"]]
    assert ids == [post.id for post in reversed(desk.world.x.state.shown_posts(account))]
    assert all(int(post_id) > 2**53 for post_id in ids)
    assert {row["account_id"] for row in struck.posts["sound"]} == {account.id}
    desk.once("--all", code=3)
    asked = desk.world.x.requests_to(f"/2/users/{account.id}/tweets")[-1]
    assert asked.query["since_id"] == ids[-1]


def test_posts_that_stand_on_two_pages_are_kept_once(struck: Look, mended: Look) -> None:
    assert struck.texts("doubles") == mended.texts("doubles") == [f"doubles {n:03}" for n in range(MANY)]


def test_empty_pages_are_followed_to_the_posts_behind_them(struck: Look, mended: Look) -> None:
    assert struck.texts("empties") == mended.texts("empties") == [f"empties {n:03}" for n in range(MANY)]


def test_a_page_that_repeats_ends_the_walk_with_a_gap_and_older_posts_come_later(
    desk: Desk, struck: Look, mended: Look
) -> None:
    account = desk.world.x.state.account_named("repeats_demo")
    assert account
    assert len(struck.texts("repeats")) == 100
    assert ("pages-repeats",) in desk.sql("SELECT reason FROM gap")
    assert sorted(mended.texts("repeats")) == [f"repeats {n:03}" for n in range(MANY)]
    assert len(desk.world.x.requests_to(f"/2/users/{account.id}/tweets")) < 10


def test_what_x_says_of_an_account_in_place_of_its_posts_is_told(struck: Look, mended: Look) -> None:
    _comes_back("suspended", struck, mended, "suspended")
    assert struck.watches["suspended"]["state"] == "broken"


def test_one_answer_tells_of_all_unknown_handles(desk: Desk, mended: Look) -> None:
    assert [mended.watches[f"nobody{n}"]["state"] for n in range(3)] == ["broken"] * 3
    assert all("not found" in mended.watches[f"nobody{n}"]["last_error"] for n in range(3))
    assert len(desk.world.x.requests_to("/2/users/by")) <= 3


def test_cited_posts_whose_lookup_was_refused_are_looked_up_later(struck: Look, mended: Look) -> None:
    assert [row["state"] for row in struck.links] == ["unresolved"]
    assert [row["state"] for row in mended.links] == ["confirmed"]
    assert mended.links[0]["post_id"] == mended.links[0]["cited_post_id"]


def test_no_fault_is_charged_twice_and_none_doubles_a_row(desk: Desk, mended: Look) -> None:
    assert mended.said
    meter, spend = desk.world.x.meter.days(), desk.rows("spend")
    assert [(row["posts"], row["users"]) for row in spend] == [(day["posts"], day["users"]) for day in meter]
    assert [row["usd_unsettled"] for row in spend] == [0]
    told = [row["subject"] for row in desk.rows("alerts") if row["kind"] == "post_new"]
    assert told == []
    desk.check()


def test_429_with_a_past_a_missing_and_a_far_reset_moves_a_time_and_loses_nothing(tmp_path: Path) -> None:
    with desk_in(tmp_path) as desk:
        now, x = clock.now(), desk.world.x
        for reset in (now - timedelta(hours=1), None, now + timedelta(hours=3), now + timedelta(days=4000)):
            x.limit("/2/users/*/tweets", reset=reset, times=1)
        asked = []
        # Each refusal is waited out: a minute where the reset is past or missing, else as long as it says; a reset
        # beyond any window of X's counts as one window of fifteen minutes.
        for later in ("", "+2m", "+4m", "+2h", "+185m", "+195m", "+202m"):
            desk.once(later=later)
            asked.append(len(x.requests_to("/2/users/*/tweets")))
        assert asked == [1, 2, 3, 3, 4, 4, 5]
        assert len(desk.rows("posts")) == 3
        assert desk.rows("watches")[0]["last_error"] is None


def test_a_cited_post_that_x_describes_oddly_is_asked_for_again(tmp_path: Path) -> None:
    with desk_in(tmp_path) as desk:
        world = desk.world
        more = world.settings_toml().replace("[media]\n", '[media]\nextractors = ["vimeo"]\n')
        desk.write(settings=more, watches=f'[[article]]\nurl = "{world.story.article_url("link")}"\n')
        world.social.fault("/oembed", faults.html_page())
        desk.once(code=3, POSTWATCH_X_BEARER_TOKEN="")
        assert [row["state"] for row in desk.rows("links")] == ["unresolved"]
        world.mend()
        desk.once(POSTWATCH_X_BEARER_TOKEN="")
        assert len(world.social.requests_to("/oembed")) == 1
        desk.once(later="+61m", POSTWATCH_X_BEARER_TOKEN="")
        assert [row["state"] for row in desk.rows("links")] == ["confirmed"]
        assert world.x.requests == []
