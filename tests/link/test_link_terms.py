"""Words made comparable, and the index over them."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from monitor.link.candidates import BY_NAME, BY_WORDS, NEAREST, RECENT, candidates
from monitor.link.passages import marked
from monitor.link.pool import Pool, rarity
from monitor.link.suggest import suggestions
from monitor.link.terms import terms_of
from monitor.link.told import Told
from monitor.model.linking import Candidate, Story

AT = datetime(2024, 6, 20, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Protests, protesters", ["protes", "protes"]),
        ("hats and a hat", ["hat", "and", "a", "hat"]),
        ("Brenner’s bridge", ["brenne", "bridge"]),
        ("Żółć Геращук Müller", ["zolc", "gerash", "muller"]),
        ("$929,000 or 929.000", ["929000", "or", "929000"]),
        ("18,3 and 18.3", ["18.3", "and", "18.3"]),
        ("#QuayWatch2024", ["quaywatch2024", "quay", "watch", "2024"]),
        ("see https://t.co/abc pic.twitter.com/xyz", ["see"]),
        ("総務省", ["総務", "務省"]),
        ("", []),
    ],
)
def test_what_is_written_alike_or_nearly_is_one_term(text: str, keys: list[str]) -> None:
    assert [term.key for term in terms_of(text)] == keys


def test_terms_know_where_they_stand() -> None:
    text = "The #QuayWatch saw 18,3 degrees at Müllers"
    for term in terms_of(text):
        assert text[term.start : term.end].strip()
    assert {text[t.start : t.end] for t in terms_of(text)} >= {"#QuayWatch", "Watch", "18,3", "Müllers"}


def test_a_rare_word_tells_more_than_a_common_one_and_few_posts_tell_little() -> None:
    assert rarity(1, 1000, common=False) > rarity(50, 1000, common=False) > rarity(50, 1000, common=True)
    assert rarity(5, 7, common=False) < 1.5, "what most posts of a small pool hold is no rare word"
    assert rarity(1, 5, common=False) < rarity(1, 100_000, common=False)


def test_a_post_that_comes_twice_is_in_the_pool_once_and_those_without_time_stand_last() -> None:
    posts = [Candidate("x", "2", "b", posted_at=AT), Candidate("x", "1", "a"), Candidate("x", "2", "b", posted_at=AT)]
    pool = Pool.of(posts)
    assert [post.post_id for post in pool.posts] == ["2", "1"]
    assert pool.between(0, 4e9) == 1


def test_however_large_the_pool_few_posts_are_looked_at() -> None:
    posts = [Candidate("x", str(n), f"the harbour of Karsk, day {n}", f"a{n % 50}", f"Ada Quill{n % 50}", AT - timedelta(minutes=n)) for n in range(5000)]  # fmt: skip
    pool = Pool.of(posts)
    told = Told(Story("p", "The harbour of Karsk", ("Ada Quill7 spoke of the harbour.",), published_at=AT))
    named = pool.accounts.named_in(told)
    looked_at = candidates(told, named, pool)
    assert 0 < len(looked_at) <= BY_WORDS + RECENT + NEAREST + BY_NAME * len(named)
    assert looked_at == sorted(set(looked_at))


def test_a_passage_is_cut_around_its_marks() -> None:
    text = "word " * 200 + "the waving marshal " + "word " * 200
    start = text.index("waving")
    shown = marked(text, [(start, start + 6), (start + 7, start + 14)])
    assert "**waving marshal**" in shown
    assert shown.startswith("…") and shown.endswith("…")
    assert len(shown) < 340


def test_hostile_texts_take_no_long_time() -> None:
    told = Story("p", "a " * 1000, ("na " * 20_000, "@" * 9_000, "#" + "A" * 20_000), published_at=AT)
    pool = Pool.of(
        [
            Candidate("x", "1", "na " * 20_000, "n" * 500, "N " * 5000, AT),
            Candidate("x", "2", "\u200f\ud83d" * 900, None, None, AT),
        ]
    )
    began = time.monotonic()
    list(suggestions([told], pool))
    assert time.monotonic() - began < 20
