"""The child process in which pages from outside are parsed: `python -m monitor.articles.worker FD` serves one connection.

It limits its own memory for good, and its processor time anew for every page. Requests and answers are JSON with the page's
bytes behind; nothing that comes back can make the parent run code.
"""

import json
import resource
import sys
from multiprocessing.connection import Connection

from monitor.articles.links import links_in
from monitor.articles.reading import read_page, read_text
from monitor.articles.wire import written

MEMORY_BYTES = 2 * 1024**3


def main() -> None:
    """Answers requests until the parent hangs up."""
    import trafilatura  # noqa: F401  # loaded now, so that the first page's time is its own

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    memory = MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(MEMORY_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_AS, (memory, hard))
    connection = Connection(int(sys.argv[1]))
    connection.send_bytes(b"ready")
    while True:
        try:
            request = json.loads(connection.recv_bytes())
            content = connection.recv_bytes()
        except EOFError:
            return
        connection.send_bytes(_answer(request, content))


def _answer(request: dict[str, str | None], content: bytes) -> bytes:
    _limit_cpu(float(request["seconds"] or 10))
    read = read_text if request["as"] == "text" else read_page
    try:
        if request["as"] == "links":
            return b"+" + json.dumps(links_in(content, str(request["url"]), request["content_type"])).encode()
        reading = read(content, url=request["url"], content_type=request["content_type"])
        return b"+" + written(reading)
    except MemoryError:
        # What memory is left cannot be trusted: let the parent start another child.
        sys.exit(1)
    except Exception as error:  # noqa: BLE001  # process boundary: the parent falls back to the sweep and names the error
        return b"-" + f"{type(error).__name__}: {error}".encode("utf-8", "replace")[:500]


def _limit_cpu(seconds: float) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 2, hard))


if __name__ == "__main__":
    main()
