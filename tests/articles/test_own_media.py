"""Videos of the publisher's own player are told, and taken for no post of a platform."""

from monitor.articles.inspecting import record_of
from monitor.articles.reading import read_page
from monitor.model.article import OwnMedia

PROSE = (
    "<p>The harbour council of Lindenhafen met on Tuesday evening to discuss the new bridge, until after midnight.</p>"
    * 3
)
ADDRESS = "https://news.example/bridge"


def own(body: str) -> list[OwnMedia]:
    reading = read_page(f"<article><h1>Bridge</h1>{PROSE}{body}{PROSE}</article>".encode(), url=ADDRESS)
    assert [c for c in reading.citations if c.kind != "mention"] == []
    return list(reading.own_media)


def test_a_video_element_is_told_with_its_place() -> None:
    (media,) = own('<video poster="p.jpg"><source src="/media/quay.mp4" type="video/mp4"></video>')
    assert (media.url, media.kind, media.paragraph, media.where) == (
        "https://news.example/media/quay.mp4", "video", 3, "after paragraph 3",
    )  # fmt: skip


def test_a_stream_is_told_as_one() -> None:
    assert [
        m.kind for m in own('<div class="player" data-hls="https://cdn.news.example/a/master.m3u8?t=1"></div>')
    ] == ["stream"]


def test_a_sound_is_told_as_one() -> None:
    assert [m.kind for m in own('<audio src="https://cdn.news.example/a.mp3"></audio>')] == ["audio"]


def test_the_video_of_linked_data_is_told_once() -> None:
    data = '{"@type":"VideoObject","contentUrl":"https://cdn.news.example/a.mp4"}'
    body = f'<video src="https://cdn.news.example/a.mp4"></video><script type="application/ld+json">{data}</script>'
    assert [m.url for m in own(body)] == ["https://cdn.news.example/a.mp4"]


def test_what_a_browser_makes_up_and_what_stands_beside_is_left_out() -> None:
    assert (
        own(
            '<video src="blob:https://news.example/1"></video><aside class="sidebar"><video src="/ad.mp4"></video></aside>'
        )
        == []
    )


def test_a_clip_of_a_platform_in_a_video_element_is_a_citation() -> None:
    page = f'<article>{PROSE}<video><source type="video/youtube" src="https://www.youtube.com/watch?v=Demo_Clip-1"></video></article>'
    reading = read_page(page.encode(), url=ADDRESS)
    assert ([c.post_id for c in reading.citations], reading.own_media) == (["Demo_Clip-1"], ())


def test_inspect_prints_it() -> None:
    reading = read_page(f'<article>{PROSE}<video src="/quay.mp4"></video></article>'.encode(), url=ADDRESS)
    assert record_of("a.html", reading)["own_media"] == [
        {"url": "https://news.example/quay.mp4", "kind": "video", "paragraph": 3, "where": "after paragraph 3"}
    ]
