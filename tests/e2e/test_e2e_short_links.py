"""Short links are followed only when asked for, one redirect at a time, and never past the last of them."""

import json
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from e2e_room import Room

FILM = "https://www.tiktok.com/@harbour.demo/video/7312345678901234567"
PAGE = """<!doctype html><html lang="en"><head><title>Bridge vote (demo)</title></head><body><main><article>
<h1>Bridge vote (demo)</h1>
<p>The harbour council of Lindenhafen met on Tuesday evening to discuss the new bridge, until long after midnight.</p>
<p>A neighbour filmed <a href="https://vm.tiktok.com/ZMdEmo123/">the wave</a>, and the mayor wrote <a
href="https://t.co/AbCdEf1234">of it</a>, and <a href="https://t.co/GoNe123456">once more</a>.</p>
</article></main></body></html>"""
TARGETS = {
    "vm.tiktok.com/ZMdEmo123/": FILM + "?_t=8x",
    "t.co/AbCdEf1234": "https://news.example.org/other",
    "t.co/GoNe123456": "",
}


class Proxy:
    """The newsroom's proxy: short-link servers by TLS, and one newspaper in clear. Remembers what was asked."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self.asked: list[str] = []
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                with connection, suppress(OSError):
                    self._serve(connection)

    def _serve(self, connection: socket.socket) -> None:
        target = _asked_for(connection)
        if ":443" not in target:
            self.asked.append(target)
            connection.sendall(_answer(200, PAGE))
            return
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        with self._context.wrap_socket(connection, server_side=True) as inner:
            address = target.partition(":")[0] + _asked_for(inner)
            self.asked.append(address)
            leads_to = TARGETS.get(address, "")
            inner.sendall(_answer(301, "", leads_to) if leads_to else _answer(404, "gone"))


def _asked_for(connection: socket.socket) -> str:
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += connection.recv(1) or b"\r\n\r\n"
    return head.split(b" ")[1].decode()


def _answer(status: int, body: str, location: str = "") -> bytes:
    lines = [
        f"HTTP/1.1 {status} Demo",
        "Content-Type: text/html; charset=utf-8",
        f"Content-Length: {len(body.encode())}",
    ]
    lines += [f"Location: {location}"] if location else []
    return ("\r\n".join([*lines, "", ""]) + body).encode()


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[Proxy]:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl makes the certificate")
    made = ("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2")
    names = ("-subj", "/CN=demo", "-addext", "subjectAltName=DNS:vm.tiktok.com,DNS:t.co")
    files = ("-keyout", tmp_path / "key.pem", "-out", tmp_path / "ca.pem")
    subprocess.run([openssl, *made, *names, *files], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "ca.pem", tmp_path / "key.pem")
    found = Proxy(context)
    yield found
    found.close()


@pytest.fixture
def room(tmp_path: Path, proxy: Proxy) -> Room:
    made = Room(tmp_path / "home")
    made.run("init")
    made.write(
        settings=f'[net]\nupstream_proxy = "{proxy.url}"\nca_bundle = "{tmp_path / "ca.pem"}"\n'
        "[articles]\nresolve_short_links = true\nseconds_per_host = 0\n"
        '[media]\nextractors = ["vimeo"]\n'
    )
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    return made


def test_inspect_asks_where_short_links_lead_only_with_resolve(tmp_path: Path, room: Room, proxy: Proxy) -> None:
    (plain,) = (json.loads(line) for line in room.run("inspect", "--json", tmp_path / "page.html").stdout.splitlines())
    assert [(c["platform"], c["post_id"], c["form"]) for c in plain["citations"]] == [
        ("tiktok", None, "tiktok.short_link"),
        ("x", None, "x.short_link"),
        ("x", None, "x.short_link"),
    ]
    assert not proxy.asked
    said = room.run("inspect", "--json", "--resolve", tmp_path / "page.html").stdout
    (record,) = (json.loads(line) for line in said.splitlines())
    film, other, gone = record["citations"]
    assert (film["post_id"], film["short_url"], film["kind"], film["confidence"]) == (
        "7312345678901234567",
        "https://vm.tiktok.com/ZMdEmo123/",
        "link",
        1,
    )
    assert (other["post_id"], other["confidence"]) == (None, 0.2)
    assert "news.example.org/other" in other["reason"]
    assert (gone["post_id"], gone["url"]) == (None, "https://t.co/GoNe123456")
    assert any("GoNe123456" in warning for warning in record["warnings"])
    assert proxy.asked == ["vm.tiktok.com/ZMdEmo123/", "t.co/AbCdEf1234", "t.co/GoNe123456"]


def test_a_watched_article_is_linked_to_the_post_behind_its_short_link(room: Room, proxy: Proxy) -> None:
    room.run("add", "http://news.example.org/bridge")
    room.run("once", code=3)  # no extractor may look at the post itself
    (row,) = room.rows("links")
    assert (row["platform"], row["cited_post_id"], row["kind"], row["form"]) == (
        "tiktok",
        "7312345678901234567",
        "link",
        "tiktok.short_link",
    )
    assert proxy.asked.count("vm.tiktok.com/ZMdEmo123/") == 1
    assert not [asked for asked in proxy.asked if asked.startswith("news.example.org/other")]
