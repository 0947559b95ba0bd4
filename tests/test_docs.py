"""What is written about Postwatch is true: generated files are current, commands and keys exist, queries run."""

import re
import shlex
import sqlite3
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from pydantic import BaseModel

from monitor import __version__, docs
from monitor.cli.app import cli
from monitor.settings import example
from monitor.settings.checks import ALERT_KINDS
from monitor.settings.declared import Options
from monitor.settings.entries import WatchFile
from monitor.settings.people import PeopleFile
from monitor.settings.rules import RuleFile
from monitor.store.open import Store

ROOT = Path(__file__).parent.parent
PAGES = (
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "config/README.md",
    "storage/README.md",
    *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md")),
)
QUERIES = sorted((ROOT / "storage" / "queries").glob("*.sql"))
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
_DEMO = re.compile(r"<!-- (demo|check) -->.*?<!-- \1 -->", re.DOTALL)
_TABLE_AND_KEY = re.compile(r"`\[([a-z]+)\] ([a-z_]+)")


def _page(name: str) -> str:
    return _DEMO.sub("", (ROOT / name).read_text(encoding="utf-8"))


def _fences(name: str, language: str) -> list[str]:
    return [text for found, text in _FENCE.findall(_page(name)) if found == language]


# What is generated


@pytest.mark.parametrize("name", sorted(docs.generated()))
def test_generated_files_are_current(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == docs.generated()[name], "run `make docs`"


def test_the_schema_makes_the_database_that_the_migrations_make(store: Store) -> None:
    made = sqlite3.connect(":memory:")
    made.executescript(docs.schema())
    names = "SELECT type, name, tbl_name FROM sqlite_master WHERE name NOT LIKE '%sqlite%' ORDER BY 1, 2"
    assert made.execute(names).fetchall() == [tuple(row) for row in store.all(names)]
    made.close()


def _with_every_key(text: str) -> str:
    """An example file with the # taken from every key and table, and from nothing else."""
    return re.sub(r"^# (?=\[|[a-z_]+ = )", "", text, flags=re.MULTILINE)


def _read(shape: type[BaseModel], text: str) -> Any:
    import json

    return shape.model_validate_json(json.dumps(tomllib.loads(text)))


def test_the_files_as_shipped_change_nothing_but_switch_the_console_on() -> None:
    shipped = _read(Options, example.postwatch_toml())
    assert [(c.name, c.url) for c in shipped.channel] == [("console", "console://")]
    assert shipped.model_copy(update={"channel": ()}) == Options()
    assert _read(WatchFile, example.watches_toml()) == WatchFile()
    assert _read(RuleFile, example.rules_toml()) == RuleFile()
    assert _read(PeopleFile, example.people_toml()) == PeopleFile()


def test_with_every_line_live_the_tables_say_the_defaults() -> None:
    live = _read(Options, _with_every_key(example.postwatch_toml()))
    for name in Options.model_fields.keys() - {"channel"}:
        update = {"header": ()} if name == "net" else {}
        assert getattr(live, name).model_copy(update=update) == getattr(Options(), name), name
    assert [c.name for c in live.channel] == ["desk", "console"]


def test_with_every_line_live_the_examples_of_watches_and_rules_are_valid() -> None:
    watches = _read(WatchFile, _with_every_key(example.watches_toml()))
    assert [len(rows) for rows in (watches.account, watches.feed, watches.article)] == [1, 1, 1]
    assert len(_read(RuleFile, _with_every_key(example.rules_toml())).rule) == 1
    people = _read(PeopleFile, _with_every_key(example.people_toml()))
    assert [len(rows) for rows in (people.person, people.escalation)] == [1, 1]


def _keys(shape: type[BaseModel]) -> Iterator[tuple[str, str]]:
    for key, field in shape.model_fields.items():
        inner = [a for a in (field.annotation, *getattr(field.annotation, "__args__", ())) if isinstance(a, type)]
        tables = [a for a in inner if issubclass(a, BaseModel)]
        for table in tables:
            yield from _keys(table)
        if not tables:
            yield key, field.description or ""


@pytest.mark.parametrize(
    ("shape", "text"),
    [
        (Options, example.postwatch_toml()),
        (WatchFile, example.watches_toml()),
        (RuleFile, example.rules_toml()),
        (PeopleFile, example.people_toml()),
    ],
)
def test_every_key_stands_in_its_file_with_its_meaning(shape: type[BaseModel], text: str) -> None:
    flat = " ".join(text.replace("\n# ", " ").split())
    for key, meaning in _keys(shape):
        assert f"# {key} = " in text, key
        assert meaning, f"{key} has no description"
        assert " ".join(meaning.split()) in flat, key


def test_the_rules_file_names_only_kinds_that_exist() -> None:
    described = next(meaning for key, meaning in _keys(RuleFile) if key == "kinds")
    assert set(re.findall(r"[a-z_]+", described)) <= set(ALERT_KINDS)


# What is written


def _commands(group: click.Group, before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        yield (*before, name), command
        if isinstance(command, click.Group):
            yield from _commands(command, (*before, name))


@pytest.mark.parametrize("command", sorted(cli.commands))
def test_the_readme_tells_of_every_command(command: str) -> None:
    assert re.search(rf"`(?:postwatch )?{command}\b", _page("README.md")), f"README.md says nothing of `{command}`"


@pytest.mark.parametrize(("names", "command"), [pytest.param(n, c, id=" ".join(n)) for n, c in _commands(cli)])
def test_every_command_explains_itself_with_an_example(names: tuple[str, ...], command: click.Command) -> None:
    assert command.help
    assert "Example: " in command.help or command.help.startswith("The same as"), " ".join(names)
    for option in command.params:
        assert not isinstance(option, click.Option) or option.help, f"{option.name} has no help"


def _command_lines() -> Iterator[tuple[str, str]]:
    for name in PAGES:
        lines = [line for text in _fences(name, "sh") for line in text.replace("\\\n", "").splitlines()]
        lines += re.findall(r"`(postwatch [^`]+)`", _FENCE.sub("", _page(name)))
        yield from ((name, line) for line in lines if re.match(r"(?:\S*/)?postwatch\s", line))


@pytest.mark.parametrize(("page", "line"), sorted(set(_command_lines())))
def test_every_command_line_in_the_documents_could_be_typed(page: str, line: str) -> None:
    words = shlex.split(re.split(r"\s[|>;&]", line)[0], comments=True)[1:]
    if words[:1] == ["--home"]:
        words = words[2:]
    command: click.Command = cli
    while isinstance(command, click.Group) and words and words[0] in command.commands:
        command = command.commands[words.pop(0)]
    assert command is not cli, f"{page}: there is no such command: {line}"
    known = {
        text
        for option in command.params
        if isinstance(option, click.Option)
        for text in (*option.opts, *option.secondary_opts)
    }
    known |= {"--help", "--home", "--"}
    assert [word for word in words if word.startswith("-") and word not in known] == [], f"{page}: {line}"


@pytest.mark.parametrize("page", PAGES)
def test_every_key_that_the_documents_name_exists(page: str) -> None:
    for table, key in _TABLE_AND_KEY.findall(_page(page)):
        shape = Options.model_fields[table].annotation
        assert isinstance(shape, type)
        assert issubclass(shape, BaseModel)
        assert key in shape.model_fields, f"{page}: [{table}] {key}"


@pytest.mark.parametrize("page", PAGES)
def test_every_toml_example_is_valid(page: str) -> None:
    for text in _fences(page, "toml"):
        tables = set(tomllib.loads(text))
        shape = next(s for s in (Options, WatchFile, RuleFile, PeopleFile) if tables <= set(s.model_fields))
        _read(shape, text)


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_the_documents_link_to_is_there(page: str) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)", _page(page)):
        assert ((ROOT / page).parent / target).exists(), target


def test_the_architecture_fits_its_limit_and_names_only_what_is_there() -> None:
    text = _page("ARCHITECTURE.md")
    assert len(text.splitlines()) <= 150
    for name in re.findall(r"`((?:monitor|config|storage|tests|benchmarks)/[\w/.]+)`", text):
        assert (ROOT / name).exists(), name
    folders = {p.name for p in (ROOT / "monitor").iterdir() if p.is_dir() and p.name != "__pycache__"}
    assert {name for name in folders if f"{name}/" not in text} == set()


def test_every_command_has_its_page_and_no_page_is_left_over() -> None:
    pages = {path.stem for path in (ROOT / "docs" / "commands").glob("*.md")}
    assert pages == {*cli.commands, "README"}


def test_the_index_of_the_documents_leads_to_every_page() -> None:
    index = _page("docs/README.md")
    for path in (ROOT / "docs").rglob("*.md"):
        if path.parent.name != "commands" and path.name != "README.md":
            assert f"]({path.relative_to(ROOT / 'docs')})" in index


def test_the_changelog_tells_of_this_version() -> None:
    assert f"## {__version__}" in _page("CHANGELOG.md")


# Questions in SQL


def _asked_read_only(store: Store, path: Path, sql: str) -> list[str]:
    """The columns of an answer from a file that is opened as datasette opens it: for reading only."""
    with sqlite3.connect(path) as written:
        store.connection.backup(written)
    written.close()
    asked = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        answer = asked.execute(sql.strip().removesuffix(";"))
        answer.fetchall()
        return [column[0] for column in answer.description]
    finally:
        asked.close()


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_a_canned_query_begins_with_its_question_and_runs_read_only(path: Path, store: Store, tmp_path: Path) -> None:
    from datasette.utils import validate_sql_select

    sql = path.read_text(encoding="utf-8")
    question = re.match(r"/\* ([A-Z].+?\?)", sql, re.DOTALL)
    assert question, "begin with the question, in a comment"
    validate_sql_select(sql.strip().removesuffix(";"))
    columns = _asked_read_only(store, tmp_path / "empty.db", sql)
    assert len(set(columns)) == len(columns) > 1


def test_there_are_a_dozen_queries_and_the_page_lists_them_all() -> None:
    assert len(QUERIES) >= 12
    page = _page("storage/README.md")
    for path in QUERIES:
        assert f"](queries/{path.name})" in page
        question = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("/* ").removesuffix(" */")
        assert question in page, f"{path.name}: its question reads otherwise in storage/README.md"


# The examples in config/


def test_the_service_and_the_container_start_commands_that_exist() -> None:
    unit = (ROOT / "config" / "postwatch.service").read_text(encoding="utf-8")
    image = (ROOT / "config" / "Containerfile").read_text(encoding="utf-8")
    started = re.search(r"^ExecStart=\S+/postwatch (\w+) --home \S+ (--listen) \S+$", unit, re.MULTILINE)
    assert started and re.search(r'^CMD \["run", "--listen", "[\d.:]+"\]$', image, re.MULTILINE)
    run = cli.commands[started[1]]
    assert started[2] in [option for parameter in run.params for option in parameter.opts]
    for name in re.findall(r"^COPY (.+) \S+$", image, re.MULTILINE):
        assert all((ROOT / part).exists() for part in name.split())
    codes = set(re.search(r"RestartPreventExitStatus=(.+)", unit)[1].split())  # type: ignore[index]
    assert codes == {"2", "64", "75"}
