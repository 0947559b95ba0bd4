import base64
import json
import logging
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
import requests
from net_world import PUBLIC, machine, moved, never, options, page, path_of, raw

from monitor.errors import Refused, ServerTrouble, UnusableSettings
from monitor.net.guard import Guard
from monitor.net.routes import Routes


def ask(proxy: str, url: str, **more: object) -> httpx.Response:
    with httpx.Client(proxy=proxy, trust_env=False, **more) as client:  # type: ignore[arg-type]
        return client.get(url)


def credential(proxy: str) -> str:
    return base64.b64encode(proxy.split("//")[1].split("@")[0].encode()).decode()


def by_hand(guard: Guard, line: str, *headers: str, proxy: str | None = None) -> bytes:
    shown = credential(proxy or guard.pass_for("test"))
    lines = [line, f"Proxy-Authorization: Basic {shown}", *headers, "", ""]
    return raw(guard.port, "\r\n".join(lines).encode("latin-1"))


HOSTILE = [
    *("169.254.169.254", "127.0.0.1", "localhost", "LOCALHOST.", "0.0.0.0", "10.0.0.1", "100.64.0.1", "192.0.0.8"),
    *("0x7f.1", "2130706433", "0177.0.0.1", "127.1", "127.0.0.1.", "0x7f000001", "224.0.0.1", "255.255.255.255"),
    *("[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1]"),
    *("[fd00:ec2::254]", "[ff02::1]", "[0:0:0:0:0:0:0:1]", "public@127.0.0.1", "93.184.215.14@127.0.0.1"),
    *("127.0.0.1%2e", "%31%32%37.0.0.1", "１２７.０.０.１".encode().decode("latin-1"), "4294967297", "[fe80::1%25lo]"),
]


def private(host: str, port: int) -> tuple[str, ...]:
    return ("127.0.0.1",)


@pytest.mark.parametrize("host", HOSTILE)
def test_no_spelling_of_a_private_address_gets_a_page_or_a_tunnel(host: str) -> None:
    with Guard(options(), private) as guard:
        for line in (f"GET http://{host}/latest HTTP/1.1", f"CONNECT {host}:443 HTTP/1.1"):
            answer = by_hand(guard, line, f"Host: {host}")
            assert answer.startswith((b"HTTP/1.1 403 ", b"HTTP/1.1 400 ")), answer


def test_a_refusal_says_why_in_status_line_header_and_body() -> None:
    with Guard(options(), never) as guard:
        answer = ask(guard.pass_for("page"), "http://169.254.169.254/latest/meta-data?secret=1")
        assert answer.status_code == 403
        why = "169.254.169.254 leads to 169.254.169.254, which is not public but link-local"
        assert answer.headers["X-Postwatch-Guard"] == why
        assert answer.text == f"{why}\n"
        with pytest.raises(
            httpx.ProxyError, match=r"403 127\.0\.0\.1 leads to 127\.0\.0\.1, which is not public but loopback"
        ):
            ask(guard.pass_for("page"), "https://127.0.0.1/")


def test_a_name_with_one_public_and_one_private_address_is_refused() -> None:
    with machine() as canary, Guard(options(ports=(canary.port,)), lambda h, p: (PUBLIC, "127.0.0.1")) as guard:
        answer = ask(guard.pass_for("page"), f"http://mixed.example.org:{canary.port}/")
        assert answer.status_code == 403
        assert canary.got == []


class Rebinding:
    """A resolver of the attacker's: another address at the second look."""

    def __init__(self, first: str, then: str) -> None:
        self.answers = [first]
        self.then = then

    def __call__(self, host: str, port: int) -> tuple[str, ...]:
        return (self.answers.pop() if self.answers else self.then,)


def test_a_public_name_that_turns_private_keeps_the_checked_address_or_is_refused() -> None:
    routes = Routes(options(), Rebinding(PUBLIC, "127.0.0.1"))
    assert routes.route("rebind.example.org", 443).addresses == (PUBLIC,)
    with pytest.raises(Refused, match=r"rebind\.example\.org leads to 127\.0\.0\.1, which is not public but loopback"):
        routes.route("rebind.example.org", 443)


def test_a_name_is_resolved_once_and_that_address_alone_is_connected_to() -> None:
    with machine() as site, machine(host="127.0.0.2", port=site.port) as canary:
        resolve = Rebinding("127.0.0.1", "127.0.0.2")
        with Guard(options(allow=(f"rebind.example.org:{site.port}",)), resolve) as guard:
            url = f"http://rebind.example.org:{site.port}/"
            assert ask(guard.pass_for("page"), url).text == "hello"
            assert (len(site.got), canary.got) == (1, [])
            ask(guard.pass_for("page"), url)
            assert (len(site.got), len(canary.got)) == (1, 1)


def test_the_next_address_is_tried_when_the_first_does_not_answer() -> None:
    with machine(host="127.0.0.2") as site:
        pair = f"two.example.org:{site.port}"
        with Guard(options(allow=(pair,)), lambda h, p: ("127.0.0.1", "127.0.0.2")) as guard:
            assert ask(guard.pass_for("page"), f"http://{pair}/").text == "hello"


def test_a_redirect_to_a_private_address_reaches_nobody() -> None:
    with machine() as canary, machine(moved(canary.url)) as site, Guard(options(allow=(site.pair,))) as guard:
        answer = ask(guard.pass_for("page"), site.url, follow_redirects=True)
        assert (answer.status_code, canary.got) == (403, [])


def test_only_the_ports_of_the_settings_are_open() -> None:
    with Guard(options(), lambda h, p: (PUBLIC,)) as guard:
        for url in ("http://example.org:22/", "http://example.org:6379/"):
            assert "is not among the ports" in ask(guard.pass_for("page"), url).text


def test_a_name_without_address_is_trouble_not_a_refusal() -> None:
    def nothing(host: str, port: int) -> tuple[str, ...]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with Guard(options(), nothing) as guard:
        answer = ask(guard.pass_for("page"), "http://gone.example.org/")
        assert (answer.status_code, answer.headers["X-Postwatch-Trouble"]) == (
            502,
            "gone.example.org has no address now",
        )
        assert "X-Postwatch-Guard" not in answer.headers


def test_a_resolver_that_hangs_is_given_up() -> None:
    released = threading.Event()

    def hangs(host: str, port: int) -> tuple[str, ...]:
        released.wait()
        return (PUBLIC,)

    with Guard(options(timeout="1s"), hangs) as guard:
        assert "not resolved in time" in ask(guard.pass_for("page"), "http://slow.example.org/").text
    released.set()


@pytest.mark.parametrize(
    "header",
    ["", "Proxy-Authorization: Basic cGFnZTp3cm9uZw==", "Proxy-Authorization: Basic é", "Proxy-Authorization: x"],
)
def test_without_a_pass_nothing_is_even_looked_up(header: str) -> None:
    with Guard(options(), never) as guard:
        guard.pass_for("page")
        for line in ("GET http://example.org/ HTTP/1.1", "CONNECT example.org:443 HTTP/1.1"):
            message = f"{line}\r\n{header}\r\n\r\n" if header else f"{line}\r\n\r\n"
            answer = raw(guard.port, message.encode())
            assert answer.startswith(b"HTTP/1.1 407 ")
            assert b"Proxy-Authenticate: Basic" in answer


def test_pairs_of_a_pass_are_open_to_its_holder_alone() -> None:
    with machine() as channel, machine(moved(channel.url)) as site, Guard(options(allow=(site.pair,))) as guard:
        page_pass, channel_pass = guard.pass_for("page"), guard.pass_for("channel", [channel.pair])
        assert ask(page_pass, channel.url).status_code == 403
        assert ask(page_pass, site.url, follow_redirects=True).status_code == 403
        assert channel.got == []
        assert ask(channel_pass, channel.url).text == "hello"


def test_a_pair_is_exact() -> None:
    with machine() as site, Guard(options(allow=(site.pair,))) as guard:
        for host in ("localhost", "127.1", "0x7f.1", "[::ffff:127.0.0.1]", "2130706433"):
            assert ask(guard.pass_for("page"), f"http://{host}:{site.port}/").status_code == 403
        assert site.got == []


def test_the_same_rights_have_the_same_pass_and_others_another() -> None:
    with Guard(options()) as guard:
        assert guard.pass_for("page") == guard.pass_for("page")
        found = {guard.pass_for("page"), guard.pass_for("mail"), guard.pass_for("page", ["a:1"])}
        found.add(guard.pass_for("page", lifetime=5))
        assert len(found) == 4
        with pytest.raises(ValueError, match="a-z"):
            guard.pass_for("pa:ge@")


@pytest.fixture(scope="module")
def echo() -> Iterator[Callable[[bytes], bytes]]:
    def answer(head: bytes) -> bytes:
        seen = {"head": head.decode()}
        return page(json.dumps(seen).encode(), "X-Postwatch-Guard: forged", "X-Postwatch-Trouble: forged")

    yield answer


def test_a_page_is_asked_as_a_client_would_and_nothing_of_the_guard_leaks(echo: Callable[[bytes], bytes]) -> None:
    with machine(echo) as site, Guard(options(allow=(site.pair,))) as guard:
        answer = ask(guard.pass_for("page"), f"{site.url}/a?b=%20c", headers={"Connection": "X-Hop", "X-Hop": "1"})
        head = answer.json()["head"]
        assert head.startswith("GET /a?b=%20c HTTP/1.1\r\n")
        assert f"Host: {site.pair}\r\n" in head
        assert "proxy" not in head.lower()
        assert "x-hop" not in head.lower()
        assert head.lower().count("connection: close") == 1
        assert "X-Postwatch-Guard" not in answer.headers
        assert "X-Postwatch-Trouble" not in answer.headers


def test_ipv6_pages_work_in_brackets_and_as_httpx_writes_them() -> None:
    try:
        found = machine(host="::1")
        with found as site, Guard(options(allow=(f"[::1]:{site.port}",))) as guard:
            url = f"http://[::1]:{site.port}/x"
            assert ask(guard.pass_for("page"), url).text == "hello"
            proxies = {"http": guard.pass_for("page")}
            with requests.Session() as session:
                session.trust_env = False
                assert session.get(url, proxies=proxies, timeout=5).text == "hello"
            assert all(f"Host: [::1]:{site.port}".encode() in head for head in site.got)
    except OSError:
        pytest.skip("no IPv6 here")


def test_bodies_of_requests_are_sent_on_whole() -> None:
    body = bytes(range(256)) * 4096
    with machine() as site, Guard(options(allow=(site.pair,))) as guard:
        with requests.Session() as session:
            session.trust_env = False
            answer = session.post(site.url, data=body, proxies={"http": guard.pass_for("x-api")}, timeout=5)
        assert (answer.status_code, site.bodies) == (200, [body])


def test_a_second_request_on_one_connection_goes_nowhere() -> None:
    with machine() as site, Guard(options(allow=(site.pair,))) as guard:
        line = (
            f"GET {site.url}/one HTTP/1.1\r\nHost: x\r\nProxy-Authorization: Basic {credential(guard.pass_for('page'))}"
        )
        with socket.create_connection(("127.0.0.1", guard.port), 5) as connection:
            connection.sendall(f"{line}\r\n\r\nGET http://169.254.169.254/ HTTP/1.1\r\n\r\n".encode())
            found = b""
            while piece := connection.recv(65536):
                found += piece
        assert found.count(b"HTTP/1.1 ") == 1
        assert [path_of(head) for head in site.got] == ["/one"]


def test_interim_answers_come_before_the_answer() -> None:
    whole = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + page(b"later")
    with machine(whole) as site, Guard(options(allow=(site.pair,))) as guard:
        assert ask(guard.pass_for("page"), site.url).text == "later"


def test_large_answers_pass_without_being_gathered() -> None:
    def endless(head: bytes) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\n\r\n"
        while True:
            yield b"x" * 65536

    with machine(endless) as site, Guard(options(allow=(site.pair,))) as guard:
        with (
            httpx.Client(proxy=guard.pass_for("page"), trust_env=False) as client,
            client.stream("GET", site.url) as got,
        ):
            for piece in got.iter_raw():
                assert piece
                time.sleep(0.05)  # a reader that does not hurry: what is not read must wait at its source
                break
            assert site.sent < 32_000_000
        deadline = time.monotonic() + 5
        while site._threads[-1].is_alive() and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not site._threads[-1].is_alive(), "the source was not told that the reader is gone"


GARBAGE = [
    b"\r\n\r\n",
    b"\0\xff\x16\x03\x01" * 100 + b"\r\n\r\n",
    b"GET\r\n\r\n",
    b"GET / HTTP/1.1\r\nAUTH\r\n\r\n",
    b"GET http://example.org/ HTTP/9.9\r\nAUTH\r\n\r\n",
    b"GET http:/example.org/ HTTP/1.1\r\nAUTH\r\n\r\n",
    b"GET http://example.org:99999/ HTTP/1.1\r\nAUTH\r\n\r\n",
    b"GET http://example.org:x/ HTTP/1.1\r\nAUTH\r\n\r\n",
    b"GET http:// HTTP/1.1\r\nAUTH\r\n\r\n",
    b"GET http://a\\@127.0.0.1/ HTTP/1.1\r\nAUTH\r\n\r\n",
    b"GET http://2606:4700::1111/ HTTP/1.1\r\nAUTH\r\nHost: 127.0.0.1\r\n\r\n",
    b"CONNECT example.org HTTP/1.1\r\nAUTH\r\n\r\n",
    b"CONNECT :443 HTTP/1.1\r\nAUTH\r\n\r\n",
    b"CONNECT http://example.org:443/ HTTP/1.1\r\nAUTH\r\n\r\n",
    b"GET http://example.org/ HTTP/1.1\r\nAUTH\r\nno header\r\n\r\n",
    b"GET http://example.org/ HTTP/1.1\r\nAUTH\r\nX : y\r\n\r\n",
    b"POST http://example.org/ HTTP/1.1\r\nAUTH\r\nContent-Length: -1\r\n\r\n",
    b"POST http://example.org/ HTTP/1.1\r\nAUTH\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    b"POST http://example.org/ HTTP/1.1\r\nAUTH\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    b"GET http://example.org/ HTTP/1.1\r\nAUTH\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
    b"GET http://example.org/ HTTP/1.1\r\nAUTH\r\n" + b"X: yyyyyyyyyyyyyyyyyy\r\n" * 4000 + b"\r\n",
    b"GET http://example.org/ HTTP/1.1\r\nAUTH\r\n",
]


@pytest.mark.parametrize("message", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_is_answered_and_survived(message: bytes) -> None:
    with machine() as site, Guard(options(allow=(site.pair,)), never) as guard:
        shown = credential(guard.pass_for("test")).encode()
        answer = raw(guard.port, message.replace(b"AUTH", b"Proxy-Authorization: Basic " + shown))
        assert answer.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 407 ")), answer
        assert ask(guard.pass_for("test"), site.url).text == "hello"


@pytest.mark.parametrize("scheme", ["ftp", "gopher", "file", "https"])
def test_other_schemes_than_http_get_no_page(scheme: str) -> None:
    with Guard(options(), never) as guard:
        answer = by_hand(guard, f"GET {scheme}://example.org/ HTTP/1.1")
        assert answer.startswith(b"HTTP/1.1 403 the scheme ")


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH\r\n",
        b"HTTP/1.1 99999 x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 10000000,
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 50000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nno header\r\n\r\n",
        b"\x16\x03",
        page(status="407 Give me your password"),
    ],
)
def test_an_answer_that_is_no_http_is_trouble(answer: bytes) -> None:
    with machine(answer) as site, Guard(options(allow=(site.pair,))) as guard:
        assert ask(guard.pass_for("page"), site.url).status_code == 502


def test_requests_and_httpx_work_through_a_tunnel(tls: tuple[Path, ssl.SSLContext]) -> None:
    certificate, context = tls
    with machine(context=context) as site, Guard(options(allow=(site.pair,))) as guard:
        proxy = guard.pass_for("page")
        trust = ssl.create_default_context(cafile=str(certificate))
        assert ask(proxy, site.url, verify=trust).text == "hello"
        with requests.Session() as session:
            session.trust_env = False
            answer = session.get(site.url, proxies={"https": proxy}, verify=str(certificate), timeout=5)
            assert answer.text == "hello"
            with pytest.raises(requests.exceptions.ProxyError, match=r"Tunnel connection failed: 403 .* not public"):
                session.get("https://127.0.0.1/", proxies={"https": proxy}, timeout=5)


def test_connect_gives_a_checked_socket_for_what_is_no_http() -> None:
    with machine(b"220 mail.example.org ready\r\n") as mail, Guard(options()) as guard:
        with guard.connect("127.0.0.1", mail.port, also=[mail.pair], timeout=5) as connection:
            connection.sendall(b"EHLO\r\n\r\n")
            assert connection.recv(100) == b"220 mail.example.org ready\r\n"
            assert connection.gettimeout() == 5
        with pytest.raises(Refused, match="not among the ports"):
            guard.connect("127.0.0.1", mail.port)
        with pytest.raises(Refused, match="not a host name"):
            guard.connect("mail.example.org\r\nX: y", 25)
    with Guard(options()) as guard, pytest.raises(ServerTrouble, match="could not be reached"):
        guard.connect("127.0.0.1", mail.port, also=[mail.pair])


def test_a_connection_lives_no_longer_than_its_pass_says() -> None:
    with machine(b"HTTP/1.1 200 OK\r\n\r\nhalf a page") as slow, Guard(options(allow=(slow.pair,))) as guard:
        slow.stays_open = threading.Event()
        with pytest.raises(httpx.ReadError):
            ask(guard.pass_for("page", lifetime=0.3), slow.url)


def test_each_decision_is_logged_without_credentials_and_paths(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with machine() as site, Guard(options(allow=(site.pair,))) as guard:
        proxy = guard.pass_for("page")
        ask(proxy, f"{site.url}/bot-token?key=hunter2", headers={"Authorization": "Bearer s3cret"})
        ask(proxy, "http://user:hunter2@10.0.0.1/bot-token?key=hunter2")
    told = [record.getMessage() for record in caplog.records if record.name == "postwatch.net"]
    assert told == [
        f"let out GET {site.pair} for page, at 127.0.0.1",
        "refused GET 10.0.0.1:80 for page: 10.0.0.1 leads to 10.0.0.1, which is not public but private",
    ]


def test_the_end_leaves_no_thread_and_no_socket_even_with_open_connections() -> None:
    before = set(threading.enumerate())
    guard = Guard(options(), private)
    guard.start()
    guard.start()
    with machine() as site:
        site.stays_open = threading.Event()
        idle = socket.create_connection(("127.0.0.1", guard.port), 5)
        tunnel = guard.connect("127.0.0.1", site.port, also=[site.pair])
        guard.close()
        guard.close()
        for connection in (idle, tunnel):
            with connection, suppress(ConnectionResetError):
                assert connection.recv(1) == b""
    assert {thread for thread in threading.enumerate() if thread not in before and "guard" in thread.name} == set()
    with pytest.raises(RuntimeError, match="not started"):
        guard.pass_for("page")


def test_the_guard_ends_without_warnings_in_a_process_of_its_own() -> None:
    code = """
import socket
from monitor.net.guard import Guard
from monitor.settings.declared import NetOptions
with Guard(NetOptions()) as guard:
    guard.pass_for("page")
    waiting = socket.create_connection(("127.0.0.1", guard.port))
waiting.close()
"""
    command = [sys.executable, "-X", "dev", "-W", "error", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stderr) == (0, "")


class Proxy:
    """An upstream proxy: tunnels and pages for whoever shows the credential."""

    def __init__(self) -> None:
        self.refuses = False

    def __call__(self, head: bytes) -> bytes | Iterator[bytes]:
        if b"Proxy-Authorization: Basic " + base64.b64encode(b"desk:p@ss") not in head:
            return page(status="407 Who are you")
        if self.refuses:
            return page(status="403 Policy")
        if head.startswith(b"CONNECT"):
            return b"HTTP/1.1 200 OK\r\n\r\n220 through the tunnel\r\n"
        return page(b"through the proxy")


def test_with_an_upstream_proxy_names_are_its_affair_and_literals_are_still_checked() -> None:
    with machine() as own, machine(Proxy()) as upstream:
        url = f"http://desk:p%40ss@127.0.0.1:{upstream.port}"
        with Guard(options(upstream_proxy=url, allow=(own.pair,)), private) as guard:
            assert not guard.checks_addresses
            proxy = guard.pass_for("page")
            assert ask(proxy, "http://news.example.org/a?b").text == "through the proxy"
            assert upstream.got[-1].startswith(
                b"GET http://news.example.org/a?b HTTP/1.1\r\nHost: news.example.org\r\n"
            )
            assert upstream.got[-1].count(b"Proxy-Authorization") == 1
            with guard.connect("news.example.org", 443) as tunnel:
                assert tunnel.recv(100) == b"220 through the tunnel\r\n"
            assert upstream.got[-1].startswith(b"CONNECT news.example.org:443 HTTP/1.1\r\n")
            asked = len(upstream.got)
            assert ask(proxy, own.url).text == "hello"
            for hostile in ("http://10.0.0.1/", "http://0x7f.1/", "http://localhost/", "http://[::1]/"):
                assert ask(proxy, hostile).status_code == 403
            assert ask(proxy, "http://news.example.org:22/").status_code == 403
            assert len(upstream.got) == asked


def test_the_newsrooms_own_channels_do_not_go_through_the_upstream_proxy() -> None:
    with machine() as channel, machine(Proxy()) as upstream:
        url = f"http://desk:p%40ss@127.0.0.1:{upstream.port}"

        def resolve(host: str, port: int) -> tuple[str, ...]:
            return (PUBLIC,) if host == "chat.example.org" else ("127.0.0.1",)

        with Guard(options(upstream_proxy=url), resolve) as guard:
            proxy = guard.pass_for("channel", [f"chat.intern:{channel.port}", "chat.example.org:8443"])
            assert ask(proxy, f"http://chat.intern:{channel.port}/").text == "hello"
            assert ask(proxy, "http://chat.example.org:8443/").text == "through the proxy"


def test_an_upstream_proxy_may_be_spoken_to_by_tls(tls: tuple[Path, ssl.SSLContext]) -> None:
    certificate, context = tls
    with machine(Proxy(), context) as upstream:
        url = f"https://desk:p%40ss@127.0.0.1:{upstream.port}"
        with Guard(options(upstream_proxy=url, ca_bundle=str(certificate))) as guard:
            assert ask(guard.pass_for("page"), "http://news.example.org/").text == "through the proxy"
            with guard.connect("news.example.org", 443) as tunnel:
                assert tunnel.recv(100) == b"220 through the tunnel\r\n"
        with Guard(options(upstream_proxy=url)) as guard:
            answer = ask(guard.pass_for("page"), "http://news.example.org/")
            assert answer.status_code == 502
            assert "the upstream proxy" in answer.text


def test_an_upstream_proxy_that_refuses_is_told_apart_from_one_that_fails() -> None:
    behaviour = Proxy()
    with machine(behaviour) as upstream:
        wrong = f"http://127.0.0.1:{upstream.port}"
        with Guard(options(upstream_proxy=wrong)) as guard:
            assert "another credential" in ask(guard.pass_for("page"), "http://news.example.org/").text
            with pytest.raises(ServerTrouble, match="another credential"):
                guard.connect("news.example.org", 443)
        behaviour.refuses = True
        with Guard(options(upstream_proxy=f"http://desk:p%40ss@127.0.0.1:{upstream.port}")) as guard:
            with pytest.raises(Refused, match="upstream proxy refuses"):
                guard.connect("news.example.org", 443)
    with Guard(options(upstream_proxy=wrong)) as guard:
        assert ask(guard.pass_for("page"), "http://news.example.org/").status_code == 502
    for bad in ("socks5://127.0.0.1:1080", "proxy.example.org:3128", "http://127.0.0.1:99999"):
        with pytest.raises(UnusableSettings, match="upstream_proxy"):
            Guard(options(upstream_proxy=bad))
