"""Content codings, undone in bounded steps: a gzip bomb costs one step of memory, not its whole size."""

import zlib

from monitor.errors import NotUnderstood, TooLarge

_STEP_BYTES = 65_536
_WINDOW = {"gzip": 31, "x-gzip": 31, "deflate": 15}


class Decoder:
    """The decoded bytes of one body, as far as they have come; never more than `most` of them.

    Raises NotUnderstood for a coding other than identity, gzip and deflate, and for two on top of each other.
    """

    def __init__(self, coding: str, most: int) -> None:
        coding = coding.strip().lower()
        if coding not in ("", "identity", *_WINDOW):
            raise NotUnderstood(f"the body comes in the content coding {coding[:40]!r}, which was not asked for")
        self._window = _WINDOW.get(coding)
        self._inflate = zlib.decompressobj(self._window) if self._window else None
        self._most = most
        self._begun = False
        self._after_end = b""
        self.content = bytearray()

    def feed(self, raw: bytes) -> None:
        """Takes the next bytes as served. Raises TooLarge over the limit, NotUnderstood for a broken coding."""
        if self._inflate is None:
            self._take(raw)
            return
        try:
            self._undo(raw)
        except zlib.error as exc:
            if not self._is_raw_deflate():
                raise NotUnderstood(f"the body is not in the coding that its header names: {exc}") from exc
            self._window, self._inflate = -15, zlib.decompressobj(-15)
            self.feed(raw)

    @property
    def is_complete(self) -> bool:
        """Whether the coding came to its end; an empty body has none."""
        return self._inflate is None or not self._begun or self._inflate.eof

    def _undo(self, raw: bytes) -> None:
        waiting = self._after_end + raw
        self._after_end = b""
        full = False
        while self._inflate is not None and (waiting or full):
            if self._inflate.eof:
                # gzip allows several members; anything else after the end is padding.
                if self._window != 31 or not waiting or not b"\x1f\x8b".startswith(waiting[:2]):
                    return
                if len(waiting) < 2:
                    self._after_end = waiting
                    return
                self._inflate = zlib.decompressobj(31)
            decoded = self._inflate.decompress(waiting, _STEP_BYTES)
            self._take(decoded)
            self._begun = True
            full = len(decoded) == _STEP_BYTES  # then zlib may hold more, though it has taken all that waited
            waiting = self._inflate.unused_data or self._inflate.unconsumed_tail

    def _take(self, decoded: bytes) -> None:
        if len(self.content) + len(decoded) > self._most:
            raise TooLarge(f"more than {self._most:,} bytes after decompression: see max_page_bytes in [net]")
        self.content += decoded

    def _is_raw_deflate(self) -> bool:
        # Old servers leave out deflate's zlib header; it is missed with the first bytes.
        return self._window == 15 and not self._begun
