"""What every test has: a network that ends at loopback, a migrated store of its own, and a home.

Its place also makes the helpers beside it importable from every test folder.
"""

import ipaddress
import os
import signal
import socket
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import hypothesis
import pytest

from monitor.settings import Settings, example, load
from monitor.store.open import Store, memory_store


def pytest_configure() -> None:
    """A shell that starts the suite in the background has it ignore Ctrl-C, and so would every command that it starts."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """More workers than cores: some tests wait for servers, processes and clocks."""
    return (os.cpu_count() or 1) * 3 // 2


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Tests that share what their module makes once go to one worker, since each would make it anew; the rest where there is room."""
    from xdist.scheduler import LoadScopeScheduling

    class ByModule(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return file if _shares_fixtures(file) else nodeid

    return ByModule(config, log)


@cache
def _shares_fixtures(file: str) -> bool:
    text = (Path(__file__).parent.parent / file).read_text(encoding="utf-8")
    return 'scope="module"' in text or "@cache" in text


# A landing is judged by the same examples each time; elsewhere new ones are looked for.
hypothesis.settings.register_profile("repeatable", derandomize=True)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("repeatable")

_strayed: list[str] = []


class LeftLoopback(Exception):
    """A test tried to reach another machine."""


def _is_loopback(host: object) -> bool:
    text = host.decode() if isinstance(host, bytes) else str(host or "")
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return text in ("", "localhost", socket.gethostname())
    return address.is_loopback or address.is_unspecified


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    # Python tells its audit hooks of every connection and look-up before it is made, whichever library asks.
    if event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # a path: a socket of this machine
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
    else:
        return
    if not _is_loopback(host):
        _strayed.append(f"{event} {host!r}")
        raise LeftLoopback(_strayed[-1])


sys.addaudithook(_watch)


@pytest.fixture(autouse=True)
def _nothing_leaves_this_machine() -> Iterator[None]:
    """Fails a test that tried to, even where the code under test took the refusal for a network fault."""
    _strayed.clear()
    yield
    assert not _strayed, f"left loopback: {', '.join(_strayed)}"


@pytest.fixture(scope="session")
def _migrated() -> Iterator[Store]:
    with memory_store() as store:
        yield store


@pytest.fixture
def store(_migrated: Store) -> Iterator[Store]:
    """A migrated, empty database in memory."""
    with Store(":memory:") as copy:
        _migrated.connection.backup(copy.connection)
        yield copy


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home as `init` writes it, without watches and without a database."""
    config = tmp_path / "home" / "config"
    config.mkdir(parents=True)
    for name, text in (
        ("postwatch.toml", example.postwatch_toml()),
        ("watches.toml", example.watches_toml()),
        ("rules.toml", example.rules_toml()),
    ):
        (config / name).write_text(text, encoding="utf-8")
    return config.parent


@pytest.fixture
def settings(home: Path) -> Settings:
    """The settings of `home`, with nothing in the environment."""
    return load(home, {})
