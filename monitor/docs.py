"""`python -m monitor.docs` writes what is generated: config/*.toml, storage/schema.sql, docs/commands/,
monitor/cli/briefs.txt, the README's transcripts.

Tests find each of them stale.
"""

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.settings import example
from monitor.store.open import memory_store

if TYPE_CHECKING:
    import click

ROOT = Path(__file__).parent.parent


def schema() -> str:
    """Every statement that makes the database, as SQLite keeps them."""
    with memory_store() as store:
        rows = store.all(
            """SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'wording_fts_%' AND name NOT LIKE '%sqlite%'
            ORDER BY CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END, rowid"""
        )
    head = "-- Generated from monitor/store/migrations by `make docs`; a test keeps it current.\n\n"
    return head + "\n\n".join("\n".join(line.rstrip() for line in row[0].splitlines()) + ";" for row in rows) + "\n"


def command_pages() -> dict[str, str]:
    """`docs/commands/`: a page a command, and the list of them, from the commands themselves."""
    import click

    from monitor.cli.app import cli
    from monitor.cli.sections import SECTIONS, first_sentence

    pages = {f"docs/commands/{name}.md": _command_page(name, command) for name, command in cli.commands.items()}
    known = [name for names in SECTIONS.values() for name in names]
    lines = ["# The commands", "", _GENERATED]
    for title, names in (*SECTIONS.items(), ("More", [name for name in cli.commands if name not in known])):
        rows = [
            f"| [{name}]({name}.md) | {first_sentence(cli.commands[name])} |" for name in names if name in cli.commands
        ]
        if rows:
            lines += ["", f"## {title}", "| command | does |", "|---|---|", *rows]
    assert isinstance(cli, click.Group)
    pages["docs/commands/README.md"] = "\n".join(lines) + "\n"
    return pages


_GENERATED = "Generated from the commands by `make docs`; a test keeps it current."


def _command_page(name: str, command: "click.Command") -> str:
    import click

    lines = [f"# postwatch {name}", "", *_described(f"postwatch {name}", command)]
    for sub, inner in command.commands.items() if isinstance(command, click.Group) else ():
        lines += ["", f"## postwatch {name} {sub}", "", *_described(f"postwatch {name} {sub}", inner)]
    return "\n".join([*lines, "", _GENERATED]) + "\n"


def _described(path: str, command: "click.Command") -> list[str]:
    import click

    ctx = click.Context(command, info_name=path)
    lines = ["```text", " ".join([path, *command.collect_usage_pieces(ctx)]), "```"]
    for part in (command.help or "").split("\n\n"):
        text = part.replace("\b\n", "").replace("\b", "").strip()
        if text.startswith(("Example: ", "Try: ")):
            examples = [line.strip() for line in text.removeprefix("Example: ").splitlines()]
            lines += ["", "```sh", *examples, "```"]
        elif text:
            lines += ["", " ".join(text.split())]
    options = [p for p in command.params if isinstance(p, click.Option) and not p.hidden]
    rows = [record for option in options if (record := option.get_help_record(ctx)) is not None]
    if rows:
        lines += ["", "| option | meaning |", "|---|---|"]
        lines += [f"| `{_cell(written)}` | {_cell(meaning)} |" for written, meaning in rows]
    return lines


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def platform_page() -> str:
    """`docs/platforms.md`: whose posts are recognised, by what, and what an id of theirs tells, from the table of platforms."""
    from monitor.platforms import PLATFORMS, address_of, short_link_of

    rows = []
    for platform in PLATFORMS.values():
        cases = (
            (ROOT / "tests" / "cases" / "addresses" / f"{platform.name}.txt").read_text(encoding="utf-8").splitlines()
        )
        written = next(line.split(" ", 1)[1] for line in cases if line[:1] not in "#-~")
        address = address_of(written)
        assert address is not None, written
        source = (ROOT / "monitor" / "platforms" / platform.name / "embeds.py").read_text(encoding="utf-8")
        embeds = (ast.get_docstring(ast.parse(source)) or "").partition(": ")[2]
        links = (short_link_of(line[2:]) for line in cases if line.startswith("~"))
        places = (link.url.removeprefix("https://").rstrip("/").rpartition("/")[0] for link in links if link)
        short = ", ".join(dict.fromkeys(f"{place.removeprefix('www.')}/…" for place in places))
        told = "yes" if platform.id_time else ""
        rows.append(
            f"| {platform.title} | `{platform.name}` | `{address.post_id}` | `{address.url}` | {embeds.strip().rstrip('.')} "
            f"| {told} | {short} |"
        )
    return "\n".join([*_PLATFORM_HEAD, *rows, "", _FROM_PLATFORMS]) + "\n"


_FROM_PLATFORMS = "Generated from the table of platforms by `make docs`; a test keeps it current."
_PLATFORM_HEAD = """# The platforms

Posts of these platforms are recognised in articles: by the embeds named here, by links and by addresses written as text,
on the platform's own hosts and on the mirrors that people share, archived, wrapped by redirectors, or escaped. Every form, and what
is no post, stands in [a file a platform](../tests/cases/addresses/README.md).

A handle in an address is a hint: most platforms show a post under any name, so it is no part of what makes two addresses the same.
Where the id tells its time, that is when the platform made the number; it checks a date, and is none. Mastodon and PeerTube live on any
host: their posts are known by the shape of the path and of the id, with a confidence of 0.9. What a short link leads to only its
server knows: it is a citation with `post_id` null, until `inspect --resolve` or `[articles] resolve_short_links` asks.

| platform | name | an id | its address | embeds | id tells time | short links |
|---|---|---|---|---|---|---|""".splitlines()


def briefs() -> str:
    """What each command does, in a sentence."""
    from monitor.cli.app import cli
    from monitor.cli.sections import first_sentence

    return "".join(f"{name}: {first_sentence(command)}\n" for name, command in cli.commands.items())


def generated() -> dict[str, str]:
    """Path below the project's root -> text."""
    return {
        **command_pages(),
        "docs/platforms.md": platform_page(),
        "config/postwatch.toml": example.postwatch_toml(),
        "config/watches.toml": example.watches_toml(),
        "config/rules.toml": example.rules_toml(),
        "config/people.toml": example.people_toml(),
        "config/aliases.toml": example.aliases_toml(),
        "config/tools.toml": example.tools_toml(),
        "storage/schema.sql": schema(),
        "monitor/cli/briefs.txt": briefs(),
    }


def demo_transcript() -> str:
    """What `postwatch demo` prints, run now."""
    done = subprocess.run([sys.executable, "-m", "monitor", "demo"], capture_output=True, text=True, check=True)
    return done.stdout


def check_transcript() -> str:
    """What `postwatch check` prints of an article of the demo, run now."""
    command = [sys.executable, "-m", "monitor.demo.check_story"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _between(mark: str) -> "re.Pattern[str]":
    return re.compile(rf"(<!-- {mark} -->)(.*?)(<!-- {mark} -->)", re.DOTALL)


def with_transcript(readme: str, told: str, mark: str = "demo") -> str:
    """The README with another transcript between its two marks."""
    return _between(mark).sub(lambda found: f"{found[1]}\n```text\n{told}```\n{found[3]}", readme)


def transcript_in(readme: str, mark: str = "demo") -> str:
    """The transcript that stands in the README between two marks."""
    found = _between(mark).search(readme)
    return found[2].strip().removeprefix("```text\n").removesuffix("```") if found else ""


def main() -> None:
    """Writes every generated file."""
    for name, text in generated().items():
        (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / name).write_text(text, encoding="utf-8")
        print(name)
    readme = ROOT / "README.md"
    text = with_transcript(readme.read_text(encoding="utf-8"), demo_transcript())
    readme.write_text(with_transcript(text, check_transcript(), "check"), encoding="utf-8")
    print(readme.name)


if __name__ == "__main__":
    main()
