"""A real HTTP server on a loopback port, with a log of its requests and faults to switch on."""

import fnmatch
import threading
from collections.abc import Callable
from dataclasses import dataclass

from monitor.demo.world.faults import Fault
from monitor.demo.world.http import Request, Response, not_found
from monitor.demo.world.listener import Listener

_SOUND = Fault()


@dataclass(slots=True)
class ActiveFault:
    """A fault that is switched on, and how often it has struck."""

    pattern: str
    fault: Fault
    times: int | None
    skip: int
    when: Callable[[Request], bool] | None
    hits: int = 0

    def fits(self, request: Request) -> bool:
        """Whether it strikes this request, were its turn come."""
        if self.times is not None and self.hits >= self.times:
            return False
        return fnmatch.fnmatchcase(request.path, self.pattern) and (self.when is None or self.when(request))


class Server:
    """The frame of every server of the world: subclasses write `answer`. Serves from `start` to `close`."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.mistakes: list[BaseException] = []
        """Errors of the server's own code, which the client sees as a lost connection."""
        self.stopping = threading.Event()
        self._faults: list[ActiveFault] = []
        self._lock = threading.Lock()
        self._http = Listener(self)
        self._loop = threading.Thread(target=self._http.listen, daemon=True, name=type(self).__name__)

    @property
    def host_port(self) -> str:
        """Such as "127.0.0.1:40001"."""
        return f"127.0.0.1:{self._http.server_address[1]}"

    @property
    def url(self) -> str:
        """The server's root, without a slash at its end."""
        return f"http://{self.host_port}"

    def answer(self, request: Request) -> Response:
        """The sound answer to a request."""
        raise NotImplementedError

    def requests_to(self, pattern: str) -> list[Request]:
        """The logged requests whose path fits the pattern (`*` for anything), oldest first."""
        return [r for r in list(self.requests) if fnmatch.fnmatchcase(r.path, pattern)]

    def fault(
        self,
        pattern: str,
        fault: Fault,
        times: int | None = None,
        *,
        after: int = 0,
        when: Callable[[Request], bool] | None = None,
    ) -> ActiveFault:
        """Switches a fault on for paths that fit the pattern (`*` for anything, slashes too), for so many requests.

        `after` lets that many fitting requests pass first. Of several fitting faults the first one switched on strikes,
        until its times are used up: so faults told one after the other come one after the other.
        """
        active = ActiveFault(pattern, fault, times, after, when)
        with self._lock:
            self._faults.append(active)
        return active

    def mend(self, active: ActiveFault | None = None) -> None:
        """Switches one fault off, or all of them."""
        with self._lock:
            self._faults = [] if active is None else [f for f in self._faults if f is not active]

    def handle(self, request: Request) -> tuple[Response, Fault]:
        """Logs the request and makes its answer, with the fault that is due."""
        fault = self._due_fault(request)
        with self._lock:
            self.requests.append(request)
        real = Response() if fault.replaces else self.answer(request)
        request.faulty = fault is not _SOUND
        request.answer = fault.spoil(real)
        return request.answer, fault

    def _due_fault(self, request: Request) -> Fault:
        with self._lock:
            for active in self._faults:
                if active.fits(request):
                    if active.skip > 0:
                        active.skip -= 1
                        continue
                    active.hits += 1
                    return active.fault
        return _SOUND

    def start(self) -> None:
        """Begins to serve, in a thread of its own."""
        self._loop.start()

    def close(self) -> None:
        """Ends all connections and waits for their threads."""
        self.stopping.set()
        if self._loop.is_alive():
            self._http.wake()
            self._loop.join(5)
        self._http.end_connections()
        self._http.server_close()


class StaticServer(Server):
    """A server that knows nothing but its faults."""

    def answer(self, request: Request) -> Response:
        """Always 404."""
        return not_found()
