"""What every job is handed: settings, this thread's store, and the doors to the outside, opened when first used."""

import io
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, TextIO

from monitor import clock
from monitor.errors import PostwatchError, RateLimited
from monitor.model.exchange import Exchange
from monitor.net import pairs
from monitor.net.turns import Turns
from monitor.settings import Settings
from monitor.settings.declared import MediaOptions
from monitor.store import captures
from monitor.store.open import Store, open_store
from monitor.waiting import pause

if TYPE_CHECKING:
    from monitor.articles.bounded import BoundedReader
    from monitor.jobs.routing import Router
    from monitor.media.download import Downloader
    from monitor.media.vault import Vault
    from monitor.net.client import HttpClient
    from monitor.net.guard import Guard
    from monitor.platforms.x.collector import XCollector


PUBLIC_SECONDS = 10
"""The longest wait for a platform's answer about one post."""


class Context:
    """One run's tools. `close()` gives back what was opened."""

    def __init__(self, settings: Settings, console: TextIO | None = None) -> None:
        self.settings = settings
        self.options = settings.options
        self.stop = threading.Event()
        self.agent = f"svc:postwatch@{socket.gethostname()}"
        self.console = console or sys.stderr
        self.resolving = threading.Lock()
        self.on_download: Callable[[str, int, int | None], None] | None = None
        """Told the name of a file, its bytes so far and in all (None: unknown) while it comes."""
        self.absent: dict[str, tuple[float, str]] = {}
        """Handles that X does not know: when that was said (monotonic seconds), and in which words."""
        self.plan: object = None
        """What `looks_plan` made last."""
        self._local = threading.local()
        self._stores: dict[threading.Thread, Store] = {}
        self._opening = threading.RLock()
        self._pauses: dict[str, datetime] = {}
        self.turns = Turns(self.options.articles.seconds_per_host, pairs.pairs(self.options.net.allow))
        self.site_locks: dict[str, threading.Lock] = {}
        """One a site: its robots.txt is asked for once, however many articles wait for it."""

    @property
    def store(self) -> Store:
        """This thread's connection."""
        store: Store | None = getattr(self._local, "store", None)
        if store is None:
            store = self._local.store = open_store(self.settings.database)
            with self._opening:
                self._close_of_ended()
                self._stores[threading.current_thread()] = store
        return store

    def _close_of_ended(self) -> None:
        for thread in [t for t in self._stores if not t.is_alive()]:
            self._stores.pop(thread).close()

    @cached_property
    def router(self) -> "Router":
        """Who hears of what, and when."""
        from monitor.jobs.routing import Router

        return Router(self.settings)

    @cached_property
    def guard(self) -> "Guard":
        """The egress guard, started."""
        from monitor.net.guard import Guard

        guard = Guard(self.options.net)
        guard.start()
        return guard

    @cached_property
    def web(self) -> "HttpClient":
        """The HTTP client for pages and feeds."""
        from monitor.net.client import HttpClient

        return HttpClient(self.guard, self.options.net, secret_headers=self.settings.secrets.headers, turns=self.turns)

    @cached_property
    def public(self) -> "HttpClient":
        """The client that asks platforms for single posts: impatient, and allowed to the servers named for that."""
        from monitor.net.client import HttpClient

        net = self.options.net
        hasty = {"timeout": min(net.timeout, PUBLIC_SECONDS), "total_timeout": min(net.total_timeout, PUBLIC_SECONDS)}
        named = (self.options.x.oembed_url, *self.options.check.endpoints.values())
        return HttpClient(self.guard, net.model_copy(update=hasty), "public", also=[pair_of(url) for url in named])

    @cached_property
    def x(self) -> "XCollector | None":
        """X's API, or None without a token."""
        if not self.settings.secrets.x_token:
            return None
        from monitor.jobs.gate import StoreGate
        from monitor.platforms.x.collector import XCollector

        # The API's address is the operator's own choice: reachable for this client alone, wherever it lies.
        return XCollector(
            self.settings.secrets.x_token,
            api_url=self.options.x.api_url,
            proxy=self.guard.pass_for("x", also=[pair_of(self.options.x.api_url)]),
            ca_bundle=self.options.net.ca_bundle or None,
            gate=StoreGate(self),
            fields_parameter=self.options.x.fields_parameter,
        )

    @cached_property
    def vault(self) -> "Vault":
        """The content-addressed files."""
        from monitor.media.vault import Vault

        media = self.options.media
        return Vault(self.settings.vault, max_bytes=media.max_vault_bytes, min_free_bytes=media.min_free_bytes)

    @cached_property
    def downloader(self) -> "Downloader":
        """The only way to yt-dlp."""
        return self.downloader_with(self.options.media)

    def downloader_with(self, media: MediaOptions) -> "Downloader":
        """The same with other limits."""
        from monitor.media.download import Downloader

        return Downloader(
            media,
            proxy=self.guard.pass_for("media"),
            ca_bundle=self.options.net.ca_bundle or None,
            timeout=self.options.net.timeout,
            temp=self.settings.vault / "tmp",
        )

    @cached_property
    def reader(self) -> "BoundedReader":
        """Parses pages in a bounded worker."""
        from monitor.articles.bounded import BoundedReader

        return BoundedReader(parse_timeout=self.options.articles.parse_timeout)

    def open_all(self, *names: str) -> None:
        """Opens tools before threads share them: a cached property may else be made twice."""
        with self._opening:
            for name in names:
                getattr(self, name)

    def paused_until(self, lane: str) -> None:
        """Raises RateLimited while a lane waits for its window: no request leaves only to be refused."""
        until = self._pauses.get(lane)
        if until and until > clock.now():
            raise RateLimited(f"{lane} waits for its rate limit to reset", until)

    def pause(self, lane: str, until: datetime) -> None:
        """Lets nothing out on a lane until then."""
        self._pauses[lane] = until

    def wait_turn(self, url: str) -> None:
        """Waits until a host may be asked, two seconds at most. Raises HostBusy when that is further away.

        The distance is `[articles] seconds_per_host`, which hosts of `[net] allow` are spared, or a longer one that the
        host's robots.txt asks for.
        """
        pause(self.stop, self.turns.take(pair_of(url)))

    def masked(self, text: str) -> str:
        """The text without any of our secrets: a careless proxy may repeat what it was sent."""
        for secret in self.settings.secrets.values():
            text = text.replace(secret, "***")
        return text

    def record_failure(self, subject: str, error: PostwatchError) -> None:
        """Keeps what an answer held although it could not be used, our secrets masked."""
        if error.exchange is not None:
            captures.record(
                self.store,
                self._masked_exchange(error.exchange),
                subject=subject,
                asked_by=self.agent,
                error=self.masked(f"{type(error).__name__}: {error}"),
            )

    def _masked_exchange(self, exchange: Exchange) -> Exchange:
        body = exchange.body
        for secret in self.settings.secrets.values():
            body = body.replace(secret.encode(), b"***")
        headers = tuple((name, self.masked(value)) for name, value in exchange.headers)
        return replace(exchange, body=body, headers=headers)

    def close(self) -> None:
        """Closes what was opened, the guard last."""
        opened: Mapping[str, object] = vars(self)
        for name in ("reader", "web", "public", "x", "downloader", "guard"):
            close = getattr(opened.get(name), "close", None)
            if close is not None:
                close()
        for store in self._stores.values():
            store.close()
        if isinstance(self.console, io.TextIOBase):
            self.console.flush()


def pair_of(url: str) -> str:
    """ "host:port" of an address; empty for what is no http(s) address."""
    try:
        return pairs.pair_of(url)
    except ValueError:
        return ""
