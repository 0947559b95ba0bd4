"""Auditing a whole site: every article that it lists, every post that they cite.

1. Articles are fetched a few at a time, at the pace that the settings allow for one host, and read in bounded children.
2. The posts of an article are asked for as soon as it is read, each post once.
3. Each finding is noted at once, so that an audit that is interrupted goes on where it stopped.
"""

import queue
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Any

from monitor.articles.bounded import BoundedReader
from monitor.articles.fetch import fetch_article
from monitor.errors import PostwatchError
from monitor.jobs import check_articles
from monitor.jobs.ask_platforms import Asker
from monitor.jobs.audit_manners import Manners
from monitor.jobs.audit_notes import Notes
from monitor.jobs.check_articles import Read
from monitor.jobs.context import Context
from monitor.jobs.open_target import Listed
from monitor.model.availability import Cited
from monitor.model.check import Article
from monitor.waiting import first_done

PATIENCE_S = 60.0
_READERS = 2
_FETCHING = 4
_ASKING = 24


@dataclass(slots=True)
class HowFar:
    """How far an audit is."""

    articles: int
    read: int = 0
    posts: int = 0
    answered: int = 0


class Audit:
    """One audit. `keep` is handed each article as it is read, in the thread that called `run`; `told` hears of progress."""

    def __init__(
        self,
        context: Context,
        notes: Notes,
        *,
        keep: Callable[[Read], None] | None = None,
        told: Callable[[HowFar], None] = lambda _progress: None,
    ) -> None:
        self._context = context
        self._notes = notes
        self._keep = keep
        self._told = told
        self._asker = Asker(context, PATIENCE_S)
        self._manners = Manners(context)
        self._asking: dict[Future[Any], Cited] = {}
        self._asked: set[tuple[str, str]] = set(notes.seen)

    def run(self, listed: Sequence[Listed]) -> list[Article]:
        """Reads and asks; gives the articles in the order listed. What became of their posts stands in the notes."""
        self._context.open_all("guard", "web")
        left = iter([one for one in listed if one.url not in self._notes.articles])
        progress = HowFar(len(listed))
        with _readers(self._context) as readers, _pool(_FETCHING) as fetching, _pool(_ASKING) as asking:
            try:
                for one in listed:
                    if one.url in self._notes.articles:
                        self._ask(self._notes.articles[one.url], asking)
                self._work(left, readers, fetching, asking, progress)
            except BaseException:
                self._asker.stop.set()
                self._context.stop.set()
                raise
        return [self._notes.articles[one.url] for one in listed]

    def _work(
        self,
        left: Iterator[Listed],
        readers: "queue.SimpleQueue[BoundedReader]",
        fetching: ThreadPoolExecutor,
        asking: ThreadPoolExecutor,
        progress: HowFar,
    ) -> None:
        waiting: dict[Future[Any], Listed] = {}
        more = True
        while True:
            while more and len(waiting) < 2 * _FETCHING:
                one = next(left, None)
                more = one is not None
                if one is not None:
                    waiting[fetching.submit(self._read, one, readers)] = one
            if not waiting and not self._asking:
                return
            done = first_done([*waiting, *self._asking], 1)
            for future in done:
                self._collect(future, waiting, asking)
            self._tell(progress)

    def _collect(self, future: Future[Any], waiting: dict[Future[Any], Listed], asking: ThreadPoolExecutor) -> None:
        if future in waiting:
            self._note(waiting.pop(future), future.result(), asking)
        else:
            self._notes.add_seen(self._asking.pop(future), future.result())

    def _tell(self, progress: HowFar) -> None:
        progress.read = min(progress.articles, len(self._notes.articles))
        progress.posts, progress.answered = len(self._asked), len(self._asked) - len(self._asking)
        self._told(progress)

    def _read(self, one: Listed, readers: "queue.SimpleQueue[BoundedReader]") -> Read:
        try:
            page = self._manners.politely(
                one.url, lambda: fetch_article(self._context.web, one.url, may_follow=self._manners.demand_allowed)
            )
        except PostwatchError as exc:
            return Read(Article(one.url, one.title or None, one.dated_at, error=self._context.masked(str(exc))), None)
        reader = readers.get()
        try:
            read = check_articles.fetched(self._context, reader, page, one.url)
        finally:
            readers.put(reader)
        if read.article.published_at is None and one.dated_at is not None:
            return replace(read, article=replace(read.article, published_at=one.dated_at))
        return read

    def _note(self, one: Listed, read: Read, asking: ThreadPoolExecutor) -> None:
        if self._keep is not None:
            self._keep(read)
        self._notes.add_article(one.url, read.article)
        self._ask(read.article, asking)

    def _ask(self, article: Article, asking: ThreadPoolExecutor) -> None:
        for cited in check_articles.cited_by([article]):
            key = check_articles.key(cited)
            if key not in self._asked:
                self._asked.add(key)
                self._asking[asking.submit(self._asker.ask, cited)] = cited


@contextmanager
def _pool(size: int) -> Iterator[ThreadPoolExecutor]:
    pool = ThreadPoolExecutor(size)
    try:
        yield pool
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _readers(context: Context) -> Iterator["queue.SimpleQueue[BoundedReader]"]:
    free: queue.SimpleQueue[BoundedReader] = queue.SimpleQueue()
    with ExitStack() as stack:
        for _ in range(_READERS):
            reader = stack.enter_context(BoundedReader(parse_timeout=context.options.articles.parse_timeout))
            reader.warm()
            free.put(reader)
        yield free
