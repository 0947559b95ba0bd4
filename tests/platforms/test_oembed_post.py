import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.errors import NotAllowed, NotThere, NotUnderstood, PostwatchError, RateLimited, ServerTrouble
from monitor.model.exchange import Exchange
from monitor.platforms.x.oembed import address, demand_description, post_of

ID = "1990000000000000001"
HTML = (
    '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">The gate is open.<br>Lorries &amp; vans '
    '<a href="https://t.co/abc">pic.twitter.com/abc</a></p>&mdash; Dock Watch (@dock_watch) '
    f'<a href="https://twitter.com/dock_watch/status/{ID}?ref_src=twsrc%5Etfw">November 16, 2025</a></blockquote>\n'
)
SAID = {"url": f"https://twitter.com/dock_watch/status/{ID}", "author_name": "Dock Watch",
        "author_url": "https://twitter.com/Dock_Watch", "html": HTML, "type": "rich"}  # fmt: skip


def test_the_description_gives_words_name_and_handle():
    content = json.dumps(SAID).encode()
    post = post_of(content, ID)
    assert post.text == "The gate is open.\nLorries & vans pic.twitter.com/abc"
    assert (post.account.handle, post.account.name, post.account.platform_id) == (
        "Dock_Watch",
        "Dock Watch",
        "@dock_watch",
    )
    assert (post.post_id, post.url, post.posted_at) == (ID, f"https://x.com/i/status/{ID}", None)
    assert post.id_time is not None
    assert post.raw == content


@pytest.mark.parametrize(
    "content",
    [
        b"<html>sorry</html>",
        b"[]",
        json.dumps({**SAID, "html": "<p>no quote</p>"}).encode(),
        json.dumps({**SAID, "html": ""}).encode(),
        json.dumps({**SAID, "author_url": "https://twitter.com/"}).encode(),
        json.dumps({**SAID, "html": HTML.replace(ID, "1990000000000000002")}).encode(),
    ],
    ids=["HTML", "a list", "no quote", "empty", "no handle", "another post"],
)
def test_what_describes_no_such_post_is_not_understood(content: bytes):
    with pytest.raises(NotUnderstood):
        post_of(content, ID)


@pytest.mark.parametrize(
    ("status", "error"), [(404, NotThere), (403, NotAllowed), (429, RateLimited), (503, ServerTrouble)]
)
def test_a_status_is_its_own_error(status: int, error: type[PostwatchError]):
    at = datetime(2026, 11, 22, tzinfo=UTC)
    exchange = Exchange(
        "oembed", "https://publish.x.com/oembed", "https://publish.x.com/oembed", status, (), b"", at, at
    )
    with pytest.raises(error) as told:
        demand_description(exchange)
    assert told.value.exchange is exchange


def test_the_address_asks_for_words_without_script():
    asked = address("http://127.0.0.1:8081/oembed?a=b", f"https://x.com/i/status/{ID}")
    query = parse_qs(urlsplit(asked).query)
    assert query["url"] == [f"https://x.com/i/status/{ID}"]
    assert (query["a"], query["omit_script"]) == (["b"], ["1"])
