"""Regular expressions that no text can make slow: RE2 looks at each character once, whatever the expression."""

from functools import lru_cache
from typing import Any

_MOST_MEMORY = 4_000_000
_LONGEST = 1000


@lru_cache(maxsize=256)
def compiled(expression: str) -> Any:
    """The expression, ready to search. Raises ValueError in words for whoever wrote it."""
    import re2

    if len(expression) > _LONGEST:
        raise ValueError(f"a regular expression has at most {_LONGEST} characters")
    options = re2.Options()
    options.max_mem = _MOST_MEMORY
    options.log_errors = False
    try:
        return re2.compile(expression, options)
    except re2.error as exc:
        said = exc.args[0].decode("utf-8", "replace") if exc.args and isinstance(exc.args[0], bytes) else str(exc)
        raise ValueError(f"is no regular expression of RE2: {said}") from exc


def found(expression: str, text: str) -> bool:
    """Whether the expression is found anywhere in the text. Raises ValueError for a broken one."""
    return compiled(expression).search(text.encode("utf-8", "replace").decode()) is not None
