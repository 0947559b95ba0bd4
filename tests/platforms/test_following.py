"""Where short links lead: every hop asked once, nothing asked that is no short link."""

from datetime import UTC, datetime

import pytest

from monitor.errors import NotThere, NotUnderstood, PostwatchError, RateLimited
from monitor.model.exchange import Exchange
from monitor.platforms import short_link_of
from monitor.platforms.following import follow

NOW = datetime(2026, 11, 24, tzinfo=UTC)
POST = "https://www.tiktok.com/@harbour.demo/video/7312345678901234567"


class FakeServers:
    """Answers by address; remembers what it was asked."""

    def __init__(self, answers: dict[str, tuple[int, str]]) -> None:
        self._answers = answers
        self.asked: list[str] = []

    def ask(self, url: str) -> Exchange:
        self.asked.append(url)
        status, target = self._answers[url]
        headers = (("location", target),) if target else ()
        return Exchange("http", url, url, status, headers, b"", NOW, NOW, {})


def led(url: str, servers: FakeServers) -> tuple[str | None, str]:
    link = short_link_of(url)
    assert link is not None
    lead = follow(link, servers.ask)
    return (f"{lead.post.platform}:{lead.post.post_id}" if lead.post else None), lead.url


def test_a_short_link_leads_to_its_post_which_is_not_asked_itself() -> None:
    servers = FakeServers({"https://vm.tiktok.com/ZMdEmo123/": (301, f"{POST}?_t=8x&_r=1")})
    assert led("https://vm.tiktok.com/ZMdEmo123/", servers) == ("tiktok:7312345678901234567", f"{POST}?_t=8x&_r=1")
    assert servers.asked == ["https://vm.tiktok.com/ZMdEmo123/"]


def test_short_links_behind_short_links_are_followed_one_by_one() -> None:
    servers = FakeServers(
        {
            "https://t.co/AbCdEf1234": (301, "https://vm.tiktok.com/ZMdEmo123/"),
            "https://vm.tiktok.com/ZMdEmo123/": (302, "https://www.tiktok.com/t/ZTdEmo123/"),
            "https://www.tiktok.com/t/ZTdEmo123/": (301, POST),
        }
    )
    assert led("https://t.co/AbCdEf1234", servers) == ("tiktok:7312345678901234567", POST)
    assert len(servers.asked) == 3


def test_a_relative_target_is_read_from_where_it_stands() -> None:
    servers = FakeServers(
        {
            "https://v.redd.it/abc123def456g": (302, "https://www.reddit.com/video/abc123def456g"),
            "https://www.reddit.com/video/abc123def456g": (301, "/r/harbour/comments/1demo23/title/"),
        }
    )
    assert led("https://v.redd.it/abc123def456g", servers)[0] == "reddit:1demo23"


@pytest.mark.parametrize(
    "target", ["https://news.example/bridge", "http://127.0.0.1/admin", "https://www.tiktok.com/@harbour.demo"]
)
def test_what_is_no_post_is_told_and_never_asked(target: str) -> None:
    servers = FakeServers({"https://t.co/AbCdEf1234": (301, target)})
    assert led("https://t.co/AbCdEf1234", servers) == (None, target)
    assert servers.asked == ["https://t.co/AbCdEf1234"]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((404, ""), NotThere),
        ((429, ""), RateLimited),
        ((200, ""), NotUnderstood),
        ((301, ""), NotUnderstood),
        ((301, "javascript:alert(1)"), NotUnderstood),
        ((301, "https://t.co/AbCdEf1234"), NotUnderstood),
    ],
)
def test_a_link_that_leads_nowhere_is_an_error_of_ours(answer: tuple[int, str], error: type[PostwatchError]) -> None:
    with pytest.raises(error):
        led("https://t.co/AbCdEf1234", FakeServers({"https://t.co/AbCdEf1234": answer}))


def test_a_circle_of_short_links_ends() -> None:
    servers = FakeServers(
        {
            "https://t.co/AbCdEf1234": (301, "https://pin.it/4AbCdEf"),
            "https://pin.it/4AbCdEf": (301, "https://t.co/AbCdEf1234"),
        }
    )
    with pytest.raises(NotUnderstood, match="more than 5"):
        led("https://t.co/AbCdEf1234", servers)
    assert len(servers.asked) == 5
