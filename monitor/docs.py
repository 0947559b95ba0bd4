"""`python -m monitor.docs` writes what is generated: config/*.toml, storage/schema.sql. Tests find them stale."""

from pathlib import Path

from monitor.settings import example
from monitor.store.open import memory_store

ROOT = Path(__file__).parent.parent


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


def main() -> None:
    """Writes every generated file."""
    for name, text in generated().items():
        (ROOT / name).write_text(text, encoding="utf-8")
        print(name)


if __name__ == "__main__":
    main()
