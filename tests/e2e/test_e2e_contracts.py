"""The rows that the commands print, from one look at a story told in full."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import bagit
import pytest
from e2e_room import Room, Row, room_in

from monitor import clock
from monitor.demo.world import World
from monitor.demo.world.x import TOKEN
from monitor.store import captures
from monitor.store.open import open_store

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
SHA256 = re.compile(r"[0-9a-f]{64}")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """After one `once`; two channels, no rule."""
    world = World()
    with room_in(tmp_path_factory.mktemp("told"), world, channels=["second"]) as made:
        made.run("once")
        yield made


@pytest.fixture(scope="module")
def rows(room: Room) -> dict[str, list[Row]]:
    """Every listing that is measured, in full."""
    return {noun: room.rows(noun) for noun in ("posts", "articles", "links", "alerts", "spend")}


def test_posts_have_their_fields(room: Room, rows: dict[str, list[Row]]) -> None:
    assert room.world
    story = room.world.story
    assert [row["post_id"] for row in rows["posts"]] == [p.id for p in (story.note, story.farewell, story.quote) if p]
    for row in rows["posts"]:
        assert row["platform"] == "x"
        assert row["url"] == f"https://x.com/i/status/{row['post_id']}"
        assert (row["account_id"], row["handle"]) == (story.account.id, "Horalenko_demo")
        assert isinstance(row["text"], str)
        assert TIME.fullmatch(row["posted_at"])
        assert TIME.fullmatch(row["seen_at"])
        assert row["versions"] == 1
    long, video, quote = rows["posts"]
    assert long["text"].endswith("My own watch says eleven minutes.")
    assert long["media"] == quote["media"] == []
    (media,) = video["media"]
    assert SHA256.fullmatch(media["sha256"])
    assert (media["kind"], media["state"]) == ("video", "kept")
    assert isinstance(media["bytes"], int)
    assert media["duration_s"] == pytest.approx(1, abs=0.2)


def test_articles_have_their_fields(rows: dict[str, list[Row]]) -> None:
    assert len(rows["articles"]) == 3
    for row in rows["articles"]:
        assert row["url"].startswith("http://127.0.0.1:")
        assert row["title"]
        assert TIME.fullmatch(row["published_at"])
        assert (row["versions"], row["citations"]) == (1, 1)


def test_links_say_how_each_article_cites_the_post(room: Room, rows: dict[str, list[Row]]) -> None:
    assert room.world
    story = room.world.story
    assert story.farewell
    found = {row["article_url"]: row for row in rows["links"]}
    for way, kind, paragraph in (("embed", "embed", 4), ("link", "link", 4)):
        row = found[story.article_url(way)]
        assert (row["kind"], row["state"], row["paragraph"]) == (kind, "confirmed", paragraph)
        assert row["post_id"] == row["cited_post_id"] == story.farewell.id
        assert (row["platform"], row["handle"]) == ("x", "Horalenko_demo")
    row = found[story.article_url("words")]
    assert (row["kind"], row["state"], row["platform"], row["paragraph"]) == ("mention", "suggested", "x", 6)
    assert (row["post_id"], row["cited_post_id"], row["level"]) == (story.farewell.id, None, "strong")


def test_alerts_have_their_fields_and_without_a_rule_go_to_every_channel(rows: dict[str, list[Row]]) -> None:
    kinds = sorted(row["kind"] for row in rows["alerts"])
    assert kinds == ["citation_new"] * 2 + ["citation_suggested"] + ["post_new"] * 3
    assert len({row["dedup_key"] for row in rows["alerts"]}) == 6
    (quiet,) = (row for row in rows["alerts"] if row["kind"] == "citation_suggested")
    assert (quiet["priority"], quiet["deliveries"]) == ("info", []), "what is only suggested goes nowhere by itself"
    for row in rows["alerts"]:
        if row is quiet:
            continue
        assert row["id"]
        assert row["subject"]
        assert row["priority"] == "normal"
        assert TIME.fullmatch(row["created_at"])
        told = [(d["channel"], d["state"], d["attempts"]) for d in row["deliveries"]]
        assert told == [("desk", "sent", 1), ("second", "sent", 1)]


def test_a_webhook_holds_the_alerts_row_under_the_alerts_id_and_is_signed(
    room: Room, rows: dict[str, list[Row]]
) -> None:
    assert room.world
    sink = room.world.sink
    assert all(sink.is_signed(delivery) for delivery in sink.deliveries)
    assert set(sink.attempts().values()) == {2}
    by_id = {row["id"]: row for row in rows["alerts"]}
    for delivery in sink.deliveries:
        body = delivery.json()
        row = dict(by_id[delivery.headers["webhook-id"]])
        row.pop("deliveries")
        assert body["data"].items() >= row.items()
        assert body["type"] == row["kind"]
        assert TIME.fullmatch(body["timestamp"])


def test_spend_has_its_fields_and_agrees_with_the_meter(room: Room, rows: dict[str, list[Row]]) -> None:
    assert room.world
    keys = ("day", "requests", "posts", "users", "usd")
    assert [{key: row[key] for key in keys} for row in rows["spend"]] == room.world.x.meter.days()


def test_listings_obey_limit_since_and_their_longer_form(room: Room, rows: dict[str, list[Row]]) -> None:
    assert room.rows("posts", "--limit", "1") == rows["posts"][-1:]
    assert room.rows("alerts", "list", "--limit", "2") == rows["alerts"][-2:]
    assert room.rows("links", "--since", "1h") == rows["links"]
    assert room.rows("alerts", "--since", clock.text(clock.now() + timedelta(hours=1))) == []
    middle = rows["articles"][1]["seen_at"]
    assert room.rows("articles", "--since", middle) == [r for r in rows["articles"] if r["seen_at"] >= middle]
    room.run("posts", "--since", "yesterday", code=64)


def test_people_get_lines_and_one_json_line_of_status(room: Room) -> None:
    told = room.run("links").stdout.splitlines()
    assert sorted(line.split("\t")[0] for line in told) == ["confirmed", "confirmed", "suggested"]
    (status,) = room.rows("status")
    assert (status["posts"], status["articles"], status["troubles"]) == (3, 3, [])
    assert {job["state"] for job in room.rows("jobs")} == {"done"}
    assert {watch["state"] for watch in room.rows("watches")} == {"active"}


def test_search_finds_posts_and_articles_by_their_words(room: Room) -> None:
    found = room.rows("search", "waving", "plane")
    assert {row["type"] for row in found} == {"post", "article"}
    assert [row["type"] for row in room.rows("search", '"forty people', "--limit", "1")] == ["post"]
    assert room.rows("search", "NOT-there-at-all") == []


@pytest.mark.parametrize("noun", ["post", "article"])
def test_an_exported_package_is_a_valid_bag(room: Room, tmp_path: Path, noun: str) -> None:
    assert room.world
    story = room.world.story
    assert story.farewell
    what = story.farewell_url if noun == "post" else story.article_url("embed")
    bag = tmp_path / "bag"
    assert room.run("export", noun, what, "--to", bag).stdout.strip() == str(bag)
    bagit.Bag(str(bag)).validate()
    held = [p.relative_to(bag).parts[1] for p in bag.glob("data/*/*")]
    assert {"media", "answers", "captures", "custody", "web", "metadata"} <= set(held)
    video = next(bag.glob("data/media/*.mp4"))
    assert video.read_bytes() == room.world.video.requests_to("/video/farewell.mp4")[0].answer.body  # type: ignore[union-attr]
    room.run("export", noun, what, "--to", bag, code=64)


def test_doctor_finds_the_home_well(room: Room) -> None:
    told = room.run("doctor").stdout
    assert "BAD" not in told
    for what in ("settings", "database", "vault", "ffmpeg", "net", "X token"):
        assert re.search(rf"^ok +{what} ", told, re.MULTILINE), told


def test_datasette_opens_the_ledger(room: Room) -> None:
    pytest.importorskip("datasette")
    import asyncio
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from datasette.app import Datasette

        async def counted() -> Row:
            found: Row = (
                await served.client.get("/postwatch.json?sql=select+count(*)+as+n+from+post&_shape=objects")
            ).json()
            return found

        served = Datasette([str(room.home / "storage" / "postwatch.db")])
        assert asyncio.run(counted())["rows"] == [{"n": 3}]


def test_no_file_and_no_output_holds_a_secret(room: Room) -> None:
    assert room.world
    room.world.x.fault("/2/users*", _refusal_with_token(), times=2)
    room.run("once", "--all", code=3)
    room.run("doctor", code=1)
    room.rows("watches")
    secrets = [value.encode() for value in room.world.environment().values()]
    assert TOKEN.encode() in secrets
    for path in room.home.rglob("*"):
        held = path.read_bytes() if path.is_file() else b""
        assert not any(secret in held for secret in secrets), path
    assert not any(secret.decode() in text for secret in secrets for text in room.printed)
    with open_store(room.home / "storage" / "postwatch.db") as store:
        kept = [
            captures.body(store, row[0]) for row in store.all("SELECT body_sha256 FROM capture WHERE body_sha256 > ''")
        ]
    assert any(body and b"Bearer ***" in body for body in kept)
    assert not any(body and secret in body for body in kept for secret in secrets)
    logged = (room.home / "storage" / "logs" / "postwatch.jsonl").read_text()
    assert all(json.loads(line)["at"] for line in logged.splitlines())


def _refusal_with_token() -> "object":
    """A 401 that repeats the token, as careless proxies do."""
    from monitor.demo.world import faults

    return faults.answer(401, f'{{"title": "Unauthorized", "detail": "Bearer {TOKEN}", "status": 401}}'.encode())
