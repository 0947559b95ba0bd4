"""How an answer, sound or spoilt, gets onto the wire."""

import socket
import threading
from collections.abc import Iterator
from http import HTTPStatus

from monitor.demo.world.faults import Fault
from monitor.demo.world.http import Response

_PIECE = 65_536


def send(connection: socket.socket, response: Response, fault: Fault, *, head: bool, stopping: threading.Event) -> bool:
    """Writes the answer. True if the connection may be used again. Raises OSError when the client is gone."""
    if fault.delay and stopping.wait(fault.delay):
        return False
    begin = _head(response, fault)
    if head or response.status in (204, 304):
        connection.sendall(begin)
        return fault.framing != "close"
    if fault == Fault() or (fault.framing == "length" and fault.bytes_per_second is None and fault.cut_after is None):
        connection.sendall(begin + response.body)
        return fault.claimed_length is None
    connection.sendall(begin)
    for piece in _pieces(response.body, fault):
        if fault.bytes_per_second and stopping.wait(len(piece) / fault.bytes_per_second):
            return False
        connection.sendall(_framed(piece, fault))
    if fault.cut_after is not None:
        return False
    if fault.framing == "chunked":
        connection.sendall(b"0\r\n\r\n")
    return fault.framing != "close" and fault.claimed_length is None


def _head(response: Response, fault: Fault) -> bytes:
    try:
        reason = HTTPStatus(response.status).phrase
    except ValueError:
        reason = "Unheard Of"
    lines = [f"HTTP/1.1 {response.status} {reason}"]
    lines += [f"{name}: {value}" for name, value in response.headers]
    closes = fault.framing == "close" or fault.claimed_length is not None or fault.cut_after is not None
    if fault.framing == "chunked":
        lines.append("Transfer-Encoding: chunked")
    elif fault.framing == "length" and response.status not in (204, 304) and response.header("Content-Length") is None:
        length = len(response.body)
        lines.append(f"Content-Length: {fault.claimed_length(length) if fault.claimed_length else length}")
    if closes:
        lines.append("Connection: close")
    return "\r\n".join([*lines, "", ""]).encode("utf-8")


def _pieces(body: bytes, fault: Fault) -> Iterator[bytes]:
    size = _PIECE if fault.bytes_per_second is None else max(1, min(_PIECE, fault.bytes_per_second // 10))
    end = len(body) if fault.cut_after is None else min(len(body), fault.cut_after)
    for start in range(0, end, size):
        yield body[start : min(start + size, end)]
    while fault.endless:
        yield bytes(size)


def _framed(piece: bytes, fault: Fault) -> bytes:
    return b"%x\r\n%s\r\n" % (len(piece), piece) if fault.framing == "chunked" else piece
