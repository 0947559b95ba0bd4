"""How the demo speaks: short lines, coloured on a terminal, plain when piped; every claim is checked as it is made."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console


class Teller:
    """Writes to one stream. `wrong` counts the claims that did not hold."""

    def __init__(self, out: TextIO) -> None:
        self._console = Console(file=out, highlight=False, soft_wrap=True)
        self._act = 0
        self.wrong = 0

    def act(self, title: str) -> None:
        """Begins the next numbered part."""
        self._act += 1
        self._line(f"\n{self._act}. {title}", "bold")

    def title(self, text: str) -> None:
        """A line that stands out."""
        self._line(text, "bold")

    def say(self, text: str = "", *, deep: int = 1) -> None:
        """A line, set in by `deep` steps."""
        self._line("   " * deep + text if text else "")

    def command(self, words: str) -> None:
        """A command that the demo runs, as a person would type it."""
        self._line(f"   $ {words}", "cyan")

    def claim(self, holds: bool, text: str) -> None:
        """A fact that was just checked. One that does not hold is said aloud and counted."""
        self.wrong += not holds
        self._line(f"   {'ok' if holds else 'WRONG'}  {text}", "green" if holds else "bold red")

    @contextmanager
    def busy(self, text: str) -> Iterator[None]:
        """A sign of life on a terminal, for as long as something runs."""
        if not self._console.is_terminal:
            yield
            return
        with self._console.status(text):
            yield

    def _line(self, text: str, style: str | None = None) -> None:
        self._console.print(text, style=style, markup=False)
        self._console.file.flush()
