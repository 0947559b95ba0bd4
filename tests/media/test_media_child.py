import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from monitor.media import child

PYTHON = sys.executable
LIMITS = child.Limits(wall_s=20, cpu_s=20, memory=1024**3, file_bytes=1024**2)


@pytest.fixture
def odd_module(tmp_path, monkeypatch):
    """A child module of the test's own, found because the interpreter is told where."""

    def make(body):
        (tmp_path / "odd_child.py").write_text(
            "import os, subprocess, time\nfrom monitor.media import within\n"
            f"def answer(ask, progress):\n    {body}\n    return {{}}\nwithin.serve(answer)\n"
        )
        runner = tmp_path / "python"
        runner.write_text(f'#!/bin/sh\nshift 4\nexec {PYTHON} {tmp_path}/odd_child.py "$@"\n')
        runner.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(runner))
        return lambda ask=None, limits=LIMITS: child.run("odd_child", ask or {}, limits, scratch=tmp_path)

    return make


def test_a_child_sees_no_secret_and_no_proxy(odd_module, monkeypatch):
    monkeypatch.setenv("POSTWATCH_X_BEARER_TOKEN", "secret")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("FAKETIME_DONT_RESET", "1")
    names = set(odd_module("return {'names': list(os.environ)}")()["names"])
    ours = {"PATH", "HOME", "LANG", "TMPDIR", "YTDLP_NO_PLUGINS", "LD_PRELOAD", "FAKETIME_DONT_RESET"}
    shells = {"LC_CTYPE", "PWD", "OLDPWD", "SHLVL", "_"}
    assert not {name for name in names - ours - shells if not name.startswith("FAKETIME")}
    assert "FAKETIME_DONT_RESET" in names


def test_what_a_library_prints_is_no_answer(odd_module):
    assert odd_module("""print('{"result": {"forged": 1}}', flush=True)""")() == {}


def test_a_crash_is_told_with_its_signal(odd_module):
    with pytest.raises(child.Died, match="SIGSEGV"):
        odd_module("os.kill(os.getpid(), 11)")()


def test_a_library_that_raises_is_not_understood(odd_module):
    from monitor.errors import NotUnderstood

    with pytest.raises(NotUnderstood, match="KeyError"):
        odd_module("raise KeyError('x')")()


def test_memory_and_file_size_are_bounded(odd_module, tmp_path):
    from monitor.errors import TooLarge

    with pytest.raises(TooLarge, match="memory"):
        odd_module("bytearray(2 * 1024**3)")()
    write = f"open({str(tmp_path / 'big')!r}, 'wb', 0).write(bytes(2 * 1024**2))"
    odd_module(write)()
    assert (tmp_path / "big").stat().st_size <= 1024**2


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except FileNotFoundError:
        return False


def wait_until(true):
    for _ in range(200):
        if true():
            return True
        time.sleep(0.02)
    return False


def test_an_overrun_kills_the_whole_group(odd_module, tmp_path):
    grandchild = tmp_path / "pid"
    run = odd_module(
        "p = subprocess.Popen(['sleep', '60'])\n"
        f"    open({str(grandchild)!r}, 'w').write(str(p.pid))\n    time.sleep(60)"
    )
    with pytest.raises(child.OutOfTime):
        run(limits=child.Limits(wall_s=1, cpu_s=20, memory=1024**3, file_bytes=1024**2))
    assert wait_until(lambda: not alive(int(grandchild.read_text())))


def test_kill_9_of_the_parent_leaves_no_child_and_the_next_run_resumes(host, clip_bytes, tmp_path, downloader, wanted):
    half = len(clip_bytes) // 2

    def stalling(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(clip_bytes)))
        handler.send_header("ETag", '"a"')
        handler.end_headers()
        handler.wfile.write(clip_bytes[:half])
        handler.wfile.flush()
        handler.rfile.read(1)

    def rest(handler):
        assert handler.headers["If-Range"] == '"a"'
        start = int(handler.headers["Range"].removeprefix("bytes=").rstrip("-"))
        handler.send_response(206)
        handler.send_header("Content-Length", str(len(clip_bytes) - start))
        handler.send_header("Content-Range", f"bytes {start}-{len(clip_bytes) - 1}/{len(clip_bytes)}")
        handler.end_headers()
        handler.wfile.write(clip_bytes[start:])

    host.routes["/v.mp4"] = stalling
    script = f"""
from pathlib import Path
from monitor.media.download import Downloader
from monitor.model.media import Wanted
from monitor.model.post import Attachment, Variant
from monitor.settings.declared import MediaOptions
variant = Variant({host.url("/v.mp4")!r}, "video/mp4", 1)
one = Downloader(MediaOptions(), proxy=None, ca_bundle=None, timeout=20, temp=Path({str(tmp_path)!r}) / "scratch")
one.fetch(Wanted("demo", "1", "http://127.0.0.1:9/", Attachment("m1", "video", variants=(variant,))),
          Path({str(tmp_path)!r}) / "job-1")
"""
    parent = subprocess.Popen([sys.executable, "-c", script])
    part = tmp_path / "job-1" / "media.part"
    assert wait_until(lambda: part.exists() and part.stat().st_size > half // 2)
    children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()
    assert len(children) == 1
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert wait_until(lambda: not alive(int(children[0])))
    host.routes["/v.mp4"] = rest
    [got] = downloader().fetch(wanted(host.url("/v.mp4")), tmp_path / "job-1")
    assert got.path.read_bytes() == clip_bytes
