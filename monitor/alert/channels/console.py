"""`console://`: one readable line for each alert."""

from typing import TextIO

from monitor import clock
from monitor.alert.channels.lines import one_line
from monitor.alert.channels.sender import Sender, Wiring
from monitor.model.alert import Message, Outcome


def pairs(url: str) -> tuple[str, ...]:
    """None: it connects to nothing."""
    return ()


def opened(wiring: Wiring) -> Sender:
    """The sender that writes to the wiring's console."""
    return Console(wiring.console)


class Console:
    """Writes alerts to a text stream."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def send(self, message: Message) -> Outcome:
        """One line: time, priority, kind, subject, id."""
        when = clock.text(message.attempted_at)
        line = one_line(f"{when} ALERT [{message.priority}] {message.kind}: {message.subject} ({message.id})")
        encoding = getattr(self._stream, "encoding", None) or "utf-8"
        try:
            self._stream.write(line.encode(encoding, "backslashreplace").decode(encoding) + "\n")
            self._stream.flush()
        except (OSError, ValueError) as exc:
            return Outcome(False, f"the console cannot be written to: {exc}")
        return Outcome(True)
