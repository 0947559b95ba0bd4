"""A plain socket through an HTTP proxy on loopback, for protocols that are no HTTP."""

import socket

from monitor.errors import Refused, ServerTrouble
from monitor.net.passes import basic

_MOST_BYTES = 4096


def socket_through(port: int, credential: str, target: str, timeout: float) -> socket.socket:
    """A tunnel to `target` (host:port) through the proxy at 127.0.0.1. `timeout`, in seconds, stays set on the socket.

    Raises Refused or ServerTrouble with the proxy's reason.
    """
    try:
        found = socket.create_connection(("127.0.0.1", port), timeout)
    except OSError as exc:
        raise ServerTrouble(f"the guard does not answer: {exc}") from exc
    opened = False
    try:
        ask = f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\nProxy-Authorization: {basic(credential)}\r\n\r\n"
        found.sendall(ask.encode("ascii"))
        status, reason = _answer(found)
        if status == 403:
            raise Refused(reason)
        if status != 200:
            raise ServerTrouble(reason or "the guard closed the connection")
        opened = True
    except OSError as exc:
        raise ServerTrouble(f"{target} was not reached: {exc}") from exc
    finally:
        if not opened:
            found.close()
    return found


def _answer(found: socket.socket) -> tuple[int, str]:
    # Byte by byte: what follows the head belongs to the other machine.
    head = b""
    while not head.endswith(b"\r\n\r\n") and len(head) < _MOST_BYTES:
        byte = found.recv(1)
        if not byte:
            return 0, ""
        head += byte
    parts = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)
    return int(parts[1]), parts[2] if len(parts) > 2 else ""
