"""Every page in tests/cases is read, and gives what the file beside it says. To report a bug, add the page that shows it."""

import json
from pathlib import Path

import pytest

from monitor.articles.reading import read_page

CASES = sorted((Path(__file__).parent.parent / "cases").glob("*/*.html"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_page_gives_the_citations_told_beside_it(path: Path) -> None:
    told = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    reading = read_page(path.read_bytes(), url="https://news.example/bridge")
    sure = [c for c in reading.citations if c.confidence >= 0.5]
    seen = [{"platform": c.platform, "post_id": c.post_id, "kind": c.kind, "form": c.places[0].form} for c in sure]
    assert seen == told["cited"]
    assert sorted([c.platform, c.post_id] for c in reading.citations if c.confidence < 0.5) == sorted(told["doubtful"])
    assert all(c.reason for c in reading.citations if c.confidence < 1)
    assert len(reading.paragraphs) >= 3


def test_there_are_cases_for_every_platform() -> None:
    from monitor.platforms import PLATFORMS

    assert {path.parent.name for path in CASES} >= set(PLATFORMS)
