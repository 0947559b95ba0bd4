"""What the guard sends back to its clients: another machine's answer, or its own."""

import asyncio

from monitor.errors import NotUnderstood, ServerTrouble
from monitor.net import relay
from monitor.net.heads import GUARD_HEADER, TROUBLE_HEADER, read_head, status_of, written


async def page_back(server: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
    """Sends a page's answer back, interim answers first; raises ServerTrouble as long as nothing was sent."""
    while True:
        try:
            head = await read_head(server)
            if head is None:
                raise ServerTrouble("the connection was closed without an answer")
            status = status_of(head)
        except NotUnderstood as exc:
            raise ServerTrouble(f"the answer is not HTTP that we know: {exc}") from exc
        except OSError as exc:
            raise ServerTrouble("the connection was cut before the answer") from exc
        if status == 407:
            raise ServerTrouble("a proxy on the way wants another credential")
        last = status >= 200
        client.write(written(head.line, (*head.forwarded(), ("Connection", "close")) if last else head.forwarded()))
        await client.drain()
        if last:
            break
    await relay.answer_back(server, client)


def own_answer(status: int, reason: str) -> bytes:
    """An answer of the guard: 400, 403, 407 or 502. The reason stands in the status line, a header and the body."""
    reason = plain(reason)
    body = f"{reason}\n".encode()
    marks = {403: (GUARD_HEADER, reason), 407: ("Proxy-Authenticate", 'Basic realm="postwatch"')}
    headers = (
        marks.get(status, (TROUBLE_HEADER, reason)),
        ("Content-Type", "text/plain; charset=us-ascii"),
        ("Content-Length", str(len(body))),
        ("Connection", "close"),
    )
    return written(f"HTTP/1.1 {status} {reason}", headers) + body


def plain(text: str) -> str:
    """One short line of printable ASCII, for a header or the log."""
    return "".join(char if " " <= char <= "~" else "?" for char in text)[:200]
