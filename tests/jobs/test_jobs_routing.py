"""From facts to planned deliveries: who hears, when, with what, and why not."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor import clock
from monitor.alert.rules import decide
from monitor.errors import WrongUse
from monitor.jobs import answer_alerts
from monitor.jobs.facets import completed
from monitor.jobs.routing import Router, narrowed
from monitor.jobs.try_rules import dry_run
from monitor.model.alert import Fact, Route
from monitor.settings import Settings, load
from monitor.settings.rules import Rule
from monitor.store import alerts, bundles, channel_states, deliveries, mutes
from monitor.store.deliveries import Due
from monitor.store.open import Store, memory_store

NOON = datetime(2026, 11, 24, 12, 20, tzinfo=UTC)
CHANNELS = """
[[channel]]
name = "hook"
url = "webhook+https://hooks.example.org/a"

[[channel]]
name = "mail"
url = "mailto://mail.example.org?to=desk@example.org"
"""
NIGHT = """
[[channel]]
name = "night"
url = "mailto://mail.example.org?to=night@example.org"
"""
PEOPLE = """
[[person]]
name = "Ada"
channels = ["night"]
quiet = "22:00-07:00"
zone = "Europe/Warsaw"
desks = ["world"]
"""
ESCALATION = """
[[escalation]]
after = "10m"
people = ["Ada"]
again = "30m"
times = 2
"""


@pytest.fixture
def made(home: Path) -> Callable[..., Settings]:
    """Settings with three channels: a webhook, a mail for all, a mail of one person."""

    def make(people: str = PEOPLE, rules: str = "", more: str = "") -> Settings:
        config = home / "config"
        (config / "postwatch.toml").write_text(more + CHANNELS + (NIGHT if people else ""), encoding="utf-8")
        (config / "people.toml").write_text(people, encoding="utf-8")
        (config / "rules.toml").write_text(rules, encoding="utf-8")
        return load(home, {"POSTWATCH_CHANNEL_HOOK_SECRET": "whsec_c2VjcmV0c2VjcmV0c2VjcmV0"})

    return make


def fact(n: int = 1, kind: str = "post_new", priority: str = "normal", **more: object) -> Fact:
    made = Fact(kind, f"{kind}:x:{n}", f"Fact {n}", NOON, priority, platform="x", tells_of=f"post:x:{n}")
    return replace(made, **more)  # type: ignore[arg-type]


def told(chosen: Settings, store: Store, one: Fact, now: datetime = NOON) -> dict[str, Route]:
    """Writes the alert as `tell` does; gives its first routes by channel."""
    router = Router(chosen)
    decision = decide(one, chosen.rules, tuple(router.lines), router.people)
    routes = router.routes(store, one, decision, now)
    assert alerts.add(store, one, decision.priority, routes, now, decision.rules)
    return {route.channel: route for route in routes if not route.step}


def drained(store: Store, now: datetime) -> list[Due]:
    found = []
    while due := deliveries.lease_due(store, now):
        deliveries.sent(store, due, now)
        found.append(due)
    return found


def test_programs_hear_at_once_and_people_in_their_time(made: Callable[..., Settings], store: Store) -> None:
    routes = told(made(), store, fact())
    assert (routes["hook"].slot, routes["hook"].not_before) == ("", NOON)
    assert (routes["mail"].slot, routes["mail"].not_before) == ("hourly", NOON.replace(hour=13, minute=0))
    assert {r.slot for r in told(made(), store, fact(2, "post_gone", "flash")).values()} == {""}
    assert [due.channel for due in drained(store, NOON)] == ["hook", "hook", "mail", "night"]
    waiting = [(channel, slot, count) for channel, slot, _, count in bundles.waiting(store, NOON)]
    assert waiting == [("mail", "hourly", 1), ("night", "hourly", 1)]


def test_a_group_goes_out_as_one_message_and_takes_in_no_more(made: Callable[..., Settings], store: Store) -> None:
    settings = made()
    for n in range(3):
        told(settings, store, fact(n, "post_edited", "urgent"), NOON + timedelta(minutes=n))
    late = NOON + timedelta(minutes=5)
    due = next(d for d in drained(store, late) if d.channel == "mail")
    assert (len(due.alerts), due.message_id) == (3, due.bundle)
    told(settings, store, fact(9, "post_edited", "urgent"), late)
    (again,) = [d for d in drained(store, late + timedelta(minutes=5)) if d.channel == "mail"]
    assert again.message_id == alerts.alert_id("post_edited:x:9"), "one alert goes under its own id"


def test_a_bundle_is_the_same_on_every_attempt(made: Callable[..., Settings], store: Store) -> None:
    settings = made(people="")
    for n in range(2):
        told(settings, store, fact(n, "post_edited", "urgent"))
    late = NOON + timedelta(minutes=5)
    first = next(d for d in iter(lambda: deliveries.lease_due(store, late), None) if d and d.channel == "mail")
    deliveries.release_all(store)  # what a start after a crash does
    told(settings, store, fact(3, "post_edited", "urgent"), late)
    again = next(d for d in iter(lambda: deliveries.lease_due(store, late), None) if d and d.channel == "mail")
    assert (again.message_id, again.alerts, again.attempts) == (first.message_id, first.alerts, 2)


def test_quiet_hours_hold_all_but_flash_until_morning(made: Callable[..., Settings], store: Store) -> None:
    night = datetime(2026, 11, 24, 23, tzinfo=UTC)
    settings = made()
    seven = datetime(2026, 11, 25, 6, tzinfo=UTC)
    urgent = told(settings, store, fact(1, "post_edited", "urgent"), night)["night"]
    assert (urgent.slot, urgent.not_before) == ("quiet", seven)
    assert "quiet hours of Ada" in urgent.held
    assert told(settings, store, fact(2), night)["night"].not_before == seven
    assert told(settings, store, fact(3, "post_gone", "flash"), night)["night"].not_before == night
    # The group of 21:58 would close in quiet hours.
    evening = datetime(2026, 11, 25, 20, 58, tzinfo=UTC)
    assert told(settings, store, fact(4, "post_edited", "urgent"), evening)["night"].slot == "quiet"
    (morning,) = [d for d in drained(store, seven) if d.channel == "night" and d.bundle]
    assert len(morning.alerts) == 2


def test_desks_are_kept_apart_and_what_has_none_is_everybodys(made: Callable[..., Settings], store: Store) -> None:
    settings = made()
    assert set(told(settings, store, fact(1, desks=("sport",)))) == {"hook", "mail"}
    assert set(told(settings, store, fact(2, desks=("World", "sport")))) == {"hook", "mail", "night"}
    assert set(told(settings, store, fact(3))) == {"hook", "mail", "night"}
    named = made(rules='[[rule]]\nname = "r"\npeople = ["Ada"]\n')
    assert set(told(named, store, fact(4, desks=("sport",)))) == {"night"}


def test_suggestions_stay_on_the_desk_unless_a_rule_asks_for_them(made: Callable[..., Settings], store: Store) -> None:
    assert told(made(), store, fact(1, "citation_suggested")) == {}
    assert told(made(rules='[[rule]]\nname = "all"\n'), store, fact(2, "citation_suggested")) == {}
    asked = made(rules='[[rule]]\nname = "s"\nkinds = ["citation_suggested"]\nchannels = ["hook"]\n')
    assert set(told(asked, store, fact(3, "citation_suggested"))) == {"hook"}


def test_what_concerns_ourselves_is_heard_whatever_the_rules(made: Callable[..., Settings], store: Store) -> None:
    settings = made(rules='[[rule]]\nname = "videos"\nkinds = ["post_new"]\nchannels = ["hook"]\n')
    assert set(told(settings, store, fact(1, "collector_broken", "urgent"))) == {"hook", "mail", "night"}
    assert set(told(settings, store, fact(2, "citation_new"))) == set()
    down = fact(3, "channel_down", "urgent", payload={"channel": "mail"})
    assert set(told(settings, store, down)) == {"hook", "night"}


def test_a_mute_sets_aside_and_ends(made: Callable[..., Settings], store: Store) -> None:
    settings, until = made(), NOON + timedelta(hours=2)
    key = mutes.add(store, "account", "x:Harbour_Desk", until=until, reason="", actor="user:ada", now=NOON)
    about = fact(1, handle="harbour_desk")
    routes = told(settings, store, about)
    assert {r.suppressed for r in routes.values()} == {
        f"account x:Harbour_Desk is muted until {clock.text(until)} by user:ada"
    }
    assert drained(store, until) == []
    assert not told(settings, store, replace(about, dedup_key="2"), until)["hook"].suppressed
    assert mutes.end(store, key, "user:ben", NOON)
    assert not mutes.end(store, key, "user:ben", NOON)
    assert not told(settings, store, replace(about, dedup_key="3"))["hook"].suppressed


def test_a_muted_rule_silences_only_what_no_other_rule_asks_for(made: Callable[..., Settings], store: Store) -> None:
    two = '[[rule]]\nname = "a"\nkinds = ["post_new"]\n[[rule]]\nname = "b"\ntags = ["ministry"]\n'
    settings = made(rules=two)
    mutes.add(store, "rule", "a", until=None, reason="", actor="user:ada", now=NOON)
    assert told(settings, store, fact(1))["hook"].suppressed
    assert not told(settings, store, fact(2, tags=("ministry",)))["hook"].suppressed


def test_very_many_become_one_summary_a_channel_and_none_is_lost(made: Callable[..., Settings], store: Store) -> None:
    settings = made(people="", more="[alerts]\nstorm_after = 20\nstorm_after_machines = 100\n")
    for n in range(1000):
        told(settings, store, fact(n, "post_gone", "flash"), NOON + timedelta(milliseconds=50 * n))
    after = NOON + timedelta(minutes=3)
    messages = drained(store, after)
    assert sorted((d.channel, len(d.alerts)) for d in messages) == [("hook", 1000), ("mail", 1000)]
    listed = alerts.listing(store)
    assert len(listed) == 1000
    assert {d["state"] for row in listed for d in row["deliveries"]} == {"sent"}  # type: ignore[attr-defined]
    # A quiet hour later each alert goes by itself again.
    later = NOON + timedelta(hours=1)
    assert told(settings, store, fact(2000, "post_gone", "flash"), later)["mail"].slot == ""


def test_an_escalation_goes_on_until_somebody_acknowledges(made: Callable[..., Settings], store: Store) -> None:
    settings = made(people=PEOPLE + ESCALATION)
    told(settings, store, fact(1, "post_gone", "flash"))
    told(settings, store, fact(2, "post_edited", "urgent"))
    one = alerts.alert_id("post_gone:x:1")
    assert {d.step for d in drained(store, NOON + timedelta(minutes=9))} == {0}
    (second,) = [d for d in drained(store, NOON + timedelta(minutes=10)) if d.step]
    assert (second.channel, second.alert_id, second.message_id) == ("night", one, f"{one}.1")
    (done,) = answer_alerts.ack(store, [one], "user:ada", NOON + timedelta(minutes=11))
    assert done.changed
    assert [d for d in drained(store, NOON + timedelta(hours=2)) if d.step] == []
    (again,) = answer_alerts.ack(store, [one[:20]], "user:ben", NOON + timedelta(hours=1))
    assert not again.changed and "user:ada" in again.words
    assert [act["act"] for act in answer_alerts.history(store, one)] == ["ack"]
    assert alerts.row(store, one)["acked_by"] == "user:ada"


def test_what_no_rule_wants_told_is_not_escalated(made: Callable[..., Settings], store: Store) -> None:
    chosen = made(people=PEOPLE + ESCALATION, rules='[[rule]]\nname = "new"\nkinds = ["post_new"]\n')
    told(chosen, store, fact(1, "post_gone", "flash"))
    assert drained(store, NOON + timedelta(days=1)) == []


def test_a_snooze_holds_all_about_it_and_comes_back(made: Callable[..., Settings], store: Store) -> None:
    settings = made(people="")
    told(settings, store, fact(1, "post_gone", "flash"))
    drained(store, NOON)
    one, until = alerts.alert_id("post_gone:x:1"), NOON + timedelta(hours=2)
    answer_alerts.snooze(store, one, until, "user:ada", NOON)
    restored = told(settings, store, fact(1, "post_restored", "urgent"), NOON + timedelta(hours=1))
    assert {r.not_before for r in restored.values()} == {until}
    assert drained(store, until - timedelta(seconds=1)) == []
    assert sorted((d.channel, d.step) for d in drained(store, until)) == [
        ("hook", 0),
        ("hook", 1),
        ("mail", 0),
        ("mail", 1),
    ]
    with pytest.raises(WrongUse):
        answer_alerts.snooze(store, one, NOON, "user:ada", NOON)
    with pytest.raises(WrongUse):
        answer_alerts.snooze(store, "alert_nothing", until, "user:ada", NOON)


def test_what_did_not_get_through_is_sent_again_under_its_id(made: Callable[..., Settings], store: Store) -> None:
    settings = made(people="")
    mutes.add(store, "channel", "hook", until=None, reason="", actor="user:ada", now=NOON)
    told(settings, store, fact(1, "post_gone", "flash"))
    assert [d.channel for d in drained(store, NOON)] == ["mail"]
    router = Router(settings)
    (done,) = answer_alerts.replay(store, router, "user:ada", NOON, since=clock.text(NOON))
    assert done.changed
    assert [(d.channel, d.message_id) for d in drained(store, NOON)] == [("hook", alerts.alert_id("post_gone:x:1"))]
    assert answer_alerts.replay(store, router, "user:ada", NOON, since=clock.text(NOON)) == []
    answer_alerts.replay(store, router, "user:ada", NOON, since=clock.text(NOON), channel="mail", also_sent=True)
    assert [d.channel for d in drained(store, NOON)] == ["mail"]
    with pytest.raises(WrongUse):
        answer_alerts.replay(store, router, "user:ada", NOON, since="", channel="nobody")


def test_good_news_go_to_those_who_had_the_bad(made: Callable[..., Settings], store: Store) -> None:
    alerts.add(store, fact(1, "post_gone", "flash"), "flash", [Route("hook", NOON)], NOON)
    everybody: Sequence[Route] = [Route("hook", NOON), Route("mail", NOON)]
    assert [r.channel for r in narrowed(store, everybody, "post:x:1", "post_gone")] == ["hook"]
    assert narrowed(store, everybody, "post:x:2", "post_gone") == []


def test_a_switched_off_channel_gets_nothing_until_its_address_changes(
    made: Callable[..., Settings], store: Store
) -> None:
    settings = made(people="")
    channel_states.disable(store, "hook", "webhook+https://hooks.example.org/a", "HTTP 410", NOON)
    assert "postwatch alerts test hook" in told(settings, store, fact(1))["hook"].suppressed
    channel_states.disable(store, "hook", "webhook+https://hooks.example.org/old", "HTTP 410", NOON)
    assert not told(settings, store, fact(2))["hook"].suppressed


def test_a_dry_run_says_how_often_a_rule_would_have_fired(made: Callable[..., Settings], store: Store) -> None:
    settings = made(people="")
    for n in range(12):
        told(settings, store, fact(n, text="The harbour bridge" if n % 2 else "Nothing", tags=("ministry",)))
    told(settings, store, fact(99, "citation_new", text="A harbour", desks=("world",)))
    rules = [
        Rule(name="harbour", pattern="harbour"),
        Rule(name="never", platforms=("bluesky",)),
        Rule(name="desk", desks=("world",)),
    ]
    found = dry_run(store, rules, NOON)
    assert [f.sentence for f in found] == [
        "this rule would have fired 7 times: 6 post_new, 1 citation_new",
        "this rule would never have fired, of 13 facts",
        "this rule would have fired once: 1 citation_new",
    ]
    assert dry_run(store, rules, NOON + timedelta(days=31))[0].of == 0


def test_facts_know_publisher_desk_and_language_of_what_they_are_about(store: Store) -> None:
    with store.change() as db:
        db.execute(
            "INSERT INTO article (url, publisher, desk, language, own, seen_at) VALUES ('https://a.example.org/1', 'a.example.org', 'world', 'uk', 1, '2026')"
        )
        db.execute(
            "INSERT INTO account (platform, platform_id, handle, first_seen_at, last_seen_at) VALUES ('x', '7', 'harbour_desk', '2026', '2026')"
        )
        db.execute(
            """INSERT INTO watch (kind, platform, target, account_id, every_seconds, desk, origin, next_look_at, created_at)
            VALUES ('account', 'x', 'x:harbour_desk', 1, 60, 'night', 'cli', '2026', '2026')"""
        )
    bare = Fact(
        "post_gone",
        "k",
        "s",
        NOON,
        platform="x",
        account_id="7",
        payload={"articles": ["https://a.example.org/1"], "post_id": "179"},
    )
    whole = completed(store, bare)
    assert (whole.publishers, whole.desks, whole.language) == (("a.example.org",), ("world", "night"), "uk")
    assert (whole.articles, whole.tells_of) == (("https://a.example.org/1",), "post:x:179")


@pytest.fixture(scope="module")
def blank() -> Iterator[Store]:
    with memory_store() as made:
        yield made


_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["post_new", "citation_new", "post_edited", "post_gone"]),
        st.sampled_from(["flash", "urgent", "normal", "info"]),
        st.integers(0, 7200),
        st.booleans(),
    ),
    min_size=1,
    max_size=25,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(_STEPS)
def test_whatever_comes_when_each_alert_reaches_each_channel_once(
    made: Callable[..., Settings], blank: Store, steps: list[tuple[str, str, int, bool]]
) -> None:
    chosen, now, sent = made(), NOON, list[tuple[str, str]]()
    with Store(":memory:") as store:
        blank.connection.backup(store.connection)
        for n, (kind, priority, wait, work) in enumerate(steps):
            now += timedelta(seconds=wait)
            routes = told(chosen, store, fact(n, kind, priority), now)
            assert all(route.not_before >= now for route in routes.values())
            if priority == "flash" and not any(route.slot == "storm" for route in routes.values()):
                assert {route.not_before for route in routes.values()} == {now}
            if work:
                sent += [(due.channel, one) for due in drained(store, now) for one in due.alerts]
        sent += [(due.channel, one) for due in drained(store, now + timedelta(days=2)) for one in due.alerts]
        ids = [alerts.alert_id(f"{kind}:x:{n}") for n, (kind, *_) in enumerate(steps)]
    assert sorted(sent) == sorted((channel, one) for channel in ("hook", "mail", "night") for one in ids)
