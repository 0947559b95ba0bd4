"""The bytes of a WARC file, read once from front to back: plain, each record packed by itself, or packed as a whole.

What is damaged is passed over up to the next record. No more than about two megabytes are held, whatever the file.
"""

import re
import zlib
from typing import BinaryIO

_STEP = 65_536
_KEPT_PACKED = 1_048_576
"""Packed bytes remembered: a flipped bit may lead the unpacker beyond the record before it notices."""
_LONGEST_HEAD = 1_048_576
_MOST_RETURNS = 20
"""How often a plain file is read again from a record with a wrong length: a hostile one may hold nothing else."""
_GZIP = b"\x1f\x8b\x08"
_BEGINNING = re.compile(rb"WARC/\d\.\d{1,2}\r?\n")
_WITHIN = re.compile(rb"\nWARC/\d\.\d{1,2}\r?\n")
_MARK = b"WARC/"


class Damaged(Exception):
    """What follows cannot be read as it stands; `next_record` goes on behind it."""


class ArchiveBytes:
    """Unpacked bytes, read forward. `read` and `readline` end at the end of a packed record whose next one begins."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._raw = file.read(_STEP)
        self._ready = b""
        self._at = 0
        self._kept = b""
        self._inflate = self._unpacker() if self._raw.startswith(_GZIP[:2]) else None
        self._is_packed = self._inflate is not None
        self._at_border = False
        self._head_left = _LONGEST_HEAD
        self._taken = len(self._raw)
        self._mark = 0
        self._returns = _MOST_RETURNS

    def mark(self) -> None:
        """Remembers this place of a plain file, for `back_to_mark`."""
        self._mark = self._taken - len(self._raw) - len(self._ready) + self._at

    def back_to_mark(self) -> None:
        """Goes back to just behind the mark, so that a length too long hides no record; stays here in a packed file."""
        if self._is_packed or not self._returns or not self._file.seekable():
            return
        self._returns -= 1
        self._taken = self._file.seek(self._mark + len(_MARK))
        self._raw, self._ready, self._at = b"", b"", 0

    def next_record(self) -> bool:
        """Goes to where the next record begins, over whatever lies between; False at the end of the file."""
        while True:
            try:
                found = self._found()
            except Damaged:
                found = self._next_member()
            if found is not None:
                self._head_left = _LONGEST_HEAD
                return found

    def skip_blank(self) -> bool:
        """Goes over the empty lines after a record; whether a record, or the end, follows at once."""
        while (there := self._peek(1)) and there in b"\r\n":
            self._at += 1
        if not there and self._at_border:
            self._cross()
        there = self._peek(16)
        self._head_left = _LONGEST_HEAD
        return not there or _BEGINNING.match(there) is not None

    @property
    def is_at_end(self) -> bool:
        """Whether nothing is left."""
        return not self._peek(1) and not self._at_border

    def read(self, size: int) -> bytes:
        """At most `size` bytes; empty at the end. Raises Damaged."""
        if not self._peek(1):
            return b""
        taken = self._ready[self._at : self._at + min(size, _STEP)]
        self._at += len(taken)
        return taken

    def readline(self, size: int | None = None) -> bytes:
        """A line of a head, at most `size` bytes of it. Raises Damaged, also for a head of more than a megabyte."""
        line = b""
        most = _STEP if size is None else min(size, _STEP)
        while len(line) < most and not line.endswith(b"\n") and self._peek(1):
            end = self._ready.find(b"\n", self._at) + 1 or len(self._ready)
            part = self._ready[self._at : min(end, self._at + most - len(line))]
            self._at += len(part)
            line += part
        self._head_left -= len(line)
        if self._head_left < 0:
            raise Damaged("its head is longer than a megabyte")
        return line

    def _peek(self, size: int) -> bytes:
        while len(self._ready) - self._at < size and self._fill():
            pass
        return self._ready[self._at : self._at + size]

    def _fill(self) -> bool:
        """Unpacks a little more; False at the end of the file, and at a border until it is crossed."""
        if self._at_border:
            return False
        self._ready, self._at = self._ready[self._at :], 0
        if self._inflate is None:
            more = self._raw or self._file.read(_STEP)
            self._taken += 0 if self._raw else len(more)
            self._raw = b""
            self._ready += more
            return bool(more)
        return self._unpack(self._inflate)

    def _unpack(self, inflate: "zlib._Decompress") -> bool:
        if not self._raw:
            self._raw = self._file.read(_STEP)
            if not self._raw:
                if self._is_packed and not inflate.eof and self._kept:
                    self._kept = b""
                    raise Damaged("the file ends within it")
                return False
        packed = self._raw
        try:
            unpacked = inflate.decompress(packed, _STEP)
        except zlib.error as error:
            raise Damaged(f"damaged gzip data: {error}") from error
        self._raw = inflate.unconsumed_tail or inflate.unused_data
        self._kept = (self._kept + packed[: len(packed) - len(self._raw)])[-_KEPT_PACKED:]
        self._ready += unpacked
        if inflate.eof:
            self._end_member()
        return True

    def _end_member(self) -> None:
        """Begins the next member. A record never reaches beyond the member that the next record begins in."""
        self._raw = self._raw.lstrip(b"\0")
        while len(self._raw) < _STEP and (more := self._file.read(_STEP)):
            self._raw = (self._raw + more).lstrip(b"\0")
        self._kept = b""
        if not self._raw:
            self._inflate = self._unpacker()
            return
        self._inflate = self._unpacker()
        self._at_border = _begins(self._raw)

    def _cross(self) -> None:
        self._at_border = False

    def _found(self) -> bool | None:
        """Whether the next record begins here; None when there is more to look through."""
        if _BEGINNING.match(self._peek(16)):
            return True
        if (there := _WITHIN.search(self._ready, self._at)) is not None:
            self._at = there.start() + 1
            return True
        self._at = max(self._at, len(self._ready) - 16)
        if self._fill():
            return None
        if not self._at_border:
            return False
        self._ready, self._at = b"", 0
        self._cross()
        return None

    def _next_member(self) -> bool | None:
        """After damaged packed bytes: the next place where a packed record begins."""
        self._ready, self._at, self._at_border = b"", 0, False
        packed, self._kept = self._kept + self._raw, b""
        after = 1
        while True:
            there = packed.find(_GZIP, after)
            if there >= 0 and (_begins(packed[there : there + _STEP])):
                self._raw, self._inflate = packed[there:], self._unpacker()
                return None
            if there >= 0 and len(packed) - there >= _STEP:
                after = there + 1
                continue
            more = self._file.read(_STEP)
            if not more and there < 0:
                self._raw = b""
                return False
            if not more:
                after = there + 1
                continue
            packed = packed[there if there >= 0 else len(packed) - 2 :] + more
            after = 0

    @staticmethod
    def _unpacker() -> "zlib._Decompress":
        return zlib.decompressobj(31)


def _begins(packed: bytes) -> bool:
    """Whether a packed record begins here."""
    try:
        return zlib.decompressobj(31).decompress(packed, len(_MARK)).startswith(_MARK)
    except zlib.error:
        return False
