"""The notes of an audit: what is read back, what is asked anew, and what a crash or another audit left."""

from datetime import UTC, datetime
from pathlib import Path

from monitor.jobs.audit_notes import Notes
from monitor.model.availability import Cited, Seen, not_answered
from monitor.model.check import Article, Citing

ABOUT: dict[str, object] = {"target": "https://a.test/feed", "since": "30d"}
CITED = Cited("x", "1", "https://x.com/i/status/1", "demo")
ARTICLE = Article(
    "https://a.test/1", "The ferry (demo)", datetime(2026, 5, 1, tzinfo=UTC), (Citing(CITED, "link", 2),), 1
)
SEEN = Seen("live", "", "demo", "Demo", "words", True, datetime(2026, 5, 1, tzinfo=UTC))


def _written(path: Path) -> Notes:
    notes = Notes.opened(path, ABOUT)
    notes.add_article("https://a.test/1?from=feed", ARTICLE)
    notes.add_article("https://a.test/2", Article("https://a.test/2", error="is in trouble"))
    notes.add_seen(CITED, SEEN)
    notes.add_seen(Cited("x", "2", "x"), not_answered("throttled", "later"))
    notes.add_seen(Cited("x", "3", "x"), not_answered("not shown", "protected"))
    notes.close(done=False)
    return notes


def _read(path: Path, **about: object) -> Notes:
    notes = Notes.opened(path, {**ABOUT, **about})
    notes.close(done=False)
    return notes


def test_what_was_found_is_taken_up_again_but_for_what_a_later_try_may_better(tmp_path: Path) -> None:
    path = tmp_path / "report.html.part"
    before = _written(path)
    again = Notes.opened(path, ABOUT)
    assert again.articles == {"https://a.test/1?from=feed": ARTICLE}
    assert again.seen == {("x", "1"): SEEN, ("x", "3"): before.seen["x", "3"]}
    assert abs((again.began_at - before.began_at).total_seconds()) < 0.01
    again.close(done=True)
    assert not path.exists()


def test_a_line_that_was_cut_short_costs_itself(tmp_path: Path) -> None:
    path = tmp_path / "report.html.part"
    _written(path)
    path.write_bytes(path.read_bytes()[:-30])
    again = Notes.opened(path, ABOUT)
    assert again.seen == {("x", "1"): SEEN}
    again.add_seen(Cited("x", "4", "x"), SEEN)
    again.close(done=False)
    assert set(_read(path).seen) == {("x", "1"), ("x", "4")}


def test_notes_of_another_audit_or_of_last_month_are_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "report.html.part"
    _written(path)
    assert _read(path, since="60d").articles == {}
    _written(path)
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0].replace("20", "19", 1), *lines[1:]]))
    for broken in (path.read_text(), "", "{}", "[]", "no json"):
        path.write_text(broken)
        assert _read(path).articles == {}


def test_notes_without_a_file_are_kept_in_memory() -> None:
    notes = Notes.opened(None, ABOUT)
    notes.add_seen(CITED, SEEN)
    notes.close(done=True)
    assert notes.seen == {("x", "1"): SEEN}
