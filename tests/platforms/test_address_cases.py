"""Every address in tests/cases/addresses names the post told beside it, or none; to report a bug, add the address that shows it."""

from pathlib import Path

import pytest

from monitor.platforms import PLATFORMS, address_of, candidates, might_name_a_post, short_link_of
from monitor.platforms.location import location_of

FOLDER = Path(__file__).parent.parent / "cases" / "addresses"
CASES = [
    (path.stem, *line.split(" ", 1))
    for path in sorted(FOLDER.glob("*.txt"))
    for line in path.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
POSTS = [case for case in CASES if case[1] not in "-~"]
SHORT = [(platform, url) for platform, post_id, url in CASES if post_id == "~"]


@pytest.mark.parametrize(("platform", "post_id", "url"), POSTS, ids=[url for _, _, url in POSTS])
def test_the_address_names_the_post(platform: str, post_id: str, url: str) -> None:
    address = address_of(url)
    assert address is not None
    assert (address.platform, address.post_id) == (platform, post_id)
    assert might_name_a_post(url)
    again = address_of(address.url)
    assert again == address
    assert might_name_a_post(f"<a href='{url}'>")


@pytest.mark.parametrize("url", [url for _, post_id, url in CASES if post_id == "-"])
def test_the_address_names_no_post(url: str) -> None:
    assert address_of(url) is None


@pytest.mark.parametrize(("platform", "url"), SHORT)
def test_a_short_link_names_its_platform_and_no_post(platform: str, url: str) -> None:
    link = short_link_of(url)
    assert link is not None
    assert (link.platform, address_of(url)) == (platform, None)
    assert link.trust < 1
    assert link.doubt
    assert short_link_of(link.url) == link
    assert might_name_a_post(url)


def test_what_names_a_post_or_nothing_is_no_short_link() -> None:
    assert not [url for _, post_id, url in CASES if post_id != "~" and short_link_of(url)]


def test_there_are_cases_for_every_platform() -> None:
    assert {platform for platform, _, _ in POSTS} == set(PLATFORMS)
    assert {platform for platform, post_id, _ in CASES if post_id == "-"} == set(PLATFORMS)


def test_no_two_platforms_claim_one_address() -> None:
    """Over all the addresses of all platforms, whichever platform they are cases of."""
    for _, _, url in CASES:
        location = location_of(url)
        if location is not None:
            claims = [platform.name for platform in candidates(location) if platform.address_at(location)]
            assert len(claims) <= 1, (url, claims)


def test_a_host_belongs_to_one_platform_only() -> None:
    owned = [host for platform in PLATFORMS.values() for host in platform.hosts]
    assert len(owned) == len(set(owned))
    for host in owned:
        above = [other for other in owned if host.endswith("." + other)]
        assert not above or len({next(p.name for p in PLATFORMS.values() if h in p.hosts) for h in (host, *above)}) == 1
