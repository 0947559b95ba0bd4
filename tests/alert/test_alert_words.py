"""What an alert says to people, and what it does not say where others read along."""

from typing import Any

from monitor.alert.words import Style, letter_of, letter_together, page, plain

ARTICLE = "https://news.example.org/harbour"
EDITED: dict[str, Any] = {
    "id": "alert_1",
    "kind": "post_edited",
    "priority": "urgent",
    "subject": "Edited: the post of @harbour_desk on X that “The farewell” cites (paragraph 6) now says: A closed bridge",
    "created_at": "2026-11-24T12:00:00.000Z",
    "platform": "x",
    "post_id": "179",
    "url": "https://x.example.org/harbour_desk/status/179",
    "handle": "harbour_desk",
    "before": "An open bridge",
    "after": "A closed <bridge>",
    "changes": [["same", "A"], ["removed", "n open"], ["added", " closed"], ["same", " <bridge>"]],
    "places": [{"url": ARTICLE, "title": "The farewell", "paragraph": 6, "own": True}],
    "articles": [ARTICLE],
    "evidence": "x-api showed version 2",
    "copy": "ab" * 32,
}


def test_the_text_says_what_happened_where_what_changed_and_where_our_copy_is() -> None:
    text = plain(letter_of(EDITED, Style()))
    assert text.splitlines()[0] == EDITED["subject"]
    assert "Our article: “The farewell”, paragraph 6\n  " + ARTICLE in text
    assert "What changed: A[-n open-]{+ closed+} <bridge>" in text
    assert f"Our copy: postwatch media path {'ab' * 32}" in text
    assert "Acknowledge: postwatch alerts ack alert_1" in text
    assert text.count(ARTICLE) == 1


def test_the_page_shows_the_difference_escapes_all_text_and_loads_nothing() -> None:
    hostile = {**EDITED, "subject": "<script>alert(1)</script>", "url": "javascript:alert(1)"}
    html = page(letter_of(hostile, Style(desk_url="https://desk.example.org")))
    assert "<script" not in html and "&lt;script&gt;" in html
    assert ">n open</del>" in html and "> closed</ins>" in html and "&lt;bridge&gt;" in html
    assert 'href="javascript' not in html
    assert "<img" not in html and "src=" not in html
    assert 'href="https://desk.example.org/alerts/alert_1"' in html


def test_where_others_read_along_no_word_of_the_post_is_said() -> None:
    for row in (
        EDITED,
        {**EDITED, "kind": "post_new", "has_video": True, "subject": "@harbour_desk posted: A closed bridge"},
    ):
        letter = letter_of(row, Style(thin=True))
        for text in (plain(letter), page(letter)):
            assert "closed" not in text and "open bridge" not in text and "ab" * 32 not in text
            assert "harbour_desk" in text and ARTICLE in text


def test_many_alerts_are_counted_and_the_gravest_comes_first() -> None:
    rows = [
        {**EDITED, "id": f"alert_{n}", "kind": "post_new", "priority": "normal", "subject": f"Post {n}"}
        for n in range(1000)
    ]
    rows.append({**EDITED, "kind": "post_gone", "priority": "flash", "subject": "Gone: a post"})
    letter = letter_together(rows, "storm", Style(), note="delayed by 6 h")
    text = plain(letter)
    assert letter.subject == "Very many at once: 1000 new posts, 1 post gone"
    assert "1. Gone: a post" in text
    assert "... and 961 more" in text
    assert "(delayed by 6 h)" in text
    assert "postwatch alerts --since 2026-11-24T12:00:00.000Z" in text
    assert len(text) < 10_000


def test_a_few_alerts_are_told_with_what_belongs_to_them() -> None:
    text = plain(
        letter_together(
            [EDITED, {**EDITED, "kind": "post_gone", "changes": [], "text": "An open bridge"}], "daily", Style()
        )
    )
    assert text.startswith("The daily digest: 1 post edited, 1 post gone")
    assert "What changed: A[-n open-]" in text
    assert "It said: An open bridge" in text
