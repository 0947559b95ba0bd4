"""The desk's server: in a thread of its own, beside the collector or alone."""

import ipaddress
import socket
import threading
from typing import TYPE_CHECKING

from monitor.errors import WrongUse

if TYPE_CHECKING:
    from monitor.web.desk import Desk


class DeskServer:
    """Answers from the moment it is made until `close()`. Raises WrongUse when the address cannot be had."""

    def __init__(self, desk: "Desk", pair: str) -> None:
        from uvicorn import Config, Server

        from monitor.web.app import make_app

        host, _, port = pair.rpartition(":")
        if not _is_address(host.strip("[]")):
            raise WrongUse(f"{host} is no address of a machine: write one such as 127.0.0.1, or localhost")
        sock = _listening(host.strip("[]"), int(port))
        self.url = desk.listens_at(host.strip("[]"), sock.getsockname()[1])
        proxied = bool(desk.options.public_url)
        app = make_app(desk)
        self._let_go = app.state.changes.let_go
        config = Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=proxied,
            forwarded_allow_ips=list(desk.options.proxies),
            timeout_graceful_shutdown=2,
            timeout_keep_alive=30,
            ws="none",
        )
        self._server = Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([sock],), name="desk", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stops answering; what is being answered has two seconds."""
        self._let_go()
        self._server.should_exit = True
        self._thread.join(5)


def _is_address(host: str) -> bool:
    try:
        return host == "localhost" or bool(ipaddress.ip_address(host))
    except ValueError:
        return False


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
        sock.listen(512)
    except OSError as exc:
        sock.close()
        raise WrongUse(
            f"cannot listen at {host}:{port}: {exc.strerror or exc}: choose another pair, or stop its owner"
        ) from exc
    return sock
