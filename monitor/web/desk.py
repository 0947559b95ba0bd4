"""What every page of the desk is handed: the home's settings, connections to the ledger, the vault, and the desk's key."""

import ipaddress
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from queue import Empty, LifoQueue
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from monitor.settings import Settings
from monitor.store.open import Store, open_store

if TYPE_CHECKING:
    from monitor.jobs.context import Context
    from monitor.media.vault import Vault

_KEPT_OPEN = 24


class Desk:
    """One serving desk. `close()` gives its connections back."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.options = settings.options.desk
        self.zone = ZoneInfo(self.options.timezone)
        self.hosts: frozenset[str] = frozenset()
        """The Host headers that are answered, set when the address is known."""
        self._idle: LifoQueue[Store] = LifoQueue(_KEPT_OPEN)
        self.key = _key(settings)

    @contextmanager
    def store(self) -> Iterator[Store]:
        """A connection for one request."""
        try:
            store = self._idle.get_nowait()
        except Empty:
            store = open_store(self.settings.database)
        try:
            yield store
        finally:
            if self._idle.full():
                store.close()
            else:
                self._idle.put_nowait(store)

    @cached_property
    def context(self) -> "Context":
        """The doors to the outside, opened when somebody first asks for what lies there."""
        from monitor.jobs.context import Context

        return Context(self.settings)

    @cached_property
    def vault(self) -> "Vault":
        """The files."""
        from monitor.media.vault import Vault

        return Vault(self.settings.vault)

    @property
    def secure(self) -> bool:
        """Whether browsers come over https."""
        return self.options.public_url.startswith("https://")

    @property
    def cookie(self) -> str:
        """The session cookie's name: bound to this host alone where there is https."""
        return "__Host-postwatch" if self.secure else "postwatch"

    def listens_at(self, host: str, port: int) -> str:
        """Takes the address as one that may be asked for; gives it as a browser writes it."""
        names = {"127.0.0.1", "localhost", "[::1]"}
        everywhere = ipaddress.ip_address(host).is_unspecified if host != "localhost" else False
        shown = "127.0.0.1" if everywhere else f"[{host}]" if ":" in host else host
        names.add(shown)
        pairs = {f"{name}:{port}" for name in names} | (names if port == 80 else set())
        public = urlsplit(self.options.public_url).netloc
        self.hosts = frozenset({*pairs, *([public.lower()] if public else [])})
        return f"http://{shown}:{port}"

    def close(self) -> None:
        """Closes what was opened."""
        if "context" in vars(self):
            self.context.close()
        while True:
            try:
                self._idle.get_nowait().close()
            except Empty:
                return


def _key(settings: Settings) -> bytes:
    """The desk's own key, made once, in a file that only this user reads: never in the ledger."""
    path = settings.storage / "desk.key"
    settings.storage.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(32))
    return path.read_bytes()
