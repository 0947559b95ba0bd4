"""`python -m monitor.docs` writes what is generated: config/*.toml, storage/schema.sql, the README's transcript of the demo.

Tests find each of them stale.
"""

import re
import subprocess
import sys
from pathlib import Path

from monitor.settings import example
from monitor.store.open import memory_store

ROOT = Path(__file__).parent.parent
_TRANSCRIPT = re.compile(r"(<!-- demo -->)(.*?)(<!-- demo -->)", re.DOTALL)


def schema() -> str:
    """Every statement that makes the database, as SQLite keeps them."""
    with memory_store() as store:
        rows = store.all(
            """SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'wording_fts_%' AND name NOT LIKE '%sqlite%'
            ORDER BY CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END, rowid"""
        )
    head = "-- Generated from monitor/store/migrations.py by `make docs`; a test keeps it current.\n\n"
    return head + "\n\n".join("\n".join(line.rstrip() for line in row[0].splitlines()) + ";" for row in rows) + "\n"


def generated() -> dict[str, str]:
    """Path below the project's root -> text."""
    return {
        "config/postwatch.toml": example.postwatch_toml(),
        "config/watches.toml": example.watches_toml(),
        "config/rules.toml": example.rules_toml(),
        "storage/schema.sql": schema(),
    }


def demo_transcript() -> str:
    """What `postwatch demo` prints, run now."""
    done = subprocess.run([sys.executable, "-m", "monitor", "demo"], capture_output=True, text=True, check=True)
    return done.stdout


def with_transcript(readme: str, told: str) -> str:
    """The README with another transcript between its two marks."""
    return _TRANSCRIPT.sub(lambda found: f"{found[1]}\n```text\n{told}```\n{found[3]}", readme)


def transcript_in(readme: str) -> str:
    """The transcript that stands in the README."""
    found = _TRANSCRIPT.search(readme)
    return found[2].strip().removeprefix("```text\n").removesuffix("```") if found else ""


def main() -> None:
    """Writes every generated file."""
    for name, text in generated().items():
        (ROOT / name).write_text(text, encoding="utf-8")
        print(name)
    readme = ROOT / "README.md"
    readme.write_text(with_transcript(readme.read_text(encoding="utf-8"), demo_transcript()), encoding="utf-8")
    print(readme.name)


if __name__ == "__main__":
    main()
