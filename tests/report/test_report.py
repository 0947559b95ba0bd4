"""The report of a check: its figures, its plots, and a page that asks nobody for anything."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.model.availability import Cited, Seen, State
from monitor.model.check import Article, Checked, Citing, Copy
from monitor.report import chart
from monitor.report.figures import Count, by_age, by_platform, count, sentence
from monitor.report.page import Report, page_of

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SHA = "ab" * 32


def _row(
    post_id: str, state: State = "live", *, platform: str = "x", age: int | None = 1, url: str = "https://a.test/1"
) -> Checked:
    cited = Cited(platform, post_id, f"https://x.com/i/status/{post_id}", "demo")
    seen = Seen(state, "" if state == "live" else "network: no answer (demo)", author="Demo")
    at = None if age is None else NOW - timedelta(days=age)
    return Checked(url, Citing(cited, "embed", 3, "paragraph 3", "The ferry left (demo)."), seen, at)


def _kept(row: Checked, **more: object) -> Checked:
    return replace(row, copy=Copy(SHA, "The ferry left (demo).", NOW, file=True, **more))  # type: ignore[arg-type]


def _report(articles: list[Article], rows: list[Checked], **more: object) -> str:
    given = {"target": "https://a.test/feed", "title": "The Demo Courier", "made_at": NOW, "of_site": True, **more}
    return page_of(Report(articles=articles, rows=rows, **given))  # type: ignore[arg-type]


def test_a_post_counts_once_however_often_it_is_cited() -> None:
    rows = [_row("1"), _row("1", url="https://a.test/2"), _row("2", "not_found"), _row("3", "not_answered")]
    assert count(rows) == Count(live=1, not_found=1, not_answered=1)
    assert [(name, told.posts) for name, told in by_platform([*rows, _row("1", platform="youtube")])] == [
        ("x", 3),
        ("youtube", 1),
    ]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], "it cites no posts."),
        ([_row("1")], "it cites 1 post: 1 live."),
        ([_kept(_row("1")), _row("2")], "it cites 2 posts: 2 live (1 kept)."),
        ([_kept(_row("1")), _row("2", "not_found")], "it cites 2 posts: 1 live and kept, 1 not found."),
        (
            [_row("1", "changed"), _row("2", "not_answered"), _row("3", "not_found")],
            "it cites 3 posts: 0 live, 1 changed, 1 not found, 1 not answered.",
        ),
    ],
)
def test_all_is_said_in_one_sentence(rows: list[Checked], told: str) -> None:
    assert sentence([Article("https://a.test/1")], rows, of_site=False) == told


def test_a_site_s_sentence_counts_the_articles_that_were_read() -> None:
    articles = [Article("1"), Article("2", error="is in trouble")]
    assert sentence(articles, [_row("1")], of_site=True) == "1 article cites 1 post: 1 live."
    assert sentence(articles * 2, [_row("1")], of_site=True) == "2 articles cite 1 post: 1 live."


def test_posts_are_told_by_age_and_those_without_a_time_apart() -> None:
    rows = [_row("1", age=1), _row("2", "not_found", age=200), _row("3", age=5000), _row("4", age=None)]
    told = {name: found for name, found in by_age(rows, NOW) if found.posts}
    assert list(told) == ["under a week", "3 to 12 months", "over 6 years", "age not told"]
    assert told["3 to 12 months"] == Count(not_found=1)


def test_plots_show_every_state_that_occurs_in_proportion() -> None:
    drawn = chart.bar(Count(live=3, not_found=1))
    widths = [float(width) for width in re.findall(r'width="([\d.]+)" height', drawn)]
    assert [round(width / sum(widths), 2) for width in widths] == [0.75, 0.25]
    assert 'aria-label="3 live, 1 not found"' in drawn
    squares = chart.squares(Count(live=70, not_found=1, not_answered=2), 1)
    assert squares.count("M") == 73
    assert squares.index("not_found") < squares.index("not_answered") < squares.index('class="live"')
    assert chart.posts_a_square([Count(live=900)]) == 5
    assert chart.squares(Count(live=900, changed=1), 5).count("M") == 181


HOSTILE = '"><script>alert(1)</script><img src=https://evil.test/x onerror=alert(1)>'


def test_text_from_outside_stays_text_and_no_address_but_http_is_a_link() -> None:
    row = _row("1", "not_found")
    bad = Cited("x", HOSTILE, "javascript:alert(1)", HOSTILE)
    row = replace(
        row, citing=Citing(bad, HOSTILE, 1, HOSTILE, HOSTILE), seen=Seen("not_found", HOSTILE, HOSTILE, HOSTILE)
    )
    article = Article("https://a.test/1", HOSTILE, NOW, (row.citing,))
    page = _report([article, Article("javascript:x", HOSTILE, error=HOSTILE)], [row], title=HOSTILE, target="data:x")
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page
    assert set(re.findall(r'href="([^":]*):', page)) == {"https", "data"}
    assert re.findall(r'<link[^>]*href="data:,"', page)


def test_the_page_can_load_nothing_from_anywhere() -> None:
    rows = [_row("1"), _kept(_row("2", "not_found"), picture=SHA), _row("3", "changed"), _row("4", "not_answered")]
    article = Article("https://a.test/1", "The ferry (demo)", NOW, tuple(row.citing for row in rows), mentions=2)
    page = _report([article], rows, kept=True, pictures={SHA: b"\xff\xd8\xff jpeg"}, titles={"x": "X"})
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in page
    assert not re.search(r"<script|@import|url\(|<iframe|<form|srcset", page)
    assert re.findall(r'\ssrc="([^"]{0,23})', page) == ["data:image/jpeg;base64,"]
    assert "2 more posts are told of in words only" in " ".join(page.split())
    assert "It was asked once: look again before you report it." in page


def test_a_picture_stands_once_and_plots_are_for_more_than_a_handful() -> None:
    rows = [_kept(_row("1", "not_found", url=f"https://a.test/{n}"), picture=SHA) for n in range(3)]
    articles = [Article(row.article_url, "The ferry (demo)", NOW, (row.citing,)) for row in rows]
    page = _report(articles, rows, kept=True, pictures={SHA: b"\xff\xd8\xff"})
    assert page.count("data:image/jpeg") == 1
    assert "By the age" not in page
    many = [_row(str(n), "not_found") for n in range(5)]
    assert "By the age" in _report([Article("https://a.test/1", None, NOW)], many)


def test_one_article_has_no_plots_by_age_and_says_when_it_cites_nothing() -> None:
    page = _report([Article("https://a.test/1", "The ferry (demo)")], [], of_site=False)
    assert "It cites" in page
    assert "no posts." in page
    assert "By the age" not in page


def test_two_hundred_articles_with_pictures_stay_below_a_megabyte() -> None:
    picture = b"\xff\xd8\xff" + b"x" * 4_000
    rows, articles, pictures = [], [], {}
    for n in range(200):
        name = f"{n:064x}"
        row = replace(
            _row(str(n), "not_found" if n % 9 == 0 else "live", age=n, url=f"https://a.test/{n}"),
            copy=Copy(name, "words " * 60, NOW, file=True, picture=name),
        )
        rows.append(row)
        articles.append(Article(row.article_url, f"Story {n} of the harbour (demo)", NOW, (row.citing,)))
        if n < 120:
            pictures[name] = picture
    assert len(_report(articles, rows, kept=True, pictures=pictures).encode()) < 1_000_000
