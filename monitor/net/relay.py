"""Bytes from one connection to another and back, never more than a piece of them in memory."""

import asyncio
import socket
import struct
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

_PIECE_BYTES = 65_536
_LINGER_S = 2.0
_LINGER_BYTES = 1_048_576


async def both_ways(forth: Coroutine[Any, Any, None], back: Coroutine[Any, Any, None]) -> None:
    """Runs both until one of them ends. An OSError of `back` comes out; `forth` has nothing to tell."""
    tasks = [asyncio.ensure_future(forth), asyncio.ensure_future(back)]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
    if isinstance(results[1], Exception):
        raise results[1]


async def send_on(client: asyncio.StreamReader, server: asyncio.StreamWriter, length: int | None) -> None:
    """Sends the client's next `length` bytes (None: all) on, then waits until the client goes away.

    A server that listens no more may still be answering, so that its going away does not end this.
    """
    with suppress(OSError):
        while length is None or length > 0:
            piece = await client.read(_PIECE_BYTES if length is None else min(_PIECE_BYTES, length))
            if not piece:
                return
            if length is not None:
                length -= len(piece)
            server.write(piece)
            await server.drain()
    with suppress(OSError):
        while await client.read(_PIECE_BYTES):
            pass


async def answer_back(server: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
    """Sends the server's bytes back until it closes. A connection that it resets is reset for the client too."""
    while True:
        try:
            piece = await server.read(_PIECE_BYTES)
        except OSError:
            reset(client)
            return
        if not piece:
            return
        client.write(piece)
        await client.drain()


async def say_last(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, message: bytes) -> None:
    """Sends our own answer. What the client still sends is read for a moment, lest a reset destroys the answer."""
    with suppress(OSError, TimeoutError):
        async with asyncio.timeout(_LINGER_S):
            writer.write(message)
            await writer.drain()
            writer.write_eof()
            for _ in range(_LINGER_BYTES // _PIECE_BYTES):
                if not await reader.read(_PIECE_BYTES):
                    return


async def shut(writer: asyncio.StreamWriter) -> None:
    """Closes once everything is sent; at once when the task is cancelled."""
    writer.close()
    try:
        await writer.wait_closed()
    except OSError:
        return
    except asyncio.CancelledError:
        writer.transport.abort()
        raise


def reset(writer: asyncio.StreamWriter) -> None:
    """Cuts a connection so that the other side sees a fault: a plain close could pass for the end of a body."""
    plain = writer.get_extra_info("socket")
    if plain is not None:
        with suppress(OSError):
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
