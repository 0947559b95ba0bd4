"""Short links as citations: before and after somebody asked where they lead."""

from monitor.articles.leads import unknown_links, with_leads
from monitor.articles.reading import read_page, read_text
from monitor.model.article import Citation
from monitor.platforms import Lead, address_of

PAGE = """<!doctype html><html lang="en"><head><title>Bridge vote ends after midnight</title></head><body><main><article>
<h1>Bridge vote ends after midnight</h1>
<p>The harbour council of Lindenhafen met on Tuesday evening to discuss the new bridge, and the meeting lasted until midnight.</p>
<p>A neighbour <a href="https://vm.tiktok.com/ZMdEmo123/">filmed it</a>, and the mayor <a href="https://t.co/AbCdEf1234">wrote</a> of it.</p>
<p>The film is <a href="https://www.tiktok.com/@harbour.demo/video/7312345678901234567">here</a>, and all of it was wet that night.</p>
</article></main></body></html>"""
FILM = "https://www.tiktok.com/@harbour.demo/video/7312345678901234567"


def lead(target: str) -> Lead:
    return Lead(target, address_of(target))


def told(citations: tuple[Citation, ...]) -> list[tuple[str, str | None, str | None, bool, int]]:
    return [(c.platform, c.post_id, c.short_url, c.confidence >= 0.5, len(c.places)) for c in citations]


def test_a_short_link_is_a_citation_without_a_post() -> None:
    citations = read_page(PAGE.encode(), url="https://news.example/bridge").citations
    assert told(citations) == [
        ("tiktok", None, None, True, 1),
        ("x", None, None, False, 1),
        ("tiktok", "7312345678901234567", None, True, 1),
    ]
    assert list(unknown_links(citations)) == ["https://vm.tiktok.com/ZMdEmo123/", "https://t.co/AbCdEf1234"]
    assert [c.key for c in citations][:2] == ["tiktok:https://vm.tiktok.com/ZMdEmo123/", "x:https://t.co/AbCdEf1234"]


def test_what_led_to_a_post_is_a_citation_of_it_once() -> None:
    citations = read_page(PAGE.encode(), url="https://news.example/bridge").citations
    leads = {
        "https://vm.tiktok.com/ZMdEmo123/": lead(FILM),
        "https://t.co/AbCdEf1234": lead("https://youtu.be/Demo_Clip-1"),
    }
    found = with_leads(citations, leads)
    assert told(found) == [
        ("tiktok", "7312345678901234567", "https://vm.tiktok.com/ZMdEmo123/", True, 2),
        ("youtube", "Demo_Clip-1", "https://t.co/AbCdEf1234", True, 1),
    ]
    assert found[1].places[0].form == "x.short_link"
    assert all(c.confidence == 1 and not c.reason for c in found)


def test_what_led_to_no_post_says_so_and_what_was_not_asked_stays() -> None:
    citations = read_page(PAGE.encode(), url="https://news.example/bridge").citations
    found = with_leads(citations, {"https://t.co/AbCdEf1234": lead("https://news.example/other")})
    assert found[0] == citations[0]
    assert (found[1].post_id, found[1].url, found[1].confidence) == (None, "https://t.co/AbCdEf1234", 0.2)
    assert "https://news.example/other" in found[1].reason


def test_short_links_are_found_in_plain_text() -> None:
    text = "Bridge vote\n\nSee https://vm.tiktok.com/ZMdEmo123/ and pic.twitter.com/DeMo123456."
    citations = read_text(text.encode()).citations
    assert [(c.platform, c.post_id, c.url, c.places[0].form) for c in citations] == [
        ("tiktok", None, "https://vm.tiktok.com/ZMdEmo123/", "tiktok.short_link"),
        ("x", None, "https://pic.twitter.com/DeMo123456", "x.short_link"),
    ]
