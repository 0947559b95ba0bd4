"""What becomes of cited posts: looks by the clock, verdicts that can be believed, alarms that name article and paragraph."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from e2e_room import Row
from fault_desk import Desk, desk_in

from monitor import clock
from monitor.demo.world import faults
from monitor.demo.world.story import HANDLE
from monitor.demo.world.x import faults as x_faults
from monitor.jobs import open_cases, work_cases
from monitor.jobs.work_cases import Work
from monitor.model.case import Hand, Verdict
from monitor.store.open import open_store


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The story told and kept; the feed is our own site's."""
    with desk_in(tmp_path) as made:
        made.settle(articles=True, every="30d")
        watches = (made.home / "config" / "watches.toml").read_text()
        # Another account that is watched: its posts are the control.
        watches += '\n[[account]]\nhandle = "SelaneAir_demo"\npurpose = "demo"\nevery = "30d"\n'
        made.write(watches=watches.replace("[[feed]]\n", "[[feed]]\nown = true\n"))
        made.once()
        yield made


def _farewell(desk: Desk) -> Row:
    found = desk.world.story.farewell
    assert found is not None
    return next(p for p in desk.rows("posts") if p["post_id"] == found.chain[0])


def _state(desk: Desk) -> tuple[str, str | None]:
    told = _farewell(desk)["availability"]
    return told["state"], told["reason"]


def _alerts(desk: Desk, kind: str) -> list[Row]:
    return [a for a in desk.rows("alerts") if a["kind"] == kind]


def test_a_deleted_post_is_suspect_then_gone_and_the_alarm_names_article_and_paragraph(desk: Desk) -> None:
    assert _state(desk) == ("available", None)
    desk.once(later="+1h")
    assert _state(desk) == ("available", None)
    desk.world.x.state.delete_post(desk.world.story.farewell)  # type: ignore[arg-type]  # it is told
    desk.once(later="+2h")
    assert _state(desk)[0] == "suspect"
    assert _alerts(desk, "post_gone") == []
    desk.once(later="+121m")
    assert _state(desk)[0] == "suspect"
    desk.once(later="+126m")
    assert _state(desk) == ("gone", "deleted by author")
    evidence = _farewell(desk)["availability"]["evidence"]
    assert "x-api did not find it" in evidence and "author was live" in evidence and "control post" in evidence
    (alarm,) = _alerts(desk, "post_gone")
    assert alarm["priority"] == "flash"
    assert set(alarm["articles"]) == {desk.world.story.article_url("embed"), desk.world.story.article_url("link")}
    assert f"@{HANDLE}" in alarm["subject"] and "paragraph" in alarm["subject"]
    assert alarm["copy"] and alarm["text"]
    assert [d["state"] for d in alarm["deliveries"]] == ["sent"]
    desk.once(later="+3h")
    assert len(_alerts(desk, "post_gone")) == 1


def test_a_decided_case_is_open_again_when_its_post_vanishes_and_goes_into_the_package(
    desk: Desk, tmp_path: Path
) -> None:
    ada, ben = Hand("user:demo-ada", "user:demo-ada"), Hand("user:demo-ben", "user:demo-ben")
    said = Verdict("authentic", "accurate", "They waved", ("OriginalMediaContent",), "", "", "Two copies compared.")
    post = _farewell(desk)["post_id"]
    with open_store(desk.home / "storage" / "postwatch.db") as store:
        number, _ = open_cases.run(store, open_cases.on_post(store, "x", post), ada)
        work_cases.comment(Work(store, number, ada, 99), "only among ourselves")
        work_cases.decide(Work(store, number, ada, 99), said)
        work_cases.sign_off(Work(store, number, ben, 99), 1, "agree", "")
    assert [c["state"] for c in desk.rows("cases")] == ["decided"]
    desk.run("export", "post", f"x:{post}", "--to", tmp_path / "signed")
    review = json.loads((tmp_path / "signed" / "data" / "metadata" / f"mediareview-{number}.json").read_text())
    assert review["itemReviewed"]["mediaItemAppearance"][0]["sha256"] == _farewell(desk)["media"][0]["sha256"]
    desk.world.x.state.delete_post(desk.world.story.farewell)  # type: ignore[arg-type]  # it is told
    desk.once(later="+1h")
    desk.once(later="+66m")
    (case,) = desk.rows("cases")
    assert (case["state"], case["verdict"]["current"]) == ("reopened", False)
    assert case["reopened_why"] == "the post was taken away after the verdict"
    desk.run("export", "post", f"x:{post}", "--to", tmp_path / "package")
    metadata = tmp_path / "package" / "data" / "metadata"
    told = json.loads((metadata / f"case-{number}.json").read_text())
    assert [line["action"] for line in told["history"]] == ["open case", "comment", "verdict", "sign off", "post gone"]
    assert "among ourselves" not in (metadata / f"case-{number}.json").read_text()
    assert not (metadata / f"mediareview-{number}.json").exists(), "a verdict that no longer holds is not published"
    events = "".join(p.read_text() for p in (tmp_path / "package" / "data" / "custody").iterdir())
    assert f'"subject":"case:{number}"' in events


def test_a_restored_post_is_told_once(desk: Desk) -> None:
    story, x = desk.world.story, desk.world.x.state
    x.delete_post(story.farewell)  # type: ignore[arg-type]
    desk.once(later="+1h")
    desk.once(later="+66m")
    assert _state(desk)[0] == "gone"
    x.delete_post(story.farewell, deleted=False)  # type: ignore[arg-type]
    desk.once(later="+26h")
    assert _state(desk) == ("restored", None)
    (told,) = _alerts(desk, "post_restored")
    assert story.article_url("embed") in told["articles"]


@pytest.mark.parametrize(
    ("standing", "protected", "reason"),
    [
        ("suspended", False, "account suspended"),
        ("deleted", False, "account gone"),
        ("active", True, "protected"),
    ],
)
def test_what_became_of_the_author_is_the_reason(desk: Desk, standing: str, protected: bool, reason: str) -> None:
    account = desk.world.story.account
    account.standing, account.protected = standing, protected  # type: ignore[assignment]  # one of its values
    desk.once(later="+1h")
    desk.once(later="+66m")
    assert _state(desk) == ("gone", reason)
    assert len(_alerts(desk, "post_gone")) == 1
    assert len(_alerts(desk, "account_unavailable")) == 1


def test_without_a_control_it_stays_suspect_and_says_so(desk: Desk) -> None:
    desk.world.story.airport.standing = "suspended"
    desk.world.x.state.delete_post(desk.world.story.farewell)  # type: ignore[arg-type]
    for later in ("+1h", "+66m", "+80m", "+2h"):
        desk.once(later=later)
    assert _state(desk)[0] == "suspect"
    assert "no control post was seen live" in _farewell(desk)["availability"]["evidence"]
    assert _alerts(desk, "post_gone") == []


@pytest.mark.parametrize(
    "refusal",
    [
        x_faults.unauthorized(),
        x_faults.usage_cap(),
        x_faults.unavailable(),
        faults.html_page(),
        faults.answer(200, b"{}"),
    ],
    ids=["credentials", "cap", "outage", "html", "drift"],
)
def test_an_outage_or_our_own_credentials_are_never_a_verdict(desk: Desk, refusal: faults.Fault) -> None:
    desk.world.x.fault("/2/tweets*", refusal)
    desk.world.x.state.delete_post(desk.world.story.farewell)  # type: ignore[arg-type]
    for later in ("+1h", "+2h", "+3h"):
        desk.once(later=later)
    assert _state(desk) == ("available", None)
    assert {o["seen"] for o in desk.rows("observations")} & {"unanswered", "unknown"}
    desk.world.mend()
    desk.once(later="+10h")
    assert _state(desk)[0] == "suspect"
    assert _alerts(desk, "post_gone") == []


def test_an_edit_of_a_cited_post_shows_what_was_said_and_what_is_said(desk: Desk) -> None:
    story = desk.world.story
    assert story.farewell is not None
    desk.world.x.state.edit_post(story.farewell, "President Dovrin went on waving. Nobody answered. #demo", story.now)
    desk.once(later="+1h")
    assert _farewell(desk)["versions"] == 2
    (told,) = _alerts(desk, "post_edited")
    assert told["priority"] == "urgent"
    assert "Premier Teshko" in told["before"] and "Nobody answered" in told["after"]
    assert "{+" in told["difference"] and story.article_url("embed") in told["articles"]
    assert _state(desk) == ("available", None)


def test_a_post_that_was_gone_before_us_is_link_rot_and_no_alarm(tmp_path: Path) -> None:
    with desk_in(tmp_path) as desk:
        desk.world.x.state.delete_post(desk.world.story.farewell)  # type: ignore[arg-type]
        desk.settle(articles=True, every="30d")
        desk.once()
        desk.once(later="+1h")
        desk.once(later="+66m")
        assert _alerts(desk, "post_gone") == []
        assert desk.rows("observations")[-1]["seen"] == "not_found"


def test_looks_cost_no_more_than_x_charges_and_are_listed(desk: Desk) -> None:
    desk.once(later="+1h")
    spent, charged = sum(row["usd"] for row in desk.rows("spend")), desk.world.x.meter.usd
    if clock.now().date() == (clock.now() + timedelta(hours=1)).date():
        assert spent == pytest.approx(charged)
    else:
        # The command's clock has passed midnight (UTC) and X's has not: what was read before counts anew for us alone.
        assert spent >= charged
    rows = [o for o in desk.rows("observations") if o["post_id"] == _farewell(desk)["post_id"]]
    assert len(rows) >= 2
    assert {"post_id", "platform", "method", "at", "seen"} <= rows[0].keys()


def test_another_publishers_article_goes_to_the_digest(tmp_path: Path) -> None:
    with desk_in(tmp_path) as desk:
        desk.settle(articles=True, every="30d")
        text = (desk.home / "config" / "watches.toml").read_text()
        desk.write(watches=text + '\n[[account]]\nhandle = "SelaneAir_demo"\npurpose = "demo"\nevery = "30d"\n')
        desk.once()
        desk.world.x.state.delete_post(desk.world.story.farewell)  # type: ignore[arg-type]
        desk.once(later="+3h")
        desk.once(later="+186m")
        (told,) = _alerts(desk, "post_gone")
        assert told["priority"] == "info"
