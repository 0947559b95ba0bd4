"""The installed command on a pseudo-terminal, as a person meets it."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pexpect
from e2e_room import COMMAND


class Terminal:
    """The command on a terminal of its own; `said` is all that a person saw."""

    def __init__(self, home: Path, *words: str, environment: Mapping[str, str] | None = None) -> None:
        known = {k: v for k, v in os.environ.items() if not k.startswith("POSTWATCH_")}
        self._child: Any = pexpect.spawn(
            str(COMMAND),
            ["--home", str(home), *words],
            env={**known, "COLUMNS": "200", **(environment or {})},
            encoding="utf-8",
            timeout=30,
        )
        self._child.setwinsize(40, 200)
        self.said = ""

    def answer(self, question: str, line: str) -> None:
        """Waits for a question and types an answer."""
        self._child.expect_exact(question)
        self.said += self._child.before + question
        self._child.expect(r": ?$")
        self.said += self._child.before
        self._child.sendline(line)

    def end(self) -> int:
        """Waits for the end; gives the exit code."""
        self._child.expect(pexpect.EOF)
        self.said += self._child.before
        self._child.close()
        return int(self._child.exitstatus)
