"""An exchange as a WARC file (ISO 28500, version 1.1), which any web archive replays.

The same exchange gives the same bytes: times are the exchange's, record ids are made from the content.
"""

import hashlib
import io
import uuid
from base64 import b32encode
from collections.abc import Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from monitor import __version__
from monitor.model.exchange import Exchange

_Headers = Iterable[tuple[str, str]]

_NEVER_KEPT = frozenset(
    {"set-cookie", "set-cookie2", "cookie", "authorization", "proxy-authorization", "proxy-authenticate"}
)
_REQUEST_HEADERS_KEPT = frozenset(
    {
        "accept",
        "accept-encoding",
        "accept-language",
        "connection",
        "if-modified-since",
        "if-none-match",
        "range",
        "user-agent",
    }
)
"""No others: a paywall's key may stand in a header of any name."""
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://iso28500.info/records")


def warc_bytes(exchange: Exchange, *, request_headers: _Headers = (), hops: Iterable[Exchange] = ()) -> bytes:
    """A gzipped WARC: warcinfo, a request and a response for each redirect and for the answer, and metadata.

    Bodies stand as served, still content-coded. Cookies and credentials are left out, and the metadata says so. An
    exchange without an answer gives its request and the metadata, which tells why; a file, a resource record.
    """
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    make = _Records(writer, exchange)
    writer.write_record(make.info())
    sent = [(name, value) for name, value in request_headers if name.lower() in _REQUEST_HEADERS_KEPT]
    for one in (*hops, exchange):
        for record in make.pair(one, sent):
            writer.write_record(record)
    return out.getvalue()


class _Records:
    """Makes the records of one file. `seed` tells this file's record ids from those of every other exchange."""

    def __init__(self, writer: Any, exchange: Exchange) -> None:
        self.writer = writer
        self.exchange = exchange
        told = (exchange.url_asked, exchange.url_final, str(exchange.status), _date(exchange.started_at))
        self.seed = hashlib.sha256("\n".join(told).encode("utf-8", "replace") + b"\n" + exchange.body).hexdigest()
        self.count = 0

    def info(self) -> Any:
        fields = {
            "software": f"postwatch/{__version__}",
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        }
        return self._fields("warcinfo", "", self._headers(self.exchange), fields)

    def pair(self, exchange: Exchange, sent: list[tuple[str, str]]) -> list[Any]:
        """The records of one exchange. The address of a hop is the one asked, of the last answer the final one."""
        url = _line(exchange.url_final or exchange.url_asked)
        records = []
        about = self._headers(exchange)
        if exchange.method == "file":
            records.append(self._resource(exchange, url, about))
        elif exchange.status is not None:
            records.append(self._response(exchange, url, about))
        link = {"WARC-Concurrent-To": about["WARC-Record-ID"]} if records else {}
        if exchange.method != "file":
            records.append(self._request(url, sent, {**self._headers(exchange), **link}))
        records.append(self._fields("metadata", url, {**self._headers(exchange), **link}, _metadata(exchange)))
        return records

    def _response(self, exchange: Exchange, url: str, about: dict[str, str]) -> Any:
        from warcio.statusandheaders import StatusAndHeaders

        status = f"{exchange.status} {_reason(exchange.status)}".strip()
        headers = StatusAndHeaders(status, _shown(exchange.headers), protocol="HTTP/1.1")
        payload = {"WARC-Payload-Digest": _digest(exchange.body), **about}
        if exchange.error:
            payload["WARC-Truncated"] = "unspecified"
        return self.writer.create_warc_record(
            url,
            "response",
            io.BytesIO(exchange.body),
            len(exchange.body),
            http_headers=headers,
            warc_headers_dict=payload,
        )

    def _resource(self, exchange: Exchange, url: str, about: dict[str, str]) -> Any:
        """A file that nobody was asked for."""
        kind = next((value for name, value in exchange.headers if name.lower() == "content-type"), "")
        body = io.BytesIO(exchange.body)
        digest = {"WARC-Payload-Digest": _digest(exchange.body)}
        return self.writer.create_warc_record(
            url, "resource", body, len(exchange.body), kind, warc_headers_dict={**digest, **about}
        )

    def _request(self, url: str, sent: list[tuple[str, str]], about: dict[str, str]) -> Any:
        from warcio.statusandheaders import StatusAndHeaders

        parts = urlsplit(url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        host = ("Host", parts.netloc.rpartition("@")[2])
        headers = StatusAndHeaders(f"GET {target} HTTP/1.1", [host, *sent], is_http_request=True)
        return self.writer.create_warc_record(url, "request", http_headers=headers, warc_headers_dict=about)

    def _fields(self, kind: str, url: str, about: dict[str, str], fields: dict[str, str]) -> Any:
        body = "".join(f"{name}: {_line(value)}\r\n" for name, value in fields.items()).encode("utf-8", "replace")
        return self.writer.create_warc_record(
            url, kind, io.BytesIO(body), len(body), "application/warc-fields", warc_headers_dict=about
        )

    def _headers(self, exchange: Exchange) -> dict[str, str]:
        self.count += 1
        identity = uuid.uuid5(_SPACE, f"{self.seed}:{self.count}")
        return {"WARC-Record-ID": f"<urn:uuid:{identity}>", "WARC-Date": _date(exchange.started_at)}


def _metadata(exchange: Exchange) -> dict[str, str]:
    left_out = sorted({name.lower() for name, _ in exchange.headers} & _NEVER_KEPT)
    fields = {
        "method": exchange.method,
        "urlAsked": exchange.url_asked,
        "urlFinal": exchange.url_final,
        "startedAt": _date(exchange.started_at),
        "endedAt": _date(exchange.ended_at),
        "bodySha256": hashlib.sha256(exchange.body).hexdigest(),
        "error": exchange.error or "",
        "headersLeftOut": ", ".join(left_out),
    }
    tools = {f"tool-{name}": version for name, version in sorted(exchange.tools.items())}
    return {name: value for name, value in {**fields, **tools}.items() if value}


def _shown(headers: _Headers) -> list[tuple[str, str]]:
    """Without secrets. The transfer coding is renamed, since the body stands here without it."""
    renamed = {"transfer-encoding": "X-Archive-Orig-Transfer-Encoding"}
    return [
        (renamed.get(name.lower(), name), _line(value)) for name, value in headers if name.lower() not in _NEVER_KEPT
    ]


def _line(value: str) -> str:
    return " ".join(value.replace("\0", "").split())


def _reason(status: int | None) -> str:
    try:
        return HTTPStatus(status or 0).phrase
    except ValueError:
        return ""


def _digest(body: bytes) -> str:
    return "sha256:" + b32encode(hashlib.sha256(body).digest()).decode()


def _date(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
