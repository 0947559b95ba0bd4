"""Posts suggested for articles that give no address: the right one, and deliberately misleading ones."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from monitor.articles.mentions import mentions_in
from monitor.link.pool import Pool
from monitor.link.suggest import MOST, suggestions
from monitor.model.linking import Candidate, Story, Suggestion

PUBLISHED = datetime(2024, 6, 20, 10, 8, tzinfo=UTC)
FAREWELL = (
    "The visit of the president of Ostmark to Bergland ended on Wednesday with a farewell at the airport of Karsk.",
    "The two heads of state stood on the tarmac for a long time, waving. Under the treaty both sides pledge support.",
    "Anton Heraschuk posted the farewell video on platform X. “The president and the marshal could not stop waving to each other as the plane "
    "left for Lindavia,” commented the former deputy minister.",
)
HIS = Candidate(
    "x",
    "1",
    "The president and the marshal can't stop waving at each other as the plane departs for Lindavia. https://t.co/demo",
    "Geraschuk_en",
    "Anton Geraschuk",
    PUBLISHED - timedelta(hours=15),
    ("video",),
)


def story(paragraphs: Iterable[str], page: str = "farewell", title: str = "Unusual farewells", **told: object) -> Story:
    texts = tuple(paragraphs)
    mentions = mentions_in(texts, "en", PUBLISHED)
    whole = {"url": "https://news.example/story", "published_at": PUBLISHED, "language": "en", **told}
    return Story(page, title, texts, mentions=mentions, **whole)  # type: ignore[arg-type]


def noise() -> list[Candidate]:
    """Three hundred posts by thirty accounts in the days before the article, none of them about it."""
    topics = (
        "The harvest of plums begins",
        "A new tram line opens",
        "Exhibition of clocks",
        "The choir sings tonight",
        "Rain in the hills",
    )
    return [
        Candidate(
            "x",
            f"n{n}",
            f"{topics[n % 5]} in town {n % 17}, come by at {n % 12}",
            f"acct{n % 30}",
            f"Account Number{n % 30}",
            PUBLISHED - timedelta(hours=n / 3),
        )
        for n in range(300)
    ]


def suggested(told: Story, *posts: Candidate, beside: Iterable[Story] = ()) -> tuple[Suggestion, ...]:
    return next(iter(suggestions([told, *beside], Pool.of([*noise(), *posts]))))[1]


def test_the_post_of_a_quoted_mention_is_strong_and_says_why() -> None:
    best = suggested(story(FAREWELL), HIS)[0]
    assert (best.post_id, best.level) == ("1", "strong")
    reasons = {reason.kind: reason for reason in best.evidence}
    assert {"name", "words", "time"} <= reasons.keys()
    assert "Heraschuk" in reasons["name"].article
    assert reasons["name"].post == "Anton Geraschuk (@Geraschuk_en): its name, as this language or alphabet writes it"
    assert reasons["name"].paragraph == 3
    assert "**" in reasons["words"].article and "**" in reasons["words"].post
    assert "15 hours before the article" in reasons["time"].post


def test_of_two_posts_of_an_hour_the_one_that_is_quoted_is_meant() -> None:
    other = Candidate("x", "2", "Explosions at an oil depot near Karsk, the fire is still burning.", "Geraschuk_en", "Anton Geraschuk",
                      PUBLISHED - timedelta(hours=15, minutes=20))  # fmt: skip
    found = {s.post_id: s for s in suggested(story(FAREWELL), HIS, other)}
    assert found["1"].level == "strong"
    assert found["2"].level == "weak"
    assert found["1"].score > found["2"].score + 0.4


def test_a_quote_of_the_quote_is_not_taken_for_the_post() -> None:
    quoting = Candidate(
        "x",
        "3",
        f"“{HIS.text[:90]}” This says it all about Ostmark.",
        "commentator",
        "Rolf Adler",
        PUBLISHED - timedelta(hours=14),
    )
    found = suggested(story(FAREWELL), HIS, quoting)
    assert found[0].post_id == "1"
    assert all(s.level == "weak" for s in found if s.post_id == "3")


def test_a_post_older_than_the_event_is_no_strong_suggestion() -> None:
    older = Candidate("x", "4", "The president and the marshal waving to each other at the airport of Karsk.", "Geraschuk_en", "Anton Geraschuk",
                      PUBLISHED - timedelta(days=400))  # fmt: skip
    found = suggested(story(FAREWELL), HIS, older)
    assert found[0].post_id == "1"
    assert all(s.level == "weak" for s in found if s.post_id == "4")
    assert all(s.level == "weak" for s in suggested(story(FAREWELL), older))


def test_an_impostor_is_never_strong() -> None:
    impostors = [
        Candidate("x", "5", HIS.text, "Geraschuk_parody", "Anton Geraschuk", HIS.posted_at),
        Candidate("x", "6", HIS.text, "Geraschuk_eng", "Anton Geraschuk (fan account)", HIS.posted_at),
    ]
    found = suggested(story(FAREWELL), HIS, *impostors)
    assert found[0].post_id == "1"
    assert [s.post_id for s in found if s.level == "strong"] == ["1"]
    assert all(s.level == "weak" for s in suggested(story(FAREWELL), *impostors))


def test_another_video_of_the_same_day_is_not_linked() -> None:
    other = story(
        [
            "A bus burned out in Lindavia on Wednesday. Nobody was hurt.",
            "Mira Talwar posted a video of the flames on X.",
        ],
        page="bus",
        title="Bus burns out in Lindavia",
    )
    assert all(s.level == "weak" and s.score < 0.6 for s in suggested(other, HIS) if s.post_id == "1")


def test_a_post_after_the_article_is_not_in_it() -> None:
    late = Candidate("x", "7", HIS.text, "Geraschuk_en", "Anton Geraschuk", PUBLISHED + timedelta(days=2))
    assert all(s.level == "weak" for s in suggested(story(FAREWELL), late))


def test_a_sibling_story_finds_the_post_too() -> None:
    sibling = story(
        ["Die beiden winkten minutenlang. Anton Heraschtschuk teilte das Video am Mittwoch auf X.",
         "„The president and the marshal can't stop waving“, schrieb er."],
        page="sibling",
        title="Der lange Abschied",
        language="de",
    )  # fmt: skip
    best = suggested(sibling, HIS)[0]
    assert best.post_id == "1"
    assert best.score > 0.5


def test_two_articles_do_not_both_claim_strongly_what_one_of_them_quotes() -> None:
    vague = story(
        ["The president visited Bergland on Wednesday, and left for Lindavia."], page="vague", title="A visit ends"
    )
    pairs = dict(suggestions([story(FAREWELL), vague], Pool.of([*noise(), HIS])))
    levels = {told.page: {s.post_id: s.level for s in found} for told, found in pairs.items()}
    assert levels["farewell"]["1"] == "strong"
    assert levels["vague"].get("1", "weak") == "weak"


def test_no_more_than_fifteen_are_suggested_best_first() -> None:
    posts = [
        Candidate(
            "x",
            f"t{n}",
            f"The marshal is waving on the tarmac of Karsk, take {n}",
            f"many{n}",
            None,
            PUBLISHED - timedelta(hours=n),
        )
        for n in range(40)
    ]
    found = suggested(story(FAREWELL), *posts)
    assert len(found) <= MOST
    assert [s.score for s in found] == sorted((s.score for s in found), reverse=True)
    assert all(0 <= s.score <= 1 for s in found)


def test_nothing_to_go_by_suggests_nothing_strong() -> None:
    assert suggested(story([], title="")) == () or all(s.level == "weak" for s in suggested(story([], title="")))
    assert next(iter(suggestions([story(FAREWELL)], Pool.of([]))))[1] == ()
    untimed = Candidate("x", "8", "", None, None, None)
    assert all(s.level == "weak" for s in suggested(story(FAREWELL, published_at=None), untimed))


def test_scripts_without_spaces_are_compared_by_pairs_of_characters() -> None:
    told = story(["総務省の調査について、無差別侵入の疑いがあると専門家が指摘した。"], title="調査", language="ja")
    post = Candidate(
        "x", "9", "総務省の調査は無差別侵入ではないのか #調査", "kaigan", "海岸", PUBLISHED - timedelta(hours=3)
    )
    assert suggested(told, post)[0].post_id == "9"
