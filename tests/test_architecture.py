"""Who may know whom: every import below monitor/ is read, those inside functions too, and the culprit is named."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent

# From the ground up; a package knows itself, and what stands in a lower row.
ROWS = (
    (
        "",
        "errors",
        "clock",
        "differences",
        "durations",
        "faults",
        "places",
        "plain_text",
        "safe_regex",
        "stop_words",
        "tables",
        "waiting",
        "model",
    ),
    ("settings",),
    ("net", "logs"),
    ("answers", "feeds"),
    ("platforms", "articles", "link", "media", "watching", "alert", "evidence", "verify", "report", "store"),
    ("jobs",),
    ("web",),
    ("cli", "demo"),
    ("docs",),
    ("__main__",),
)
ROW_OF = {name: n for n, row in enumerate(ROWS) for name in row}

# (who, what it may know all the same): why.
ALLOWED = {
    ("store/custody.py", "monitor.evidence.custody"): "pure: the bytes of an event and its hash; the store keeps them",
    ("articles/*", "monitor.platforms"): "pure: the table of how each platform writes the address of a post",
    ("articles/*", "monitor.platforms.location"): "pure: an address taken apart",
    ("articles/*", "monitor.platforms.markup"): "pure: an embed that gives an id without an address",
    ("articles/kind.py", "monitor.platforms.feed.origin"): "pure: whose posts a feed holds, told by its address",
    ("cli/starting.py", "monitor.demo.show"): "`postwatch demo`; nothing else knows the demo",
    ("cli/late.py", "a name made at run time"): "the table of commands; a test of the documents loads them all",
    ("__main__.py", "monitor.cli"): "`python -m monitor`",
}

DOORS = {
    "apprise": ("alert/channels/*",),
    "apscheduler": ("jobs/schedule.py",),
    "anyascii": ("link/*",),
    "argon2": ("web/people/passwords.py",),
    "authlib": ("web/people/oidc.py",),
    "av": ("media/*", "demo/world/clip.py"),  # the demo makes its videos
    "bagit": ("evidence/*",),
    "click": ("cli/*", "docs.py"),  # the pages on commands are written from the commands
    "fastapi": ("web/*",),
    "feedparser": ("feeds/xml_feed.py",),
    "htmldate": ("articles/about/guess.py",),
    "httpx": ("net/*", "alert/channels/webhook.py"),  # a webhook knows no redirect, and opens its own pass of the guard
    "imageio_ffmpeg": ("media/*", "cli/doctor.py"),  # the doctor asks its version
    "jinja2": ("evidence/*", "report/page.py", "web/render.py", "alert/words/page.py"),
    "joserfc": ("web/people/oidc.py",),  # what authlib reads keys and tokens with
    "lxml": ("articles/*", "plain_text.py", "platforms/x/oembed.py"),
    "markupsafe": ("web/render.py",),  # jinja2's own
    "PIL": ("media/*", "demo/world/clip.py"),
    "prometheus_client": ("web/*",),
    "protego": ("net/robots.py",),
    "pydantic": ("settings/*", "web/api/*"),  # the shapes of answers, for OpenAPI
    "rapidfuzz": ("link/*",),
    "re2": ("safe_regex.py",),
    "requests": ("platforms/x/*",),  # what tweepy speaks
    "rich": ("cli/*", "demo/teller.py"),
    "ahocorasick_rs": ("platforms/signs.py",),
    "selectolax": ("articles/page.py", "articles/main_part.py", "articles/prose.py"),
    "sqlite3": ("store/*", "cli/doctor.py", "cli/starting.py"),  # its errors and its version
    "sqlite_utils": ("store/*",),
    "trafilatura": ("articles/main_text.py", "articles/worker.py"),
    "starlette": ("web/*",),  # what fastapi stands on
    "tweepy": ("platforms/x/collector.py",),
    "urllib3": ("platforms/x/*",),  # what requests lets through unchanged
    "uvicorn": ("web/serving.py",),
    "warcio": ("articles/warc.py", "articles/archive.py"),
    "yt_dlp": ("media/download*.py",),
    # Ways out that need no library: every outbound byte passes net/, or goes over a socket that net/ has opened.
    "http.client": (),
    "urllib.request": (),
    "smtplib": ("alert/channels/by_mail.py",),
    # tests, benchmarks and the demo's servers may; the rest names the type of a socket, or this machine's name.
    "socket": (
        "net/*",
        "alert/channels/*",
        "jobs/context.py",
        "jobs/deliver_alerts.py",
        "web/serving.py",
        "demo/world/*",
    ),
}
HEAVY = ("apprise", "apscheduler", "av", "bagit", "feedparser", "httpx", "PIL", "protego", "requests", "rich")
HEAVY += (
    "argon2",
    "fastapi",
    "starlette",
    "uvicorn",
    "jinja2",
    "selectolax",
    "trafilatura",
    "tweepy",
    "warcio",
    "yt_dlp",
    "lxml",
    "imageio_ffmpeg",
)


class Import(NamedTuple):
    """`who` (a path below monitor/) imports `what` (a dotted name) on a line."""

    who: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"monitor/{self.who}:{self.line} imports {self.what}"


def _module_of(name: str) -> str:
    """`monitor.store.posts` of `monitor.store.posts.add_new`: the longest part that is a file or folder."""
    while name and not _is_module(name):
        name = name.rpartition(".")[0]
    return name


@cache
def _is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").exists()


def _names(node: ast.AST, package: str) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            parts = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join([*parts, *filter(None, [node.module])])
        yield from (f"{base}.{alias.name}" for alias in node.names)
    elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
        name = node.args[0] if node.args else None
        yield (
            name.value if isinstance(name, ast.Constant) and isinstance(name.value, str) else "a name made at run time"
        )


@cache
def _trees() -> dict[str, ast.Module]:
    base = ROOT / "monitor"
    return {p.relative_to(base).as_posix(): ast.parse(p.read_bytes()) for p in sorted(base.rglob("*.py"))}


@cache
def _imports() -> tuple[Import, ...]:
    found = []
    for who, tree in _trees().items():
        package = ".".join(("monitor", *Path(who).parent.parts))
        for node in ast.walk(tree):
            for name in _names(node, package):
                what = _module_of(name) if name.split(".")[0] == "monitor" else name
                found.append(Import(who, getattr(node, "lineno", 0), what))
    return tuple(found)


def _package(dotted_or_path: str) -> str:
    """`store` of `monitor.store.posts` and of `store/posts.py`; "" of the package itself."""
    name = dotted_or_path.removesuffix(".py").replace("/", ".").removeprefix("monitor").strip(".")
    first = name.split(".")[0]
    return "" if first == "__init__" else first


def _is_allowed(item: Import) -> bool:
    return any(fnmatch(item.who, who) and item.what == what for who, what in ALLOWED)


def test_every_package_has_a_place_in_the_rows() -> None:
    homeless = {_package(who) for who in _trees()} - set(ROW_OF)
    assert not homeless, f"give {', '.join(sorted(homeless))} a place in ROWS, and in ARCHITECTURE.md"


def test_packages_know_only_what_stands_below_them() -> None:
    culprits = []
    for item in _imports():
        if item.what.split(".")[0] != "monitor":
            continue
        mine, theirs = _package(item.who), _package(item.what)
        below = ROW_OF[theirs] < ROW_OF[mine] and "demo" not in (theirs,)
        ground = ROW_OF[mine] == ROW_OF[theirs] == 0
        if mine != theirs and not below and not ground and not _is_allowed(item):
            culprits.append(str(item))
    assert not culprits, "these know what they must not:\n" + "\n".join(culprits)


def test_no_exception_outlives_its_use() -> None:
    used = {pair for pair in ALLOWED for item in _imports() if fnmatch(item.who, pair[0]) and item.what == pair[1]}
    assert used == set(ALLOWED)


def test_each_library_has_one_door() -> None:
    culprits = [
        f"{item}; its door: {', '.join(doors) or 'none'}"
        for item in _imports()
        for library, doors in DOORS.items()
        if f"{item.what}.".startswith(f"{library}.") and not any(fnmatch(item.who, door) for door in doors)
    ]
    assert not culprits, "these go past a door:\n" + "\n".join(culprits)


def test_every_library_in_use_has_a_door_and_none_is_imported_by_a_made_up_name() -> None:
    strangers = [
        str(item)
        for item in _imports()
        if item.what.split(".")[0] not in {*sys.stdlib_module_names, *DOORS, "monitor"} and not _is_allowed(item)
    ]
    assert not strangers, "give these a door in DOORS:\n" + "\n".join(strangers)


def test_every_library_in_use_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = project["dependencies"] + project["optional-dependencies"]["oidc"]
    declared = {re.split(r"[<>=!~;\[ ]", line)[0].lower().replace("-", "_") for line in lines}
    declared |= {"pil" if name == "pillow" else name for name in declared}
    declared |= {"re2"} if "google_re2" in declared else set()
    declared |= {"urllib3"} if "requests" in declared else set()  # no requests without it
    declared |= {"starlette"} if "fastapi" in declared else set()
    declared |= {"markupsafe"} if "jinja2" in declared else set()
    declared |= {"joserfc"} if "authlib" in declared else set()
    declared |= {"argon2"} if "argon2_cffi" in declared else set()
    used = (
        {item.what.split(".")[0].lower() for item in _imports() if not _is_allowed(item)}
        - set(sys.stdlib_module_names)
        - {"monitor"}
    )
    assert used <= declared, f"pyproject.toml lacks {', '.join(sorted(used - declared))}"


def test_the_time_of_day_comes_from_the_clock_alone() -> None:
    forbidden = ("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns")
    culprits = [
        f"monitor/{who}:{node.lineno} calls {ast.unparse(node.func)}"
        for who, tree in _trees().items()
        for node in ast.walk(tree)
        if who != "clock.py" and isinstance(node, ast.Call) and ast.unparse(node.func).endswith(forbidden)
    ]
    assert not culprits, "ask monitor.clock.now() instead:\n" + "\n".join(culprits)


def test_the_settings_alone_read_config() -> None:
    culprits = [
        str(item) for item in _imports() if item.what.startswith("tomllib") and _package(item.who) != "settings"
    ]
    assert not culprits


@pytest.mark.parametrize("module", ["monitor.cli", "monitor.docs", "monitor.jobs.engine"])
def test_importing_loads_no_heavy_library(module: str) -> None:
    """The command starts dozens of times an hour from cron; libraries are imported where they are used."""
    code = f"import sys, {module}; print(*(set(sys.modules) & set({HEAVY!r})))"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.split() == []


def test_help_loads_no_command_and_a_listing_neither_settings_nor_the_library_of_migrations() -> None:
    code = """if True:
        import sys, contextlib, io
        from monitor.cli.app import cli
        with contextlib.redirect_stdout(io.StringIO()):
            cli.main(["--help"], standalone_mode=False)
        print(*(name for name in sys.modules if name.startswith(("monitor.store", "monitor.settings", "monitor.jobs"))))
        cli.commands["posts"]
        print(*({"pydantic", "sqlite_utils"} & set(sys.modules)))
    """
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout == "\n\n"
