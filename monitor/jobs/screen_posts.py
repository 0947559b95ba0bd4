"""Free answers about observed posts, of every platform: they screen, and are a second opinion on what X's API missed."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from monitor import clock
from monitor.jobs import lifecycle
from monitor.jobs.ask_platforms import Asker
from monitor.jobs.context import Context
from monitor.jobs.looks_plan import Plan
from monitor.model.availability import Cited, Seen
from monitor.model.exchange import Exchange
from monitor.model.sight import Look, Shown
from monitor.platforms.availability import says_otherwise
from monitor.store import captures, sights
from monitor.store.sights import Sight

_ASKING_THREADS = 6
_PATIENCE_S = 20.0
_HASTE_S = 2.0
_CHOICE = 20


@dataclass(frozen=True, slots=True)
class Answers:
    """What platforms said of posts, each with the last exchange about it."""

    context: Context
    seen: Mapping[tuple[str, str], Seen]
    kept: Mapping[tuple[str, str], Exchange]
    live: Mapping[str, str]
    """Posts that were seen -> their authors, "?" and the post's id where nobody told."""

    def look(self, sight: Sight) -> Look:
        """The look at one post."""
        seen = self.seen[_key_of(sight)]
        method = "oembed" if sight.platform == "x" else "public"
        others = [p for p, author in self.live.items() if author != sight.account_id and p != _asked_id(sight)]
        control = f"{sight.platform}:{others[0]}" if others else None
        return Look(clock.now(), method, _shown_by(seen), seen.reason, seen.told_author, control)

    def note(self, sight: Sight) -> Look | None:
        """Writes the look at a post, with the raw answer; None when it was not asked for. Call it inside a change."""
        key = _key_of(sight)
        if key not in self.seen:
            return None
        store, exchange, look = self.context.store, self.kept.get(key), self.look(sight)
        capture_id = None
        if exchange is not None:
            subject = f"post:{sight.platform}:{sight.post_id}"
            capture_id = captures.record(store, exchange, subject=subject, asked_by=self.context.agent)
        word = _seen_word(self.seen[key])
        sights.note(store, sight.platform, sight.post_id, look, seen=word, capture_id=capture_id)
        return look


def screen(context: Context, platform: str, asked: Sequence[Sight], plan: Plan | None = None) -> list[Sight]:
    """Asks each post for free; gives those that the API should be asked for, as the free answer does not show them as we know them.

    `plan` is X's where there is a key; without one all looks end here.
    """
    controls = [] if len({s.account_id for s in asked}) > 1 else _control_questions(context, platform, asked)
    answers = _asked(context, [_cited(s) for s in asked], asked, _PATIENCE_S, controls)
    doubted = []
    with context.store.change():
        for sight in asked:
            look = answers.note(sight)
            assert look is not None
            if plan is not None and _wants_api(context, sight, look, answers.seen[_key_of(sight)], plan):
                doubted.append(sight)
            else:
                lifecycle.settle(context, sight, look, None)
    return doubted


def _wants_api(context: Context, sight: Sight, look: Look, seen: Seen, plan: Plan) -> bool:
    if look.shown == "unanswered":
        return plan.stands_in(sight)
    if look.shown != "available":
        return True
    if sights.is_final(context.store, sight):
        return False
    text = sights.text_of(context.store, sight)
    return text is not None and says_otherwise(sight.platform, text, seen)


def second_opinions(context: Context, asked: Sequence[Sight]) -> Answers:
    """Free answers about posts that another method has just missed. Gone ones are left alone."""
    doubted = [s for s in asked if s.state != "gone"]
    return _asked(context, [_cited(s) for s in doubted], doubted, _HASTE_S)


def _asked(
    context: Context, wanted: Sequence[Cited], asked: Sequence[Sight], patience: float, controls: Sequence[Cited] = ()
) -> Answers:
    if not wanted:
        return Answers(context, {}, {}, {})
    kept: dict[tuple[str, str], Exchange] = {}
    asker = Asker(context, patience)
    asker.asks_why = True
    asker.on_exchange = lambda cited, exchange: kept.update({_key(cited): exchange})
    everyone = [*wanted, *controls]
    with ThreadPoolExecutor(_ASKING_THREADS, thread_name_prefix="observe") as pool:
        seen = dict(zip(map(_key, everyone), pool.map(asker.ask, everyone), strict=True))
    authors = {_asked_id(s): s.account_id for s in asked}
    live = {
        key[1]: authors.get(key[1]) or f"?{key[1]}" for key, one in seen.items() if one.state in ("live", "changed")
    }
    return Answers(context, seen, kept, live)


def _cited(sight: Sight) -> Cited:
    return Cited(sight.platform, _asked_id(sight), sight.url or "", None)


def _asked_id(sight: Sight) -> str:
    """On X each version has an id of its own, and is described as it was."""
    return sight.version_id if sight.platform == "x" else sight.post_id


def _key_of(sight: Sight) -> tuple[str, str]:
    return sight.platform, _asked_id(sight)


def _key(cited: Cited) -> tuple[str, str]:
    return cited.platform, cited.post_id


def _control_questions(context: Context, platform: str, asked: Sequence[Sight]) -> list[Cited]:
    authors = {s.account_id for s in asked if s.account_id is not None}
    for post_id, _, _ in sights.controls(context.store, platform, authors, _CHOICE)[:1]:
        url = context.store.value_text("SELECT url FROM post WHERE platform = ? AND post_id = ?", platform, post_id)
        return [Cited(platform, post_id, url or "", None)]
    return []


def _shown_by(seen: Seen) -> Shown:
    if seen.told is not None:
        return seen.told
    if seen.state == "not_answered":
        # A platform that answers and does not show the post is a miss; all else is no look.
        return "refused" if seen.reason.startswith("not shown") else "unanswered"
    return "absent" if seen.state == "not_found" else "available"


def _seen_word(seen: Seen) -> str:
    return {"live": "available", "changed": "available"}.get(seen.state, seen.state)
