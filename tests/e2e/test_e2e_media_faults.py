"""Video hosts that misbehave: the command says what happened, keeps its state, and the rest goes on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fault_desk import Desk, desk_in

from monitor.demo.world import faults
from monitor.demo.world.faults import Fault

_ONE_TRY = "[jobs]\nattempts = 1\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path) as found:
        found.settle(more=_ONE_TRY)
        yield found


def _told(desk: Desk, state: str, *words: str) -> None:
    """The file's state and a reason in words; posts and alerts came through all the same."""
    media = desk.media()
    assert (media["state"], media["sha256"]) == (state, None)
    for word in words:
        assert word in media["reason"]
    assert len(desk.rows("posts")) == 3
    assert [d["state"] for d in desk.deliveries()] == ["sent"] * 3
    assert len(desk.world.sink.taken) == 3


def _mended(desk: Desk) -> None:
    """Once the host is sound, a retry brings the file and leaves nothing else behind."""
    desk.world.mend()
    desk.settle()
    desk.run("jobs", "retry", str(desk.job()["id"]))
    desk.once()
    assert desk.media()["state"] == "kept"
    assert len(desk.world.sink.deliveries) == 3
    desk.check()


def test_a_connection_that_is_cut_fails_the_file_with_its_reason_until_a_retry(desk: Desk) -> None:
    desk.world.video.fault("/video/*", faults.cut(2000))
    desk.once(code=3)
    _told(desk, "failed", "/video/farewell.mp4", "Connection broken")
    assert "1 attempts" in desk.job()["last_error"]
    _mended(desk)


def test_a_cut_connection_waits_in_the_queue_while_attempts_are_left_and_is_resumed(desk: Desk) -> None:
    desk.settle()
    desk.world.video.fault("/video/*", faults.cut(2000))
    desk.once()
    job = desk.job()
    assert (job["state"], desk.media()["state"], job["attempts"]) == ("queued", "queued", 1)
    assert job["not_before"] > job["created_at"]
    desk.world.mend()
    desk.once(later="+2m")
    assert desk.media()["state"] == "kept"
    desk.check()


def test_a_short_body_is_never_taken_for_the_whole_file(desk: Desk) -> None:
    desk.world.video.fault("/video/*", faults.short_body())
    desk.once(code=3)
    _told(desk, "failed", "/video/farewell.mp4", "bytes")
    _mended(desk)


def test_a_content_length_beyond_the_limit_is_believed_and_nothing_is_fetched(desk: Desk) -> None:
    desk.world.video.fault("/video/*", faults.lying_length(10**12))
    desk.once()
    _told(desk, "too_large", "max_bytes")
    assert desk.temps() == []
    desk.check()


def test_a_content_length_that_tells_too_little_never_yields_a_file_that_passes_for_whole(desk: Desk) -> None:
    desk.world.video.fault("/video/*", faults.lying_length(3000))
    desk.once(code=3)
    _told(desk, "failed", "arrived damaged", "cut")
    # What came is kept as what it is: it may be all that anyone ever gets.
    (aside,) = desk.objects()
    assert aside in desk.media()["reason"]
    assert desk.sql("SELECT outcome FROM capture WHERE file_sha256 IS NOT NULL") == [("failed",)]
    desk.check()
    _mended(desk)


def test_a_file_cut_without_a_word_is_asked_for_again(desk: Desk) -> None:
    desk.settle()
    desk.world.video.fault("/video/*", Fault(change=lambda whole: whole[: len(whole) // 2], framing="close"))
    desk.once()
    assert (desk.media()["state"], desk.media()["sha256"]) == ("queued", None)
    assert "arrived damaged" in desk.job()["last_error"]
    desk.world.mend()
    desk.once(later="+2m")
    assert desk.media()["state"] == "kept"
    desk.check()


def test_a_file_that_is_not_there_is_gone_although_its_page_cannot_be_asked(desk: Desk) -> None:
    desk.world.video.fault("/video/*", faults.answer(404))
    desk.once(code=3)
    _told(desk, "gone", "answered 404")
    _mended(desk)


def test_a_body_without_length_is_stopped_at_the_limit(desk: Desk) -> None:
    desk.settle(media="max_bytes = 300_000")
    desk.world.video.fault("/video/*", faults.endless())
    desk.once()
    _told(desk, "too_large", "max_bytes")
    assert desk.temps() == []
    desk.check()


def test_html_in_place_of_a_video_is_not_kept_as_one(desk: Desk) -> None:
    desk.world.video.fault("/video/*", faults.html_page())
    desk.once(code=3)
    _told(desk, "failed", "HTML instead of")
    _mended(desk)


def test_a_slow_drip_is_stopped_at_the_time_limit(desk: Desk) -> None:
    desk.settle(more=_ONE_TRY, media='download_timeout = "2s"')
    desk.world.video.fault("/video/*", faults.drip(2000))
    desk.once(code=3)
    _told(desk, "failed", "download_timeout", "2 s")
    _mended(desk)
