"""Web archives made for tests: their records, packed one by one, as a whole, or not at all."""

import gzip
import io
from collections.abc import Iterable
from dataclasses import dataclass

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PAGE = '<!doctype html><html lang="en"><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>'


@dataclass
class Answer:
    """An answer of the crawl; `headers` beside the Content-Type."""

    url: str
    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: str = "200 OK"
    headers: tuple[tuple[str, str], ...] = ()


def page(title: str, post: str = "") -> bytes:
    """An article that links to a post."""
    words = "The quay was closed in the morning and opened again in the afternoon, the harbour office says. " * 3
    link = f'<p>As the office <a href="{post}">wrote</a>, nobody knows why.</p>' if post else ""
    return PAGE.format(title=title, body=f"<p>{words}</p>{link}<p>{words}</p>").encode()


def warc(answers: Iterable[Answer], *, packed: bool = True) -> bytes:
    """A crawl's file: warcinfo, then a request, a response and a metadata record for each answer."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("demo.warc", {"software": "demo"}))
    for answer in answers:
        asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "news.example")], is_http_request=True)
        writer.write_record(writer.create_warc_record(answer.url, "request", http_headers=asked))
        head = StatusAndHeaders(
            answer.status, [("Content-Type", answer.content_type), *answer.headers], protocol="HTTP/1.1"
        )
        body = io.BytesIO(answer.body)
        writer.write_record(
            writer.create_warc_record(answer.url, "response", body, len(answer.body), http_headers=head)
        )
        writer.write_record(writer.create_warc_record(answer.url, "metadata", io.BytesIO(b"fetch: demo\r\n"), 13))
    return out.getvalue()


def packed_whole(answers: Iterable[Answer]) -> bytes:
    """As some tools do it, and the standard does not: one gzip member around all records."""
    return gzip.compress(warc(answers, packed=False), mtime=0)


def chunked(body: bytes) -> bytes:
    """A body in the transfer coding that careless crawlers keep."""
    half = len(body) // 2
    parts = (body[:half], body[half:])
    return b"".join(f"{len(p):x}\r\n".encode() + p + b"\r\n" for p in parts) + b"0\r\n\r\n"
