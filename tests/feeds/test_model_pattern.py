import pytest

from monitor.model.pattern import Pattern

URL = "https://news.example/2026/11/story.html?page=2"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "/2026/*",
        "/2026/??/story.html",
        "*/story.html*",
        "https://news.example/*",
        "*",
        "/2026/",
        "/story\\.html/",
        "/^https:..news/",
        "/page=2$/",
        "/2026/11/story.html?page=2",
    ],
)
def test_what_fits(written: str):
    assert Pattern(written).fits(URL)


@pytest.mark.parametrize(
    "written",
    [
        "/2025/*",
        "/2026",
        "story",
        "/^story/",
        "http://news.example/*",
        "/2026/[ab]*",
        "//",
        "/news/",
        "/^https:..coast/",
    ],
)
def test_what_does_not_fit(written: str):
    assert not Pattern(written).fits(URL)


def test_a_broken_expression_says_so():
    with pytest.raises(ValueError, match="no regular expression"):
        Pattern("/(/")
