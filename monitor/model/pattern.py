"""Which addresses of a list are wanted: a glob, or a regular expression between slashes."""

import fnmatch
import re
from urllib.parse import urlsplit

_NAMES_SCHEME = re.compile(r"://|\^\(?http|:\\/\\/")


class Pattern:
    """A pattern as the operator writes it; an empty one fits everything. Raises ValueError for a broken expression.

    `/.../` is a regular expression, looked for in the address's path and query; in all of it where the expression names a
    scheme. Everything else is a glob that must fit the whole address, or the whole of its path: * stands for anything, slashes
    too, ? for one character.
    """

    def __init__(self, written: str) -> None:
        self.written = written
        self._search: re.Pattern[str] | None = None
        if len(written) > 2 and written.startswith("/") and written.endswith("/"):
            try:
                self._search = re.compile(written[1:-1])
            except re.error as error:
                raise ValueError(f"between the slashes stands no regular expression: {error}") from error

    def fits(self, url: str) -> bool:
        """Whether an address is wanted."""
        if not self.written:
            return True
        parts = urlsplit(url)
        path = parts.path or "/"
        asked = f"{path}?{parts.query}" if parts.query else path
        if self._search is not None:
            # Hosts are called "news", too: an expression for paths must not fit them.
            return self._search.search(url if _NAMES_SCHEME.search(self.written) else asked) is not None
        wholes = (url, asked, path)
        return any(fnmatch.fnmatchcase(whole, self.written) for whole in wholes)
