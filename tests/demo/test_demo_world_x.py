"""The world's X answers the real tweepy client, and as X's description says."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit, urlunsplit

import openapi
import pytest
import requests
import tweepy

from monitor.demo.world import World, faults
from monitor.demo.world.x import faults as x_faults
from monitor.demo.world.x.ids import time_of

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
FIELDS = [
    "attachments", "author_id", "conversation_id", "created_at", "display_text_range", "edit_controls", "entities",
    "in_reply_to_user_id", "lang", "note_tweet", "possibly_sensitive", "public_metrics", "referenced_tweets",
    "reply_settings", "withheld",
]  # fmt: skip
EVERYTHING = {
    "tweet_fields": FIELDS,
    "user_fields": [
        "created_at", "description", "protected", "public_metrics", "url", "verified", "verified_type", "withheld",
    ],
    "media_fields": [
        "alt_text", "duration_ms", "height", "preview_image_url", "public_metrics", "url", "variants", "width",
    ],
    "expansions": [
        "author_id", "attachments.media_keys", "referenced_tweets.id", "referenced_tweets.id.author_id",
        "referenced_tweets.id.attachments.media_keys", "in_reply_to_user_id", "edit_history_tweet_ids",
    ],
}  # fmt: skip


class ToWorld(requests.adapters.HTTPAdapter):
    """Sends what tweepy addresses to X to the world."""

    def __init__(self, base: str) -> None:
        self._base = urlsplit(base)
        super().__init__()

    def send(self, request, *args, **kwargs):
        parts = urlsplit(request.url)
        request.url = urlunsplit((self._base.scheme, self._base.netloc, parts.path, parts.query, ""))
        kwargs["timeout"] = 10
        return super().send(request, *args, **kwargs)


@pytest.fixture
def world() -> Iterator[World]:
    with World(now=NOW) as made:
        made.x.now = lambda: NOW
        yield made


@pytest.fixture
def client(world: World) -> Iterator[tweepy.Client]:
    made = tweepy.Client(world.token, return_type=dict)
    made.session.trust_env = False
    made.session.mount("https://api.twitter.com/", ToWorld(world.x.url))
    yield made
    made.session.close()


@pytest.fixture
def get(world: World) -> Iterator[Callable[..., requests.Response]]:
    with requests.Session() as session:
        session.trust_env = False
        session.headers["Authorization"] = f"Bearer {world.token}"
        yield lambda path, **params: session.get(world.x.url + path, params=params, timeout=10)


def test_every_endpoint_and_every_refusal_fits_the_published_description(world, client, get):
    story = world.story
    world.x.state.edit_post(story.old, "On my way to Port Selane. (demo, mended)", NOW - timedelta(days=2))
    story.notice.withheld_in = ("KP",)
    everyone = ["Horalenko_demo", "Locked_demo", "Banned_demo", "nobody_demo"]
    client.get_users(usernames=everyone, user_fields=EVERYTHING["user_fields"])
    client.get_users(ids=[a.id for a in world.x.state.accounts.values()] + ["17"])
    for account in world.x.state.accounts.values():
        client.get_user(username=account.username)
        client.get_user(id=account.id)
        client.get_users_tweets(account.id, max_results=5, **EVERYTHING)
    client.get_users_tweets(story.account.id)
    client.get_users_tweets(story.account.id, since_id=story.quote.id)
    client.get_tweets([*world.x.state.posts, "99"], **EVERYTHING)
    client.get_tweet(story.farewell.id, **EVERYTHING)
    client.get_tweet("99")
    client.search_recent_tweets("(from:Horalenko_demo OR from:nobody) has:videos", **EVERYTHING)
    client.request("GET", "/2/usage/tweets", params={"usage.fields": "cap_reset_day,daily_project_usage"})
    get("/2/tweets")
    get("/2/tweets", ids="x")
    get("/2/users/1/tweets", max_results="4")
    get("/2/users/1/tweets", nonsense="1")
    world.x.token = "another"
    get("/2/tweets", ids="1")
    world.x.token = world.token
    world.x.limit("/2/tweets", reset=NOW + timedelta(minutes=3))
    get("/2/tweets", ids="1")
    assert {r.answer.status for r in world.x.requests} == {200, 400, 401, 429}
    openapi.assert_answers_fit(world.x.requests)


def test_the_refusals_that_are_faults_fit_the_published_description_too(world, get):
    spec = openapi.required_spec()
    for fault in (x_faults.usage_cap(), x_faults.no_credits(), x_faults.forbidden(), x_faults.unavailable()):
        world.x.fault("/2/tweets", fault, times=1)
        get("/2/tweets", ids="1")
    for request in world.x.requests:
        request.faulty = False
    assert not list(openapi.misfits_of(world.x.requests, spec))


def test_the_check_against_the_description_sees_a_misspelt_field(world, client):
    spec = openapi.required_spec()
    world.x.hostile.unknown = True
    client.get_tweet(world.story.farewell.id, **EVERYTHING)
    assert any("x_unheard_of" in line for line in openapi.misfits_of(world.x.requests, spec))


def test_only_the_fields_that_are_asked_come(world, client):
    plain = client.get_tweet(world.story.farewell.id)
    assert plain == {
        "data": {
            "id": world.story.farewell.id,
            "text": world.story.farewell.text,
            "edit_history_tweet_ids": [world.story.farewell.id],
        }
    }


def test_ids_tell_their_time_and_are_beyond_what_a_double_holds(world):
    for post in world.x.state.posts.values():
        assert abs(time_of(post.id) - post.created_at) < timedelta(milliseconds=2)
        assert int(post.id) > 2**53


def test_pages_go_through_a_whole_timeline_once(world, client):
    for number in range(23):
        world.x.state.add_post(world.story.airport, f"Departure {number} (demo)", NOW + timedelta(seconds=number))
    pages = list(tweepy.Paginator(client.get_users_tweets, world.story.airport.id, max_results=10))
    ids = [p["id"] for page in pages for p in page["data"]]
    assert len(ids) == len(set(ids)) == 24
    assert ids == sorted(ids, key=int, reverse=True)
    assert pages[0]["meta"]["newest_id"] == ids[0]
    newest = client.get_users_tweets(world.story.airport.id, since_id=ids[2], max_results=5)
    assert [p["id"] for p in newest["data"]] == ids[:2]
    assert client.get_users_tweets(world.story.airport.id, since_id=ids[0])["meta"] == {"result_count": 0}


def test_replies_and_reposts_can_be_left_out_and_times_bound_the_page(world, client):
    account = world.story.account.id
    kept = client.get_users_tweets(account, exclude=["replies", "retweets"])
    assert [p["id"] for p in kept["data"]][:2] == [world.story.quote.id, world.story.farewell.id]
    span = {"start_time": NOW - timedelta(minutes=19), "end_time": NOW - timedelta(minutes=16)}
    assert [p["id"] for p in client.get_users_tweets(account, **span)["data"]] == [world.story.repost.id]


def test_a_repost_has_no_media_of_its_own_but_its_original_comes_beside_it(world, client):
    repost = world.x.state.add_post(world.story.airport, "", NOW, reposts=world.story.farewell)
    answer = client.get_tweet(repost.id, **EVERYTHING)
    assert "attachments" not in answer["data"]
    assert answer["data"]["text"].startswith("RT @Horalenko_demo: ")
    assert answer["includes"]["tweets"][0]["id"] == world.story.farewell.id
    variants = answer["includes"]["media"][0]["variants"]
    assert [v.get("bit_rate") for v in variants] == [None, 256_000, 832_000]


def test_a_long_post_is_whole_only_in_its_note(world, client):
    post = client.get_tweet(world.story.note.id, tweet_fields=["note_tweet"])["data"]
    assert len(post["text"]) == 280
    assert post["note_tweet"]["text"] == world.story.note.text


def test_an_edit_is_a_new_id_in_one_chain_and_deleting_takes_the_chain(world, client):
    first = world.story.old
    second = world.x.state.edit_post(first, "mended (demo)", NOW)
    both = client.get_tweets([first.id, second.id])["data"]
    assert [p["edit_history_tweet_ids"] for p in both] == [[first.id, second.id]] * 2
    assert both[0]["text"] != both[1]["text"]
    shown = [p["id"] for p in client.get_users_tweets(first.author_id)["data"]]
    assert second.id in shown
    assert first.id not in shown
    world.x.state.delete_post(first)
    assert "data" not in client.get_tweets([first.id, second.id])


@pytest.mark.parametrize(
    ("who", "title", "kind"),
    [
        ("deleted", "Not Found Error", "resource-not-found"),
        ("locked", "Authorization Error", "not-authorized-for-resource"),
        ("banned", "Authorization Error", "not-authorized-for-resource"),
    ],
)
def test_a_post_that_cannot_be_shown_is_a_partial_error(world, client, who, title, kind):
    authors = {"deleted": world.story.account, "locked": world.story.locked, "banned": world.story.banned}
    post = next(p for p in world.x.state.posts.values() if p.author_id == authors[who].id)
    if who == "deleted":
        world.x.state.delete_post(post)
    answer = client.get_tweets([world.story.farewell.id, post.id])
    assert [p["id"] for p in answer["data"]] == [world.story.farewell.id]
    (error,) = answer["errors"]
    assert (error["title"], error["type"].rpartition("/")[2], error["resource_id"]) == (title, kind, post.id)


def test_a_suspended_account_is_forbidden_with_the_type_of_a_missing_one(world, client):
    (error,) = client.get_user(username="Banned_demo")["errors"]
    assert (error["title"], error["type"].rpartition("/")[2]) == ("Forbidden", "resource-not-found")
    assert client.get_user(username="Locked_demo", user_fields=["protected"])["data"]["protected"] is True
    assert client.get_users_tweets(world.story.locked.id)["errors"][0]["title"] == "Authorization Error"


def test_windows_are_told_and_refuse_when_they_are_used_up(world, get):
    first = get("/2/tweets", ids="1").headers
    assert (first["x-rate-limit-limit"], first["x-rate-limit-remaining"]) == ("3500", "3499")
    world.x.limit("/2/tweets", remaining=1, reset=NOW + timedelta(minutes=2))
    assert [get("/2/tweets", ids="1").status_code for _ in range(3)] == [200, 429, 429]
    world.x.now = lambda: NOW + timedelta(minutes=2)
    assert get("/2/tweets", ids="1").status_code == 200
    world.x.limit("/2/tweets", times=1)
    refused = get("/2/tweets", ids="1")
    assert refused.status_code == 429
    assert "x-rate-limit-reset" not in refused.headers
    assert get("/2/tweets", ids="1").status_code == 200
    world.x.limit("/2/tweets", reset=NOW - timedelta(hours=1), times=1)
    refused = get("/2/tweets", ids="1")
    assert refused.headers["x-rate-limit-reset"] == str(int((NOW - timedelta(hours=1)).timestamp()))


def test_tweepy_tells_each_refusal_apart(world, client):
    for fault in (x_faults.usage_cap(), x_faults.no_credits(), x_faults.unauthorized(), x_faults.forbidden()):
        world.x.fault("/2/tweets", fault, times=1)
    world.x.fault("/2/tweets", x_faults.unavailable_html(), times=1)
    with pytest.raises(tweepy.TooManyRequests) as capped:
        client.get_tweets(["1"])
    assert capped.value.response.json()["type"].endswith("/usage-capped")
    assert capped.value.response.headers["x-rate-limit-remaining"] == "899"
    with pytest.raises(tweepy.HTTPException) as broke:
        client.get_tweets(["1"])
    assert broke.value.response.status_code == 402
    for kind in (tweepy.Unauthorized, tweepy.Forbidden, tweepy.TwitterServerError):
        with pytest.raises(kind):
            client.get_tweets(["1"])
    assert "errors" in client.get_tweets(["1"])
    assert world.x.meter.usd == 0


def test_json_can_break_off_and_html_can_come_with_200(world, get):
    world.x.fault("/2/users/*/tweets", faults.truncated(), times=1, after=1)
    path = f"/2/users/{world.story.account.id}/tweets"
    assert get(path).json()["meta"]["result_count"] == 7
    with pytest.raises(requests.exceptions.JSONDecodeError):
        get(path).json()
    world.x.fault("/2/*", faults.html_page())
    assert "<html" in get(path).text


def test_hostile_pages_repeat_come_empty_or_bring_a_post_twice(world, client):
    account = world.story.account.id
    for number in range(8):
        world.x.state.add_post(world.story.account, f"More {number} (demo)", NOW + timedelta(seconds=number))

    def page(token=None):
        return client.get_users_tweets(account, max_results=5, pagination_token=token)

    world.x.hostile.duplicates = True
    first = page()
    second = page(first["meta"]["next_token"])
    assert second["data"][0]["id"] == first["data"][-1]["id"]
    world.x.hostile.duplicates = False
    world.x.hostile.empty_pages = 2
    empty = page()
    assert empty == {"meta": {"result_count": 0, "next_token": "zzempty1"}}
    assert page("zzempty2")["data"] == first["data"]
    world.x.hostile.empty_pages = 0
    world.x.hostile.repeats = True
    same = page()
    assert page(same["meta"]["next_token"]) == same


def test_hostile_posts_miss_fields_hold_nulls_and_unknown_ones(world, client):
    world.x.hostile.missing, world.x.hostile.null, world.x.hostile.unknown = ("text",), ("attachments",), True
    answer = client.get_tweet(world.story.farewell.id, **EVERYTHING)
    assert "text" not in answer["data"]
    assert answer["data"]["attachments"] is None
    assert answer["includes"]["media"][-1]["type"] == "hologram"


def test_the_newer_names_are_given_and_taken_on_request(world, get):
    world.x.names = "post"
    fields = {"post.fields": "note_post,referenced_posts,withheld", "expansions": "referenced_posts"}
    world.story.quote.withheld_in = ("KP",)
    answer = get(f"/2/tweets/{world.story.quote.id}", **fields).json()
    assert answer["data"]["edit_history_post_ids"] == [world.story.quote.id]
    assert answer["data"]["referenced_posts"][0]["type"] == "quoted"
    assert answer["data"]["withheld"]["scope"] == "post"
    assert answer["includes"]["posts"][0]["id"] == world.story.notice.id
    assert get(f"/2/tweets/{world.story.note.id}", **{"tweet.fields": "note_tweet"}).json()["data"]["note_post"]
    assert get("/2/tweets/99").json()["errors"][0]["type"].startswith("https://api.x.com/")


def test_each_post_and_account_is_charged_once_a_day(world, client):
    ids = [world.story.farewell.id, world.story.quote.id]
    client.get_tweets(ids)
    client.get_tweets([*ids, "99"])
    assert world.x.meter.usd == pytest.approx(0.010)
    client.get_tweets(ids, expansions=["author_id", "referenced_tweets.id"])
    assert world.x.meter.usd == pytest.approx(0.025)
    client.get_user(username="horalenko_DEMO")
    assert world.x.meter.usd == pytest.approx(0.025)
    world.x.now = lambda: NOW + timedelta(days=1)
    client.get_tweets(ids)
    first = {"day": "2026-11-24", "requests": 4, "posts": 3, "users": 1, "usd": 0.025}
    assert world.x.meter.days() == [first, {"day": "2026-11-25", "requests": 1, "posts": 2, "users": 0, "usd": 0.01}]


def test_oembed_answers_as_publish_x_com_does(world):
    def ask(post_id):
        address = f"https://x.com/whoever/status/{post_id}"
        with requests.Session() as session:
            session.trust_env = False
            return session.get(f"{world.social.url}/oembed", params={"url": address}, timeout=10)

    answer = ask(world.story.farewell.id).json()
    assert answer["author_url"] == "https://twitter.com/Horalenko_demo"
    assert answer["html"].startswith('<blockquote class="twitter-tweet">')
    assert json.dumps(world.story.farewell.id) not in answer["html"]
    assert f"/status/{world.story.farewell.id}?ref_src" in answer["html"]
    locked = next(p for p in world.x.state.posts.values() if p.author_id == world.story.locked.id)
    assert (ask("99").status_code, ask(locked.id).status_code) == (404, 403)
