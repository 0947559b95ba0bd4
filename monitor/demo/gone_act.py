"""The demo's act on a cited post that is deleted while one watches: doubt first, then the alarm, with article and paragraph."""

import time

from monitor.demo.newsroom import Newsroom, Row
from monitor.demo.teller import Teller
from monitor.demo.world import World

CONFIRM_AFTER_S = 1
"""Five minutes in earnest; nobody watches a demo for so long."""


def settings_toml(world: World) -> str:
    """What this act needs of `postwatch.toml`: a short doubt, and a post of another account as control."""
    control = f"https://x.com/{world.story.airport.username}/status/{world.story.notice.id}"
    return f'\n[watching]\nconfirm_after = "{CONFIRM_AFTER_S}s"\ncontrol_posts = ["{control}"]\n'


def play(t: Teller, world: World, room: Newsroom) -> None:
    """Deletes the farewell for good."""
    t.act("A cited post is deleted")
    post = world.story.farewell
    assert post is not None
    t.say("The desk pins the post: it is looked at often from now on, and what becomes of it is told at once.")
    room.run("observations", "pin", f"x:{post.id}")
    room.run("once")
    world.x.state.delete_post(post)
    t.say("Its account deletes it. One look that misses it is a doubt, and no alarm:")
    room.run("observations", "pin", f"x:{post.id}")
    room.run("once")
    first = _availability(room, post.id)
    t.claim(first["state"] == "suspect" and not _alarms(room), "suspect, nobody is alarmed")
    t.say(f"A second look, {CONFIRM_AFTER_S} second later here and five minutes by default:")
    time.sleep(CONFIRM_AFTER_S + 0.1)
    room.run("once")
    gone, alarms = _availability(room, post.id), _alarms(room)
    t.claim(gone["state"] == "gone" and gone["reason"] == "deleted by author", f"gone: {gone['reason']}")
    t.say(_without_time(str(gone["evidence"])), deep=2)
    for alarm in alarms:
        t.say(f"{alarm['priority']}: {alarm['subject']}", deep=2)
        for place in alarm["places"]:
            t.say(f"paragraph {place['paragraph']} of {place['title']}", deep=3)
    places = [place["paragraph"] for alarm in alarms for place in alarm["places"]]
    t.claim(
        len(alarms) == 1 and len(places) > 1 and all(places), "one alarm, which names each article and its paragraph"
    )
    came = [d for d in world.sink.deliveries if alarms and d.headers.get("webhook-id") == alarms[0]["id"]]
    t.claim(len(came) == 1, "it was delivered at once, with our copy's SHA-256")


def _availability(room: Newsroom, post_id: str) -> Row:
    return next(dict(p["availability"]) for p in room.rows("posts") if p["post_id"] == post_id)


def _alarms(room: Newsroom) -> list[Row]:
    return [alert for alert in room.rows("alerts") if alert["kind"] == "post_gone"]


def _without_time(evidence: str) -> str:
    return evidence.partition("; control")[0]
