"""Tables of words that stand in text files: a line a row, its key first; empty lines and lines that begin with # are for people."""

from pathlib import Path


def rows(path: Path) -> list[tuple[str, str]]:
    """Key and rest of each line, in order."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [(key, rest.strip()) for line in lines if line and line[0] != "#" for key, _, rest in (line.partition(" "),)]
