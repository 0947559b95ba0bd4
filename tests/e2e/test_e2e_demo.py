"""`postwatch demo`, as a newcomer types it."""

import re
import shutil
import subprocess
from pathlib import Path

from e2e_room import Room

from monitor import docs

README = Path(__file__).parents[2] / "README.md"


def _without_figures(told: str) -> list[str]:
    """The lines of a transcript, with what differs from run to run masked: times, ids, hashes, sizes."""
    told = re.sub(r"(?<![0-9a-z])[0-9a-f]{12,}|\b[0-9a-f]{2}/[0-9a-f]{2}/", "#", told)
    return sorted(re.sub(r"\d[\d,.:]*\d|\d", "#", line) for line in told.splitlines())


def test_the_demo_shows_the_whole_job_and_leaves_nothing_behind(tmp_path: Path) -> None:
    temp, here = tmp_path / "temp", tmp_path / "here"
    temp.mkdir()
    here.mkdir()
    told = Room(here).run("demo", TMPDIR=str(temp), HTTP_PROXY="http://192.0.2.1:9").stdout
    for words in (
        "nothing leaves this machine",
        "X would have charged $0.025",
        "Postwatch's ledger and X's meter agree",
        "embeds the post            paragraph 4  confirmed",
        "links to the post          paragraph 4  confirmed",
        "tells of it in words only  paragraph 6  suggested",
        "a strong suggestion, and the right post",
        "**President Dovrin and Premier Teshko went on waving until the plane was a dot**",
        "the Demo Evening Post's sibling story leads to the same post",
        "a story about another video of the same day is linked to nothing",
        "1  confirmed: http://127.0.0.1",
        "contact sheet",
        "eight embeds of eight platforms, each with its paragraph",
        "embed    mastodon @apron_demo",
        "waved{+ for eleven minutes+}",
        "the old citation stays on record with its version",
        "1 new alert",
        "live   ",
        "1 not found",
        "our copy remains",
        "suspect, nobody is alarmed",
        "gone: deleted by author",
        "flash: Gone (deleted by author)",
        "one alarm, which names each article and its paragraph",
        "one file that loads nothing from anywhere",
        "checked its signature",
        "the chain is whole",
        "sha256sum -c manifest-sha256.txt",
        "postwatch inspect",
        "postwatch init",
        "postwatch add",
    ):
        assert words in told, words
    assert re.search(r"SHA-256  [0-9a-f]{64}\n", told)
    assert re.search(r"delivery id alert_[0-9a-f]{24}", told)
    assert "WRONG" not in told
    assert "\x1b" not in told
    assert list(temp.iterdir()) == []
    assert list(here.iterdir()) == []
    shown = docs.transcript_in(README.read_text(encoding="utf-8"))
    assert _without_figures(told) == _without_figures(shown), "the README's transcript is stale: run `make docs`"


def test_the_readme_shows_what_check_says_now() -> None:
    shown = docs.transcript_in(README.read_text(encoding="utf-8"), "check")
    assert _without_figures(docs.check_transcript()) == _without_figures(shown), "stale: run `make docs`"


def test_a_kept_demo_can_be_looked_at_and_its_bag_checked_with_standard_tools(tmp_path: Path) -> None:
    home = tmp_path / "kept"
    report = tmp_path / "report.html"
    Room(tmp_path).run("demo", "--keep", home, "--report", report)
    assert report.read_bytes() == (home / "report.html").read_bytes()
    kept = Room(home)
    assert [row["state"] for row in kept.rows("links")].count("confirmed") == 4
    if shutil.which("sha256sum"):
        checked = subprocess.run(["sha256sum", "-c", "manifest-sha256.txt"], cwd=home / "bag", capture_output=True)
        assert checked.returncode == 0, checked.stderr
    again = Room(tmp_path).run("demo", "--keep", home, code=64)
    assert "new or empty" in again.stderr
