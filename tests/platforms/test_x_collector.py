"""The collector with the real tweepy against an X on loopback."""

import logging
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor import errors
from monitor.demo.world import faults
from monitor.demo.world.faults import Fault
from monitor.demo.world.x import faults as x_faults
from monitor.demo.world.x.server import TOKEN, XServer
from monitor.demo.world.x.state import XAccount, XMedia, XPost
from monitor.errors import PostwatchError
from monitor.model.post import Bill, Page
from monitor.model.spend import Ask
from monitor.net.guard import Guard
from monitor.platforms.x.collector import XCollector
from monitor.settings.declared import NetOptions

BEGIN = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


@dataclass
class Ledger:
    """A gate that lets all through and remembers."""

    asks: list[Ask] = field(default_factory=list)
    settled: dict[int, Bill] = field(default_factory=dict)

    def reserve(self, ask: Ask) -> int:
        self.asks.append(ask)
        return len(self.asks)

    def settle(self, ticket: int, bill: Bill) -> None:
        assert ticket not in self.settled
        self.settled[ticket] = bill


@pytest.fixture
def x() -> Iterator[XServer]:
    server = XServer()
    server.start()
    yield server
    server.close()
    assert not server.mistakes


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


@pytest.fixture
def collector(x: XServer, ledger: Ledger) -> XCollector:
    return XCollector(TOKEN, api_url=x.url, gate=ledger)


@pytest.fixture
def author(x: XServer) -> XAccount:
    return x.state.add_account("harbour_demo", "Harbour Desk (demo)", BEGIN - timedelta(days=900))


def publish(x: XServer, author: XAccount, count: int) -> list[XPost]:
    return [x.state.add_post(author, f"Post {n}", BEGIN + timedelta(minutes=n)) for n in range(count)]


def clip(key: str = "7_1858500000000000001") -> XMedia:
    variants = (("http://127.0.0.1/clip.mp4", "video/mp4", 832_000),)
    return XMedia(key, "video", 640, 360, variants, duration_ms=4000)


def ids(pages: list[Page]) -> list[str]:
    return [post.version_id for page in pages for post in page.posts]


def test_accounts_are_found_by_handle_and_the_missing_one_is_told(
    x: XServer, collector: XCollector, author: XAccount, ledger: Ledger
) -> None:
    page = collector.accounts_by_handle(["@Harbour_Demo", "nobody_demo", "no handle!", "harbour_demo"])
    assert [(a.platform_id, a.handle) for a in page.accounts] == [(author.id, "harbour_demo")]
    assert [(p.key, p.reason) for p in page.problems] == [("nobody_demo", "not_found"), ("no handle!", "unknown")]
    assert (ledger.asks[0].worst_users, ledger.settled[1]) == (2, Bill(users=frozenset({author.id})))


def test_accounts_are_found_by_id(collector: XCollector, author: XAccount) -> None:
    assert [a.handle for a in collector.accounts_by_id([author.id]).accounts] == ["harbour_demo"]


def test_a_suspended_account_is_told_as_suspended(x: XServer, collector: XCollector, author: XAccount) -> None:
    author.standing = "suspended"
    assert [p.reason for p in collector.accounts_by_handle(["harbour_demo"]).problems] == ["suspended"]


def test_a_timeline_comes_whole_over_all_pages_and_costs_what_x_charges(
    x: XServer, collector: XCollector, author: XAccount, ledger: Ledger
) -> None:
    posts = publish(x, author, 230)
    pages = list(collector.timeline(author.id))
    assert [len(page.posts) for page in pages] == [100, 100, 30]
    assert sorted(ids(pages)) == sorted(post.id for post in posts)
    assert pages[0].newest_id == posts[-1].id
    assert all(page.stopped is None for page in pages)
    assert [post.version_id for post in pages[0].posts] == [post.id for post in posts[-100:]]
    billed = [post_id for bill in ledger.settled.values() for post_id in bill.posts]
    assert sorted(billed) == sorted(post_id for _, post_id in x.meter.posts)
    assert all(not bill.users for bill in ledger.settled.values())


def test_a_timeline_since_an_id_holds_what_is_newer(x: XServer, collector: XCollector, author: XAccount) -> None:
    posts = publish(x, author, 8)
    assert ids(list(collector.timeline(author.id, since_id=posts[4].id))) == [post.id for post in posts[5:]]


def test_a_timeline_since_a_time_holds_what_is_newer(x: XServer, collector: XCollector, author: XAccount) -> None:
    posts = publish(x, author, 8)
    found = ids(list(collector.timeline(author.id, start_time=BEGIN + timedelta(minutes=5))))
    assert found == [post.id for post in posts[5:]]


@pytest.mark.parametrize(("limit", "stopped"), [(3, "limit"), (20, "limit"), (120, "limit"), (150, None)])
def test_a_limit_takes_the_newest_and_says_that_more_are_there(
    x: XServer, collector: XCollector, author: XAccount, limit: int, stopped: str | None
) -> None:
    posts = publish(x, author, 150)
    pages = list(collector.timeline(author.id, limit=limit))
    assert sorted(ids(pages)) == [post.id for post in posts[-limit:]]
    assert pages[-1].stopped == stopped


def test_a_limit_of_nothing_asks_nothing(collector: XCollector, author: XAccount, ledger: Ledger) -> None:
    assert list(collector.timeline(author.id, limit=0)) == []
    assert ledger.asks == []


def test_replies_and_reposts_are_left_out_unless_asked_for(
    x: XServer, collector: XCollector, author: XAccount, ledger: Ledger
) -> None:
    other = x.state.add_account("quay_demo", "Quay (demo)", BEGIN - timedelta(days=90))
    original = x.state.add_post(other, "The crane", BEGIN, media=[clip()])
    repost = x.state.add_post(author, "", BEGIN + timedelta(minutes=1), reposts=original)
    reply = x.state.add_post(author, "Yes", BEGIN + timedelta(minutes=2), reply_to=original)
    quote = x.state.add_post(author, "Look", BEGIN + timedelta(minutes=3), quotes=original)
    assert ids([collector.timeline_page(author.id)]) == [quote.id]
    page = collector.timeline_page(author.id, replies=True, reposts=True)
    kinds = {post.version_id: (post.kind, post.has_video) for post in page.posts}
    assert kinds == {repost.id: ("repost", False), reply.id: ("reply", False), quote.id: ("quote", False)}
    assert [(post.version_id, post.has_video) for post in page.included] == [(original.id, True)]
    assert ledger.settled[2].posts == {repost.id, reply.id, quote.id, original.id}


def test_a_lookup_gives_posts_with_author_and_video_and_tells_the_deleted_one(
    x: XServer, collector: XCollector, author: XAccount, ledger: Ledger
) -> None:
    kept = x.state.add_post(author, "words " * 100, BEGIN, media=[clip()])
    gone = x.state.add_post(author, "Gone", BEGIN + timedelta(minutes=1))
    x.state.delete_post(gone)
    page = collector.lookup([kept.id, gone.id, "123456789012345678901"])
    (post,) = page.posts
    assert (post.account.handle, post.text, post.has_video) == ("harbour_demo", "words " * 100, True)
    assert post.media[0].variants[0].bit_rate == 832_000
    assert [(p.key, p.reason, p.main) for p in page.problems] == [
        (gone.id, "not_found", True),
        ("123456789012345678901", "unknown", True),
    ]
    assert ledger.asks[0] == Ask("x", "tweets", 2, 2, "cited")


def test_an_edited_post_is_one_post_and_its_first_version_can_be_asked(
    x: XServer, collector: XCollector, author: XAccount
) -> None:
    first = x.state.add_post(author, "Frist", BEGIN)
    second = x.state.edit_post(first, "First", BEGIN + timedelta(minutes=4))
    found = {post.version_id: post for post in collector.lookup([first.id, second.id]).posts}
    assert {post.post_id for post in found.values()} == {first.id}
    assert (found[first.id].text, found[second.id].text) == ("Frist", "First")


@pytest.mark.parametrize("names", ["tweet", "post"])
def test_both_names_of_the_fields_parameter_work(x: XServer, ledger: Ledger, author: XAccount, names: str) -> None:
    x.names = names  # type: ignore[assignment]  # one of the two
    post = x.state.add_post(author, "long words " * 50, BEGIN, media=[clip()])
    collector = XCollector(TOKEN, api_url=x.url, gate=ledger, fields_parameter=f"{names}.fields")  # type: ignore[arg-type]  # one of the two
    for page in (collector.timeline_page(author.id, reposts=True), collector.lookup([post.id])):
        assert page.warnings == ()
        assert (page.posts[0].text, page.posts[0].has_video) == ("long words " * 50, True)


def test_the_exchange_is_kept_with_its_bytes_and_without_secrets(
    x: XServer, collector: XCollector, author: XAccount
) -> None:
    publish(x, author, 1)
    x.fault("*", Fault(headers={"Set-Cookie": "guest_id=demo"}))
    exchange = collector.timeline_page(author.id).exchange
    assert exchange.body == x.requests[-1].answer.body  # type: ignore[union-attr]  # answered
    assert exchange.url_asked == f"{x.url}{x.requests[-1].path}?{x.requests[-1].query_string}"
    assert (exchange.method, exchange.status) == ("x-api", 200)
    assert {"postwatch", "tweepy"} == exchange.tools.keys()
    assert exchange.started_at <= exchange.ended_at
    assert not any("cookie" in name.lower() for name, _ in exchange.headers)
    assert TOKEN not in repr(exchange)
    collector.timeline_page(author.id)
    assert "cookie" not in x.requests[-1].headers


def test_hostile_fields_lose_no_post(x: XServer, collector: XCollector, author: XAccount) -> None:
    publish(x, author, 3)
    x.hostile.unknown = True
    x.hostile.missing = ("edit_history_tweet_ids", "author_id", "created_at")
    x.hostile.null = ("attachments", "public_metrics", "referenced_tweets")
    page = collector.timeline_page(author.id)
    assert [(post.account.platform_id, len(post.chain)) for post in page.posts] == [(author.id, 1)] * 3
    assert any("x_unheard_of" in warning for warning in page.warnings)


def test_duplicates_across_pages_do_not_end_the_walk(x: XServer, collector: XCollector, author: XAccount) -> None:
    posts = publish(x, author, 210)
    x.hostile.duplicates = True
    assert set(ids(list(collector.timeline(author.id)))) == {post.id for post in posts}


def test_a_page_that_repeats_ends_the_walk_with_a_warning(x: XServer, collector: XCollector, author: XAccount) -> None:
    publish(x, author, 210)
    x.hostile.repeats = True
    pages = list(collector.timeline(author.id))
    assert len(pages) == 2
    assert pages[-1].stopped == "repeats"
    assert "repeat" in pages[-1].warnings[-1]


@pytest.mark.parametrize(("empty", "found", "stopped"), [(1, 3, None), (5, 3, None), (6, 0, "empty"), (50, 0, "empty")])
def test_empty_pages_are_followed_for_a_while(
    x: XServer, collector: XCollector, author: XAccount, empty: int, found: int, stopped: str | None
) -> None:
    publish(x, author, 3)
    x.hostile.empty_pages = empty
    pages = list(collector.timeline(author.id))
    assert (len(ids(pages)), pages[-1].stopped, len(pages)) == (found, stopped, min(empty, 5) + 1)


@pytest.mark.parametrize(
    ("fault", "expected", "settled"),
    [
        (x_faults.unauthorized(), errors.CredentialRefused, True),
        (x_faults.no_credits(), errors.NoCredits, True),
        (x_faults.forbidden(), errors.CredentialRefused, True),
        (x_faults.usage_cap(), errors.CapReached, True),
        (x_faults.usage_cap(reset=1), errors.CapReached, True),
        (x_faults.unavailable(), errors.ServerTrouble, True),
        (x_faults.unavailable_html(), errors.ServerTrouble, True),
        (faults.html_page(), errors.ServerTrouble, True),
        (faults.answer(429, b"{}", {"x-rate-limit-reset": "soon"}), errors.RateLimited, True),
        (faults.answer(429, b"[1]"), errors.RateLimited, True),
        (faults.answer(400, b'{"errors":null}'), errors.NotUnderstood, True),
        (faults.answer(400, b'{"errors":5,"error":6}'), errors.NotUnderstood, True),
        (faults.answer(500, b"[" * 100_000), errors.ServerTrouble, True),
        (faults.answer(204), errors.ServerTrouble, True),
        (faults.redirect("https://evil.example/2/users"), errors.ServerTrouble, True),
        (faults.redirect("/2/elsewhere", 307), errors.ServerTrouble, True),
        (faults.raw_bytes(b"[]", "application/json"), errors.NotUnderstood, False),
        (faults.truncated(), errors.ServerTrouble, False),
        (faults.cut(40), errors.ServerTrouble, False),
        (faults.short_body(), errors.ServerTrouble, False),
        (faults.gzip_bomb(40), errors.TooLarge, False),
        (Fault(headers={"Content-Encoding": "gzip"}), errors.ServerTrouble, False),
    ],
)
def test_each_fault_is_an_error_of_its_own_and_charged_only_where_x_may_charge(
    x: XServer, collector: XCollector, author: XAccount, ledger: Ledger, fault: Fault, expected: type, settled: bool
) -> None:
    publish(x, author, 5)
    x.fault("*", fault, times=1)
    with pytest.raises(PostwatchError) as caught:
        collector.timeline_page(author.id)
    assert type(caught.value) is expected
    assert caught.value.exchange is not None
    assert TOKEN not in f"{caught.value!r}{caught.value.__cause__!r}{caught.value.exchange!r}"
    assert ledger.settled == ({1: Bill()} if settled else {})
    assert len(x.requests) == 1
    assert len(collector.timeline_page(author.id).posts) == 5


def test_a_used_up_window_tells_when_it_resets(x: XServer, collector: XCollector, author: XAccount) -> None:
    reset = datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=9)
    x.limit("*", reset=reset)
    with pytest.raises(errors.RateLimited) as caught:
        collector.timeline_page(author.id)
    assert caught.value.retry_at == reset
    assert len(x.requests) == 1


def test_a_token_that_dies_midway_ends_the_walk_with_the_pages_so_far(
    x: XServer, collector: XCollector, author: XAccount
) -> None:
    publish(x, author, 230)
    x.fault("*", x_faults.unauthorized(), after=1)
    pages = collector.timeline(author.id)
    assert len(next(pages).posts) == 100
    with pytest.raises(errors.CredentialRefused):
        next(pages)


def test_a_slow_answer_is_a_passing_fault_that_may_cost(x: XServer, ledger: Ledger) -> None:
    x.fault("*", faults.delay(3))
    impatient = XCollector(TOKEN, api_url=x.url, gate=ledger, timeout=(1, 0.1))
    with pytest.raises(errors.ServerTrouble, match="no answer in time") as caught:
        impatient.accounts_by_id(["1"])
    assert caught.value.exchange is not None
    assert caught.value.exchange.status is None
    assert ledger.settled == {}


def test_a_closed_port_costs_nothing(ledger: Ledger) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    collector = XCollector(TOKEN, api_url=f"http://127.0.0.1:{port}", gate=ledger)
    with pytest.raises(errors.ServerTrouble, match="cannot be reached"):
        collector.accounts_by_id(["1"])
    assert ledger.settled == {1: Bill()}


def test_every_request_goes_through_the_proxy_whatever_the_environment_says(
    x: XServer, ledger: Ledger, author: XAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "*")
    proxy = f"http://guard:demo-credential@{x.host_port}"
    page = XCollector(TOKEN, api_url="http://127.0.0.1:1", gate=ledger, proxy=proxy).accounts_by_id([author.id])
    assert page.accounts[0].handle == "harbour_demo"
    assert x.requests[-1].headers["proxy-authorization"].startswith("Basic ")
    assert "demo-credential" not in repr(page.exchange)
    direct = XCollector(TOKEN, api_url=x.url, gate=ledger)
    assert direct.accounts_by_id([author.id]).accounts


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_guards_refusal_is_told_and_costs_nothing(x: XServer, ledger: Ledger, scheme: str) -> None:
    with Guard(NetOptions()) as guard:
        proxy = guard.pass_for("x")
        with pytest.raises(errors.Refused, match="port") as caught:
            XCollector(TOKEN, api_url=f"{scheme}://{x.host_port}", gate=ledger, proxy=proxy).accounts_by_id(["1"])
        assert urlsplit(proxy).password not in f"{caught.value!r}{caught.value.__cause__!r}"
    assert ledger.settled == {1: Bill()}
    assert x.requests == []


def test_the_guard_lets_through_what_the_settings_allow(x: XServer, ledger: Ledger, author: XAccount) -> None:
    with Guard(NetOptions(allow=(x.host_port,))) as guard:
        collector = XCollector(TOKEN, api_url=x.url, gate=ledger, proxy=guard.pass_for("x"))
        assert collector.accounts_by_id([author.id]).accounts[0].handle == "harbour_demo"


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_wrong_pass_is_a_refusal_and_a_dead_guard_is_not(x: XServer, ledger: Ledger, scheme: str) -> None:
    url = f"{scheme}://{x.host_port}"
    with Guard(NetOptions(allow=(x.host_port,))) as guard:
        wrong = f"http://x:wrong@127.0.0.1:{guard.port}"
        with pytest.raises(errors.Refused):
            XCollector(TOKEN, api_url=url, gate=ledger, proxy=wrong).accounts_by_id(["1"])
    with pytest.raises(errors.ServerTrouble, match="proxy"):
        XCollector(TOKEN, api_url=url, gate=ledger, proxy=wrong).accounts_by_id(["1"])
    assert ledger.settled == {1: Bill(), 2: Bill()}


def test_the_token_reaches_no_log_and_no_error(
    x: XServer, collector: XCollector, author: XAccount, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        for name in ("tweepy", "tweepy.client", "urllib3", "requests"):
            caplog.set_level(logging.DEBUG, name)
        publish(x, author, 1)
        collector.timeline_page(author.id)
        x.fault("*", x_faults.unauthorized())
        with pytest.raises(errors.CredentialRefused) as caught:
            collector.timeline_page(author.id)
    assert caplog.records
    assert TOKEN not in caplog.text
    assert TOKEN not in str(caught.value)


@pytest.mark.parametrize("token", ["", "  ", "line\nbreak", "sp ace", "\u0442\u043e\u043a\u0435\u043d", "nul\x00"])
def test_a_token_that_cannot_be_sent_is_refused_without_showing_it(token: str, ledger: Ledger) -> None:
    with pytest.raises(errors.CredentialRefused) as caught:
        XCollector(token, api_url="https://api.x.example", gate=ledger)
    assert not token.strip() or token not in str(caught.value)


def test_the_token_is_sent_in_clear_to_this_machine_only(ledger: Ledger) -> None:
    with pytest.raises(errors.UnusableSettings, match="https://"):
        XCollector(TOKEN, api_url="http://api.x.example", gate=ledger)


def test_what_cannot_be_asked_is_refused_before_anything_is_reserved(collector: XCollector, ledger: Ledger) -> None:
    for ask in (
        lambda: collector.lookup([]),
        lambda: collector.lookup([str(n) for n in range(101)]),
        lambda: collector.accounts_by_handle(["not a handle"]),
        lambda: collector.timeline_page("../2/tweets"),
    ):
        with pytest.raises(errors.WrongUse):
            ask()
    assert ledger.asks == []


def test_no_budget_means_no_request(x: XServer) -> None:
    class Closed(Ledger):
        def reserve(self, ask: Ask) -> int:
            raise errors.BudgetSpent("the month's budget is spent")

    with pytest.raises(errors.BudgetSpent):
        XCollector(TOKEN, api_url=x.url, gate=Closed()).lookup(["1"])
    assert x.requests == []


BODIES = st.binary(max_size=40) | st.sampled_from(
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        b"null",
        b'{"errors":[null,1,"x",{"message":5}]}',
        b'{"error":{"code":1}}',
        b'{"detail":3}',
    ]
)
HEADERS = st.dictionaries(
    st.sampled_from(["x-rate-limit-reset", "Location", "Content-Encoding", "Content-Type", "Retry-After"]),
    st.sampled_from(
        ["", "x", "gzip", "-1", "99999999999999999999", "http://[", "//", "/2/users", "text/html; charset=nope"]
    ),
)


def test_whatever_is_served_becomes_a_page_or_an_error_of_ours(x: XServer, collector: XCollector) -> None:
    @settings(max_examples=120, deadline=None)
    @given(st.sampled_from([200, 202, 300, 302, 304, 400, 401, 402, 403, 404, 418, 429, 500, 503]), BODIES, HEADERS)
    def serve(status: int, body: bytes, headers: dict[str, str]) -> None:
        x.fault("*", faults.answer(status, body, headers), times=1)
        try:
            collector.accounts_by_id(["1"])
        except PostwatchError as error:
            assert error.exchange is not None
        x.mend()

    serve()


def test_a_missing_ca_bundle_stops_the_start(ledger: Ledger) -> None:
    with pytest.raises(errors.UnusableSettings, match="ca_bundle"):
        XCollector(TOKEN, api_url="https://api.x.example", gate=ledger, ca_bundle="/nowhere/ca.pem")


def test_threads_share_a_collector_and_each_gets_its_own_answer(x: XServer, collector: XCollector) -> None:
    names = [f"demo_{n}" for n in range(8)]
    for name in names:
        x.state.add_account(name, name, BEGIN - timedelta(days=10))
    found: dict[str, str | None] = {}

    def ask(name: str) -> None:
        for _ in range(5):
            found[name] = collector.accounts_by_handle([name]).accounts[0].handle

    threads = [threading.Thread(target=ask, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {name: name for name in names}
