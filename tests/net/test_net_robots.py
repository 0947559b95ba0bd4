import time

import pytest

from monitor.net.robots import Rules, origin_of

SITE = "https://news.example"


@pytest.mark.parametrize(
    ("text", "open_paths", "shut_paths"),
    [
        ("", ["/", "/a?b"], []),
        ("User-agent: *\nDisallow: /", [], ["/", "/a"]),
        ("User-agent: *\nDisallow:", ["/a"], []),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", ["/a/b/c", "/b"], ["/a", "/a/c"]),
        ("User-agent: *\nDisallow: /*.pdf$", ["/a.pdf?x", "/a"], ["/a.pdf"]),
        ("User-agent: *\nDisallow: /caf%C3%A9", ["/cafe"], ["/café", "/caf%C3%A9/1"]),
        ("\ufeffUser-Agent: *\r\nDisallow: /a\r\n", ["/b"], ["/a"]),
        ("User-agent: Postwatch\nDisallow:\n\nUser-agent: *\nDisallow: /", ["/a"], []),
        ("user-agent: POSTWATCH/1.0\ndisallow: /a\n\nUser-agent: *\nDisallow: /b", ["/b"], ["/a"]),
        ("User-agent: x\nUser-agent: Postwatch\nDisallow: /a", ["/b"], ["/a"]),
        ("User-agent: Post\nDisallow: /", ["/a"], []),
        ("User-agent: Postwatchers\nDisallow: /", ["/a"], []),
        ("User-agent: x\nDisallow: /\nUser-agent: *\nDisallow: /a", ["/b"], ["/a"]),
        ("Disallow: /", ["/a"], []),
        ("<html><body>Disallow: /</body></html>", ["/a"], []),
        ("\0\x01 garbage", ["/a"], []),
    ],
)
def test_what_a_robots_txt_lets_us_read(text: str, open_paths: list[str], shut_paths: list[str]):
    rules = Rules(text)
    assert [path for path in open_paths if not rules.allows(SITE + path)] == []
    assert [path for path in shut_paths if rules.allows(SITE + path)] == []


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 2.5", 2.5),
        ("User-agent: *\nCrawl-delay: -3", 0),
        ("User-agent: *\nCrawl-delay: soon", 0),
        ("User-agent: *\nCrawl-delay: nan", 0),
        ("User-agent: other\nCrawl-delay: 9\n\nUser-agent: *\nDisallow: /a", 0),
    ],
)
def test_the_distance_that_it_asks_for(text: str, delay: float):
    assert Rules(text).delay == delay


def test_a_hostile_one_takes_no_time():
    names = "".join(f"User-agent: a{n}\n" for n in range(12_000))
    rules = "".join(f"Disallow: /{'*a' * 9}{n}\n" for n in range(10_000))
    began = time.monotonic()
    assert Rules(names + "User-agent: *\n" + rules).allows(f"{SITE}/{'a' * 4000}")
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://News.Example/a?b", "https://news.example"),
        ("http://news.example:8080/a", "http://news.example:8080"),
        ("http://[::1]:80/", "http://[::1]:80"),
    ],
)
def test_the_site_that_an_address_belongs_to(url: str, origin: str):
    assert origin_of(url) == origin
    for wrong in ("ftp://a.example/", "nothing", "http://"):
        with pytest.raises(ValueError, match="no http"):
            origin_of(wrong)
