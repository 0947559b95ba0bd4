"""Tiny clips made on the spot, and a media server on loopback whose every answer a test writes itself."""

import contextlib
import threading
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from monitor.media.download import Downloader
from monitor.model.media import Wanted
from monitor.model.post import Attachment, Variant
from monitor.settings.declared import MediaOptions


def make_clip(path, *, seconds=3, rate=10, size=(160, 90), container=None, codec="libx264", moov_first=True):
    import av

    options = {"movflags": "faststart"} if moov_first and path.suffix == ".mp4" else {}
    with av.open(str(path), "w", format=container, options=options) as out:
        stream = out.add_stream(codec, rate=rate)
        stream.width, stream.height = size
        stream.pix_fmt = "rgb8" if codec == "gif" else "yuv420p"
        stream.gop_size = 10
        for number in range(seconds * rate):
            frame = av.VideoFrame(*size, "rgb24")
            pixel = bytes((number * 8 % 256, 90, 255 - number * 8 % 256))
            plane = frame.planes[0]
            plane.update((pixel * size[0]).ljust(plane.line_size, b"\0") * size[1])
            frame.pts = number
            for packet in stream.encode(frame):
                out.mux(packet)
        for packet in stream.encode():
            out.mux(packet)
    return path


@pytest.fixture(scope="session")
def clip(tmp_path_factory):
    """An MP4 of 3 s, index first, followed by padding so that it can be cut in many places."""
    return make_clip(tmp_path_factory.mktemp("clip") / "clip.mp4")


@pytest.fixture(scope="session")
def clip_bytes(clip):
    """The clip and a `free` box of 200 kB: still a valid MP4, long enough to be cut."""
    padding = 200_000
    return clip.read_bytes() + padding.to_bytes(4, "big") + b"free" + bytes(padding - 8)


class Host:
    """A server: `routes` maps a path to a function of the request handler; `asked` keeps paths and headers."""

    def __init__(self):
        self.routes = {}
        self.asked = []
        self.count = defaultdict(int)
        host = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                path = self.path.split("?")[0]
                host.asked.append((path, dict(self.headers)))
                host.count[path] += 1
                self.close_connection = True
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                    host.routes.get(path, answer(404))(self)

            def do_HEAD(self):
                self.do_GET()

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    @property
    def address(self):
        return f"127.0.0.1:{self.server.server_port}"

    def url(self, path):
        return f"http://{self.address}{path}"

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def answer(status, body=b"", **headers):
    """A complete answer. `Content_Length=None` leaves the length out."""

    def write(handler):
        handler.send_response(status)
        # Said, because done: else the next request may go into a connection that is just being closed.
        told = {"Content-Length": len(body), "Content-Type": "video/mp4", "Connection": "close"}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in told.items():
            if value is not None:
                handler.send_header(name, str(value))
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(body)

    return write


@pytest.fixture
def host():
    server = Host()
    yield server
    server.close()


@pytest.fixture
def reply():
    return answer


@pytest.fixture
def clip_maker():
    return make_clip


@pytest.fixture
def downloader(tmp_path):
    def make(*, timeout=5, slow_after=60.0, proxy=None, ca_bundle=None, **options):
        settings = {"max_bytes": 2_000_000, "extractors": ()} | options
        return Downloader(
            MediaOptions.model_construct(**(MediaOptions().model_dump() | settings)),
            proxy=proxy,
            ca_bundle=ca_bundle,
            timeout=timeout,
            temp=tmp_path / "scratch",
            slow_after=slow_after,
        )

    return make


@pytest.fixture
def wanted():
    def make(url, *, post_url="http://127.0.0.1:9/post", content_type="video/mp4", key="m1", kind="video", **more):
        variants = () if kind == "photo" else (Variant(url, content_type, 800_000),)
        attachment = Attachment(key, kind, url=url if kind == "photo" else None, variants=variants, **more)
        return Wanted("demo", "100", post_url, attachment)

    return make


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 1 MiB; skipped where mounting is not allowed."""
    import subprocess

    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk is not allowed here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)
