"""Many pages read at once: told in order, whatever one of them does to its reader, and nothing is left behind."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

import pytest
from written_archives import Answer, page, warc

from monitor.articles.bounded import BoundedReader
from monitor.articles.inspecting_archive import tasks_of
from monitor.articles.reading_ahead import ReadingAhead
from monitor.model.article import Reading

POST = "https://x.com/demo/status/18123456789012345{n:02}"
COMMAND = Path(sys.executable).with_name("postwatch")


SLOW = "<p>The quay is closed, the harbour master said on Tuesday evening.</p>" * 20_000


def titled(number: int, filling: str, reader: BoundedReader) -> Reading:
    content = f"<title>{number}</title><a href='{POST.format(n=number)}'>July</a>{filling}"
    return reader.read_page(content.encode(), url=None)


def broken(number: int, reader: BoundedReader) -> Reading:
    """The reader's child dies over the page."""
    reader.read_page(b"<p>first", url=None)
    child = reader._child
    assert child is not None
    threading.Timer(0.1, child.kill).start()
    return titled(number, SLOW, reader)


def test_pages_come_in_the_order_of_the_asking_though_the_first_takes_longest() -> None:
    with ReadingAhead[Reading](60, workers=3) as ahead:
        sizes = [40_000, 1, 1, 2_000, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
        found = [
            reading
            for number, size in enumerate(sizes)
            for reading in ahead.add(partial(titled, number, "<p>The quay is closed.</p>" * size))
        ]
        found += ahead.rest()
    assert [reading.title for reading in found] == [str(number) for number in range(len(sizes))]


def test_no_more_tasks_are_taken_on_than_a_few_a_core() -> None:
    asked: list[int] = []
    with ReadingAhead[int](workers=1) as ahead:
        for number in range(40):
            asked.append(number)
            for done in ahead.add(lambda _, number=number: number):  # type: ignore[misc]
                assert number - done <= 4
        list(ahead.rest())


def test_a_page_that_kills_its_reader_is_one_marked_reading_among_the_others() -> None:
    tasks = [partial(titled, 0, ""), partial(broken, 1), partial(titled, 2, ""), partial(titled, 3, "")]
    with ReadingAhead[Reading](60, workers=2) as ahead:
        found = [reading for task in tasks for reading in ahead.add(task)]
        found += ahead.rest()
    assert [reading.citations[0].url for reading in found] == [
        f"https://x.com/i/status/18123456789012345{n:02}" for n in range(4)
    ]
    assert [any("the parser broke" in told for told in reading.warnings) for reading in found] == [
        False,
        True,
        False,
        False,
    ]


def test_a_failing_task_ends_the_reading_and_its_children() -> None:
    def failing(_: BoundedReader) -> Reading:
        raise ValueError("a mistake of ours")

    with pytest.raises(ValueError, match="of ours"), ReadingAhead[Reading](60, workers=2) as ahead:
        list(ahead.add(partial(titled, 0, "")))
        list(ahead.add(failing))
        list(ahead.rest())
    assert all(reader._child is None for reader in ahead._readers)


def test_an_archive_is_read_as_its_tasks_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(warc([Answer(f"https://news.example/{n}", page(f"Quay {n}", POST.format(n=n))) for n in range(9)]))
    with ReadingAhead[dict[str, object]](60, workers=2) as ahead:
        found = [record for task in tasks_of(path) for record in ahead.add(task)]
        found += ahead.rest()
    assert [record["source"] for record in found] == [f"{path}#{n}" for n in range(1, 10)]


def test_interrupted_inspect_leaves_no_child(tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"{number}.html").write_text(f"<title>{number}</title>" + SLOW * (number > 0))
    (tmp_path / "list").write_text("".join(f"{tmp_path}/{number}.html\n" for number in range(12)))
    running = subprocess.Popen(
        [COMMAND, "--home", tmp_path, "inspect", "--json", "--list", tmp_path / "list"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    assert json.loads(running.stdout.readline())["title"] == "0"
    children = _children(running.pid)
    assert children
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=20)
    assert (running.returncode, said.strip()) == (130, "postwatch: stopped")
    assert not [child for child in children if _runs(child)]


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for path in tasks for child in path.read_text().split()]


def _runs(pid: int) -> bool:
    until = time.monotonic() + 5
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.05)
    return True
