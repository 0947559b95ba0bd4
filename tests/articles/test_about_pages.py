"""What a page tells of itself: the best of what it says, its usual slips forgiven, its claims not believed blindly."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.articles.about.moments import in_words, parsed
from monitor.articles.reading import read_page
from monitor.model.article import Reading

FETCHED = "https://www.blatt.example/lokales/bruecke-bleibt-gesperrt-12345"
_TEXT = "".join(
    f"<p>Der Rat von Lindenhafen hat zum {n}. Mal über die Brücke beraten, und die Sitzung dauerte bis nach Mitternacht, "
    "denn es waren sich nicht alle einig, ob sie wieder für den Verkehr geöffnet werden soll.</p>"
    for n in range(1, 7)
)


def page(
    head: str = "", above: str = "<h1>Die Brücke bleibt gesperrt</h1>", below: str = "", lang: str = "de"
) -> bytes:
    attribute = f' lang="{lang}"' if lang else ""
    body = f"<article>{above}{_TEXT}{below}</article>"
    return f"<!doctype html><html{attribute}><head>{head}</head><body>{body}</body></html>".encode()


def read(
    head: str = "", above: str = "<h1>Die Brücke bleibt gesperrt</h1>", *, url: str | None = FETCHED, lang: str = "de"
) -> Reading:
    return read_page(page(head, above, lang=lang), url=url)


def linked(**fields: object) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


CANONICAL = [
    (
        "the page's word",
        '<link rel="canonical" href="https://www.blatt.example/lokales/bruecke">',
        "https://www.blatt.example/lokales/bruecke",
    ),
    (
        "a relative address",
        '<link rel="canonical" href="/lokales/bruecke">',
        "https://www.blatt.example/lokales/bruecke",
    ),
    (
        "og:url where there is no link",
        '<meta property="og:url" content="https://blatt.example/a/b">',
        "https://blatt.example/a/b",
    ),
    (
        "tracking is taken off",
        '<link rel="canonical" href="https://www.blatt.example/b?utm_source=x&id=7#top">',
        "https://www.blatt.example/b?id=7",
    ),
    (
        "another host of the site",
        '<link rel="canonical" href="https://m.blatt.example/b">',
        "https://m.blatt.example/b",
    ),
    ("another site is not believed", '<link rel="canonical" href="https://else.example2/b">', FETCHED),
    ("the home page is not believed", '<link rel="canonical" href="https://www.blatt.example/">', FETCHED),
    (
        "og:url helps where the link names the home page",
        '<link rel="canonical" href="https://www.blatt.example"><meta property="og:url" content="https://www.blatt.example/b">',
        "https://www.blatt.example/b",
    ),
    ("a section is not believed", '<link rel="canonical" href="https://www.blatt.example/lokales">', FETCHED),
    ("script is no address", '<link rel="canonical" href="javascript:alert(1)">', FETCHED),
    ("a name and password are no part of it", '<link rel="canonical" href="https://a:b@www.blatt.example/b">', FETCHED),
    ("an endless address is none", f'<link rel="canonical" href="https://www.blatt.example/{"b" * 3_000}">', FETCHED),
    ("a broken address is none", '<link rel="canonical" href="https://[::1/b">', FETCHED),
    (
        "line ends are no part of one",
        '<link rel="canonical" href="https://www.blatt.example/b&#10;Set-Cookie: a">',
        FETCHED,
    ),
]


@pytest.mark.parametrize(("head", "expected"), [c[1:] for c in CANONICAL], ids=[c[0] for c in CANONICAL])
def test_the_canonical_address_is_checked(head: str, expected: str) -> None:
    assert read(head).url == expected


def test_a_copy_in_an_archive_is_known_by_the_publishers_address() -> None:
    url = "https://web.archive.org/web/2024/https://www.blatt.example/b"
    assert (
        read('<link rel="canonical" href="https://www.blatt.example/b">', url=url).url == "https://www.blatt.example/b"
    )


def test_a_file_has_the_address_that_it_names_or_none() -> None:
    assert read('<link rel="canonical" href="https://blatt.example/b">', url=None).url == "https://blatt.example/b"
    assert read('<link rel="canonical" href="http://bruecke">', url=None).url is None
    assert read("", url=None).url is None


TITLES = [
    ("the site's name is taken off", '<meta property="og:site_name" content="Blatt &amp; Bote"><meta property="og:title" content="Neues vom Kai - Blatt &amp; Bote">', ""),
    ("the host tells the site's name", "<title>Neues vom Kai | Blatt</title>", ""),
    ("the site may stand in front", '<meta property="og:site_name" content="Blatt"><title>Blatt: Neues vom Kai</title><meta name="title" content="Blatt - Neues vom Kai">', ""),
    ("the site may stand in brackets", '<meta property="og:site_name" content="Das Blatt"><title>Neues vom Kai (Das Blatt)</title>', ""),
    ("the publisher of linked data is the site", linked(publisher={"name": "Kurier am Kai"}, headline="Neues vom Kai — Kurier am Kai"), ""),
    ("headline and linked data outvote a title for searchers", linked(headline="Neues vom Kai") + '<title>Brücke Lindenhafen gesperrt News</title><meta property="og:title" content="Alles zur Brücke">', "<h1>Neues vom Kai</h1>"),
    ("a rubric in front is no part of it", linked(headline="Neues vom Kai") + '<meta property="og:title" content="Meinung | Neues vom Kai">', "<h1>Neues vom Kai</h1>"),
    ("entities and tags are text", linked(headline="Neues &lt;i&gt;vom&lt;/i&gt; Kai"), ""),
    ("the site's own headline is none", '<title>Neues vom Kai</title>', "<h1>Blatt</h1>"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "above"), [c[1:] for c in TITLES], ids=[c[0] for c in TITLES])
def test_the_title_is_what_the_page_agrees_on(head: str, above: str) -> None:
    assert read(head, above).title == "Neues vom Kai"


def test_a_headline_that_linked_data_cut_short_is_told_in_full() -> None:
    whole = "Der Rat von Lindenhafen berät zum sechsten Mal über die Brücke am alten Kai und vertagt sich noch einmal auf den nächsten Dienstag"
    told = read(
        linked(headline=whole[:110]) + f'<meta property="og:title" content="{whole[:90]}…">', f"<h1>{whole}</h1>"
    )
    assert told.title == whole


AUTHORS = [
    ("linked data", linked(author=[{"@type": "Person", "name": "Ada Beispiel"}, {"name": "Bo Muster"}]), "", ["Ada Beispiel", "Bo Muster"]),
    ("a person by id", linked(**{"@graph": [{"@type": "Article", "author": {"@id": "#1"}}, {"@type": "Person", "@id": "#1", "name": "Ada Beispiel"}]}), "", ["Ada Beispiel"]),
    ("metadata", '<meta name="author" content="Von Ada Beispiel und Bo Muster">', "", ["Ada Beispiel", "Bo Muster"]),
    ("a degree is no second author", '<meta name="author" content="Ada Beispiel, PhD">', "", ["Ada Beispiel, PhD"]),
    ("an address is no name", '<meta property="article:author" content="https://social.example/ada">', '<p class="byline">By Ada Beispiel</p>', ["Ada Beispiel"]),
    ("the byline, its date left out", "", '<p class="byline">By Ada Beispiel | July 3, 2024</p>', ["Ada Beispiel"]),
    ("marked as author", "", '<span itemprop="author">Ada Beispiel</span>', ["Ada Beispiel"]),
    ("the publisher gives way to a person", '<meta property="og:site_name" content="Blatt"><meta name="author" content="Blatt">', '<a rel="author">Ada Beispiel</a>', ["Ada Beispiel"]),
    ("the publisher where there is none else", '<meta name="author" content="Blatt">', "", ["Blatt"]),
    ("buttons are no names", "", '<div class="author">Share Tweet Comments</div>', []),
    ("a picture's credit is no author", "", '<span class="author">Foto: Ada Beispiel</span>', []),
]  # fmt: skip


@pytest.mark.parametrize(("head", "byline", "expected"), [c[1:] for c in AUTHORS], ids=[c[0] for c in AUTHORS])
def test_authors_are_names(head: str, byline: str, expected: list[str]) -> None:
    assert list(read(head, f"<h1>Die Brücke bleibt gesperrt</h1>{byline}").authors) == expected


DATES = [
    ("an instant", linked(datePublished="2024-07-14T18:30:00+02:00"), "", "2024-07-14T16:30:00", "exact"),
    ("a time without zone stays one", linked(datePublished="2024-07-14 18:30:00"), "", "2024-07-14T18:30:00", "no_zone"),
    ("a day stays a day", '<meta name="date" content="2024-07-14">', "", "2024-07-14T00:00:00", "day"),
    ("midnight written by a program is a day", linked(datePublished="2024-07-14T00:00:00Z"), "", "2024-07-14T00:00:00", "day"),
    ("a lesser source makes a day exact", linked(datePublished="2024-07-14") + '<meta property="article:published_time" content="2024-07-14T18:30:00+02:00">', "", "2024-07-14T16:30:00", "exact"),
    ("but not one of another day", linked(datePublished="2024-07-14"), '<time datetime="2024-07-18T09:00:00Z">18 July</time>', "2024-07-14T00:00:00", "day"),
    ("mail's way", '<meta name="pubdate" content="Sun, 14 Jul 2024 16:30:00 GMT">', "", "2024-07-14T16:30:00", "exact"),
    ("seconds since 1970", '<meta name="published_at" content="1720974600">', "", "2024-07-14T16:30:00", "exact"),
    ("no separators", '<meta itemprop="datePublished" content="20240714 183000">', "", "2024-07-14T18:30:00", "no_zone"),
    ("the marked element, not the clock of the site", "<time>Dienstag, 16. Juli 2024</time>", '<time itemprop="datePublished" content="2024-07-14T18:30:00+0200">x</time>', "2024-07-14T16:30:00", "exact"),
    ("not that of an embed", "", '<blockquote><time datetime="2019-01-01T10:00:00Z">1.1.</time></blockquote><span class="date">14.07.2024, 18:30 Uhr</span>', "2024-07-14T18:30:00", "no_zone"),
    ("words with a zone", "", '<p class="timestamp">July 14, 2024 6:30 pm CEST</p>', "2024-07-14T16:30:00", "exact"),
    ("a zone that two places share is none", "", '<p class="timestamp">14 July 2024 6:30 PM IST</p>', "2024-07-14T18:30:00", "no_zone"),
    ("words in Polish", "", '<p class="data date">14 lipca 2024</p>', "2024-07-14T00:00:00", "day"),
    ("a line below the headline", "", "<p>Lindenhafen, 14. Juli 2024</p>", "2024-07-14T00:00:00", "day"),
    ("Chinese signs", "", '<p class="date">2024年7月14日 18:30</p>', "2024-07-14T18:30:00", "no_zone"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "above", "at", "precision"), [c[1:] for c in DATES], ids=[c[0] for c in DATES])
def test_a_date_is_told_as_exactly_as_the_page_tells_it(head: str, above: str, at: str, precision: str) -> None:
    published = read(head, f"<h1>Die Brücke bleibt gesperrt</h1>{above}").published
    assert published is not None
    assert (published.at.isoformat()[:19], published.precision) == (at, precision)


def test_a_date_that_is_nowhere_is_none() -> None:
    assert read(url=None).published is None


def test_the_address_tells_a_day() -> None:
    published = read(url="https://blatt.example/2024/07/14/bruecke").published
    assert published is not None
    assert (published.precision, published.source, published.at.day) == ("day", "address", 14)


def test_a_change_is_told_apart_from_publication() -> None:
    above = '<h1>Die Brücke</h1><p class="date">Veröffentlicht: 14.07.2024 18:30, aktualisiert: 15.07.2024 07:00</p>'
    reading = read("", above)
    assert reading.published is not None
    assert reading.modified is not None
    assert (reading.published.at.day, reading.modified.at.day) == (14, 15)


@pytest.mark.parametrize(
    "wrapping", ["<![CDATA[{}]]>", "//<![CDATA[\n{}\n//]]>", "<!--{}-->", "{};", "{} trailing words"]
)
def test_linked_data_with_the_usual_slips_is_read(wrapping: str) -> None:
    data = (
        '{"@type":"NewsArticle","headline":"Neues\tvom Kai","keywords":["a",],"datePublished":"2024-07-14T16:30:00Z"}'
    )
    reading = read(f'<script type="application/ld+json">{wrapping.replace("{}", data)}</script>', "")
    assert (reading.title, reading.published is not None) == ("Neues vom Kai", True)


def test_of_several_articles_in_linked_data_the_pages_own_counts() -> None:
    other = linked(headline="Ein anderer Artikel", datePublished="2020-01-01T10:00:00Z", author={"name": "Cy Anders"})
    own = linked(
        headline="Die Brücke bleibt gesperrt", datePublished="2024-07-14T16:30:00Z", author={"name": "Ada Beispiel"}
    )
    reading = read(other + own)
    assert reading.authors == ("Ada Beispiel",)
    assert reading.published is not None
    assert reading.published.at.year == 2024


LANGUAGES = [
    ("told", "de-AT", "", "de"),
    ("a template's own is overruled by long text", "en-US", "", "de"),
    ("told by og:locale", "", '<meta property="og:locale" content="de_DE">', "de"),
    ("shown by the words", "", "", "de"),
]


@pytest.mark.parametrize(("lang", "head", "expected"), [c[1:] for c in LANGUAGES], ids=[c[0] for c in LANGUAGES])
def test_the_language_is_told_or_seen(lang: str, head: str, expected: str) -> None:
    assert read(head, lang=lang).language == expected


ODD_STAMPS = [
    "2024-02-30", "2024-13-01T10:00:00Z", "2024-07-14T25:00:00", "2024-07-14T10:00:00+99:99", "9999999999", "Fri, 31 Dec 9999 23:59:59 -1200",
    "Fri, 99 Foo 2024 10:00:00 GMT", "0000-00-00", "1/2/3", "31. Februar 2024", "٢٠٢٤-٠٧-١٤", "today", "1899-01-01", "²024-07-14", "[", "http://[",
]  # fmt: skip


@pytest.mark.parametrize("stamp", ODD_STAMPS)
def test_an_odd_stamp_is_no_date_or_a_sane_one(stamp: str) -> None:
    head = f'<meta name="date" content="{stamp}">{linked(datePublished=stamp, url=stamp)}<link rel="canonical" href="{stamp}">'
    published = read(
        head, f'<h1>Die Brücke</h1><p class="date">{stamp}</p><img src="{stamp}" width="²">', url=stamp
    ).published
    assert published is None or 1990 <= published.at.year <= 2100


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("0123456789-/.: TZ+apm,JulyMärz年月日٢²"), max_size=40))
def test_no_stamp_breaks_the_reading_of_dates(stamp: str) -> None:
    for moment in (parsed(stamp), in_words(stamp), in_words(stamp, american=True)):
        assert moment is None or moment.at.tzinfo is not None
