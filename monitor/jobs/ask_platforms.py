"""Asking platforms whether posts are there.

1. The platform's own table names a question; its answer leads to a finding or to the next question.
2. A host that throttles us is asked once more when it says a time that we can wait for; else it is left alone for this run.
3. Where the answer leaves room for it, yt-dlp looks at the post's page. It can show a post, and never says that one is gone.
"""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from monitor import clock
from monitor.errors import NotAllowed, NotThere, NotUnderstood, PostwatchError, Refused, TooLarge
from monitor.jobs.asking_turns import AskingTurns
from monitor.jobs.context import Context, pair_of
from monitor.model.availability import Answer, Cited, Question, Seen, not_answered
from monitor.model.exchange import Exchange
from monitor.net.retry import retry_after
from monitor.platforms import id_time
from monitor.platforms.availability import moved, question
from monitor.settings.declared import XOptions
from monitor.waiting import pause

if TYPE_CHECKING:
    from monitor.media.download import Downloader

_MOST_BYTES = 2 * 1024 * 1024
_EXTRACTOR_S = 15
_EXTRACTORS_AT_ONCE = 2
_DEFAULT_PAUSE_S = 60.0


class Asker:
    """Asks for one post at a time, from as many threads as one likes. `patience`: the longest pause, in seconds, that is waited out."""

    def __init__(self, context: Context, patience: float) -> None:
        self._context = context
        self._patience = patience
        self._endpoints = context.options.check.endpoints
        own = {*context.options.net.allow, *(pair_of(url) for url in self._endpoints.values())}
        if context.options.x.oembed_url != XOptions().oembed_url:
            own.add(pair_of(context.options.x.oembed_url))
        self.stop = threading.Event()
        """Set to end: nothing more is asked."""
        self.asks_why = False
        """Whether yt-dlp is asked, too, why a post is not shown: slow, and wanted where a verdict hangs on it."""
        self.on_exchange: Callable[[Cited, Exchange], None] | None = None
        """Told each answer as it came, for whoever keeps it."""
        self._turns = AskingTurns(context.options.check.at_once, lambda host: host in own, self.stop)
        self._extracting = threading.Semaphore(_EXTRACTORS_AT_ONCE)
        context.open_all("guard", "public")

    def ask(self, cited: Cited) -> Seen:
        """What the platform says of the post now. Never raises for what other machines do."""
        endpoint = self._endpoints.get(cited.platform)
        step = question(cited, oembed_url=self._context.options.x.oembed_url, endpoint=endpoint)
        while isinstance(step, Question):
            came = self._answered(step, cited)
            step = step.judge(came) if isinstance(came, Answer) else came
            if isinstance(step, Question):
                step = moved(step, endpoint)
        wanted = step.try_extractor or (self.asks_why and _is_missed(step))
        if wanted and cited.platform != "x" and endpoint is None and self._is_allowed(cited.platform):
            return self._extracted(cited, step)
        return step

    def _answered(self, asked: Question, cited: Cited) -> Answer | Seen:
        host, came = pair_of(asked.url), None
        while self._is_open_again(host):
            with self._turns.at(host):
                if self.stop.is_set():
                    return not_answered("stopped", "the run was stopped")
                if self._turns.is_given_up(host):
                    told = f"{host} failed again and again; it is not asked any more in this run"
                    return not_answered("network", told)
                if self._turns.pause_left(host):
                    # Another request was throttled while this one waited for its turn.
                    continue
                before, came = came, self._fetch(asked, host, cited)
            if came.status != 429 or before is not None:
                return came
        return came or not_answered("throttled", f"{host} asked us to slow down; it is not asked again now")

    def _is_open_again(self, host: str) -> bool:
        """Waits out a pause that the host asked for, if it is short enough."""
        left = self._turns.pause_left(host)
        return left <= 0 or (left <= self._patience and not pause(self.stop, left))

    def _fetch(self, asked: Question, host: str, cited: Cited) -> Answer:
        headers = {"Accept": f"{asked.accept}, */*;q=0.1", "Accept-Language": "en"}
        try:
            got = self._context.public.fetch(asked.url, headers=headers, max_bytes=_MOST_BYTES)
        except PostwatchError as exc:
            self._turns.answered(host, well=False)
            return Answer(asked.url, asked.url, None, trouble=self._context.masked(_trouble(exc)))
        exchange = got.exchange
        if self.on_exchange is not None:
            self.on_exchange(cited, exchange)
        self._turns.answered(host, well=(exchange.status or 500) < 500)
        if exchange.status == 429:
            self._turns.slow_down(host, _pause(exchange))
        return Answer(asked.url, exchange.url_final, exchange.status, got.content)

    def _is_allowed(self, platform: str) -> bool:
        return platform in self._context.options.media.extractors

    def _extracted(self, cited: Cited, found: Seen) -> Seen:
        """What the post's page shows to yt-dlp, or why it does not; `found` where that tells nothing."""
        from monitor.platforms.ytdlp.post import post_of
        from monitor.platforms.ytdlp.refusals import refusal_in

        with self._extracting:
            if self.stop.is_set():
                return found
            try:
                post = post_of(self._describer().describe(cited.url), cited.url)
            except (NotAllowed, NotThere) as exc:
                refusal = refusal_in(str(exc)) if self.asks_why else None
                if refusal is None:
                    return found
                words = self._context.masked(str(exc))[:300]
                return replace(found, reason=words, told=refusal.shown, told_author=refusal.author)
            except PostwatchError:
                return found
        if (post.platform, post.post_id) != (cited.platform, cited.post_id):
            return found
        return Seen("live", handle=post.account.handle, author=post.account.name, posted_at=post.posted_at)

    def _describer(self) -> "Downloader":
        media = self._context.options.media
        hasty = media.model_copy(update={"download_timeout": min(media.download_timeout, _EXTRACTOR_S)})
        return self._context.downloader_with(hasty)


def posted_at(cited: Cited, seen: Seen) -> datetime | None:
    """When a post was made: told by its id where the id tells it, else by the answer."""
    return id_time(cited.platform, cited.post_id) or seen.posted_at


def _is_missed(seen: Seen) -> bool:
    return seen.state == "not_found" or seen.reason.startswith("not shown")


def _pause(exchange: Exchange) -> float:
    again = retry_after(exchange.headers, clock.now())
    return _DEFAULT_PAUSE_S if again is None else max(0.1, (again - clock.now()).total_seconds())


def _trouble(exc: PostwatchError) -> str:
    if isinstance(exc, Refused):
        return f"refused: our own guard did not let it out: {exc}"
    if isinstance(exc, TooLarge | NotUnderstood):
        return f"not understood: {exc}"
    return f"network: {exc}"
