"""In which words a case is decided, where it was, and what is published of it."""

from pathlib import Path

import pytest

from monitor.model.case import PILLARS, light
from monitor.settings import example
from monitor.settings.files import read_table
from monitor.settings.tools import USUAL, ToolFile
from monitor.verify.places import coordinates
from monitor.verify.questions import QUESTIONS
from monitor.verify.review import Appearance, Reviewed, media_review
from monitor.verify.tools import tool_links
from monitor.verify.verdicts import faults


def test_every_pillar_has_a_question_that_must_be_answered() -> None:
    assert {q.pillar for q in QUESTIONS if q.required} == set(PILLARS)
    assert len({q.key for q in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize(
    ("codes", "fault"),
    [
        (["OriginalMediaContent", "DecontextualizedContent"], ""),
        (["OriginalMediaContent", "TransformedContent"], "contradict"),
        (["OriginalContent"], "is none"),
    ],
)
def test_codes_are_schema_orgs_and_do_not_contradict(codes: list[str], fault: str) -> None:
    found = "; ".join(faults("authentic", "missing context", codes, "two copies compared"))
    assert fault in found
    assert bool(fault) == bool(found)


def test_a_verdict_says_why() -> None:
    assert faults("authentic", "accurate", [], " ") == ["rationale: say why, for whoever signs it off"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("50.4501, 30.5234", (50.4501, 30.5234)),
        ("-33.85;151.21", (-33.85, 151.21)),
        ("50.4501 30.5234", (50.4501, 30.5234)),
        ("50.4501°, 30.5234°", (50.4501, 30.5234)),
    ],
)
def test_places_are_read_as_people_write_them(text: str, found: tuple[float, float]) -> None:
    assert coordinates(text) == found


@pytest.mark.parametrize("text", ["", "91, 0", "0, 181", "nan, 0", "north, south", "1,2,3"])
def test_what_is_no_place_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"latitude|longitude"):
        coordinates(text)


def test_a_pillar_is_as_sure_as_its_least_sure_answer() -> None:
    assert [light(c) for c in ([], ["high"], ["high", "low"], ["not applicable"])] == [
        "open",
        "high",
        "low",
        "not applicable",
    ]


def test_a_review_names_files_by_their_hash_and_nobody_of_the_house() -> None:
    told = media_review(
        Reviewed(
            ["DecontextualizedContent"],
            "Shown as today",
            "missing context",
            "of 2014",
            "",
            "2026-11-20T12:00:00.000Z",
            [Appearance("a" * 64, "https://x.com/i/status/1", None, False)],
        )
    )
    assert told["mediaAuthenticityCategory"] == ["https://schema.org/DecontextualizedContent"]
    assert told["itemReviewed"] == {
        "@type": "MediaReviewItem",
        "mediaItemAppearance": [{"@type": "VideoObject", "url": "https://x.com/i/status/1", "sha256": "a" * 64}],
    }
    assert "author" not in told


def test_a_tool_shows_when_its_gaps_are_known_and_its_values_are_encoded() -> None:
    templates = [
        ("map", "https://map.example/?at={latitude},{longitude}"),
        ("find", "https://find.example/s?u={image}&x=1"),
    ]
    found = tool_links(templates, {"image": "https://p.example/a.jpg?b=1&c", "latitude": "1.5", "longitude": None})
    assert [(link.name, link.url, link.host) for link in found] == [
        ("find", "https://find.example/s?u=https%3A%2F%2Fp.example%2Fa.jpg%3Fb%3D1%26c&x=1", "find.example")
    ]


def test_the_tools_as_shipped_are_sound_and_a_wrong_one_is_told(tmp_path: Path) -> None:
    path = tmp_path / "tools.toml"
    path.write_text(example.tools_toml(), encoding="utf-8")
    read, mistakes, _ = read_table(path, ToolFile)
    assert (mistakes, read and [tool.name for tool in read.tool]) == ([], [name for name, _ in USUAL])
    for url, words in (
        ("https://{host}.example/", "no gap"),
        ("https://{image}/", "host"),
        ("ftp://a.example/", "https://"),
    ):
        path.write_text(f'[[tool]]\nname = "a"\nurl = "{url}"\n', encoding="utf-8")
        assert words in read_table(path, ToolFile)[1][0]
