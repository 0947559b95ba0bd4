"""`links suggest`, `confirm`, `reject`, `undo`, `judged`: posts that articles speak of in words only, and what people say of them."""

import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

from monitor.cli import show
from monitor.errors import WrongUse
from monitor.store import articles, judgements, posts, scoring, suggestions
from monitor.store.open import Store
from monitor.store.suggestions import State

_LIKELY = 0.2
_MARK = re.compile(r"\*\*(.+?)\*\*")
_LAST = "postwatch links confirm NUMBER   or   postwatch links reject NUMBER --reason TEXT"


@click.command("suggest")
@click.argument("article", required=False)
@click.option("--post", "post_id", metavar="PLATFORM:ID", help="Only suggestions of this post.")
@click.option("--all", "everything", is_flag=True, help="Unlikely and judged ones, too.")
@show.options
def suggest(
    article: str | None, post_id: str | None, everything: bool, as_json: bool, limit: int | None, since: str | None
) -> None:
    """Posts that articles seem to speak of without an embed or an address, each with its evidence: likely ones first.

    ARTICLE is an address or a number of `postwatch articles --json`; left out: of all articles. Strong suggestions are right about 97
    times in a hundred; of the weak ones those below 0.2 are shown with --all, as are judged ones. Passages stand side by side, the words
    that match between ** marks; the number before them is how much they speak for the post.

    \b
    Example: postwatch links suggest
             postwatch links suggest https://example.org/story --json
    """
    states: Sequence[State] = ("open", "confirmed", "rejected") if everything else ("open",)
    with show.store() as store:
        rows = suggestions.listing(
            store,
            limit=limit,
            since=since,
            article_id=None if article is None else _article(store, article),
            post=None if post_id is None else _post(store, post_id),
            states=states,
            least=0.0 if everything or as_json else _LIKELY,
        )
        waits = scoring.is_due(store)
    if as_json:
        for row in rows:
            print(json.dumps(row, ensure_ascii=False))
        return
    for row in rows:
        _print(row)
    if waits:
        show.note("articles or posts wait to be compared: `postwatch once` does that")
    if rows:
        show.note(f"next: {_LAST}")
    else:
        show.note("no likely suggestion: `postwatch links suggest --all` shows the others")
        show.note("next: postwatch links")


def _article(store: Store, which: str) -> int:
    found = articles.find(store, which)
    if found is None and which.isdigit() and store.value("SELECT 1 FROM article WHERE id = ?", int(which)):
        found = int(which)
    if found is None:
        raise WrongUse(f"we keep no article {which}: `postwatch articles` lists them")
    return found


def _post(store: Store, which: str) -> int:
    platform, colon, plain = which.partition(":")
    found = posts.find(store, platform, plain) if colon else None
    if found is None:
        raise WrongUse(f"we keep no post {which}: write PLATFORM:ID, `postwatch posts --json` lists them")
    return found


def _print(row: Mapping[str, Any]) -> None:
    where = f", paragraph {row['paragraph']}" if row["paragraph"] else ""
    who = " ".join(filter(None, (row["author_name"], row["handle"] and f"@{row['handle']}"))) or row["platform"]
    state = "" if row["state"] == "open" else f"  [{row['state']} by {row['actor']}]"
    print(f"{row['id']}  {row['level']} {row['score']:.2f}  {show.printable(row['article_title'] or '')}{where}{state}")
    print(f"   article  {show.printable(row['article_url'])}")
    print(
        f"   post     {show.printable(row['url'])}  {show.printable(who)}, {str(row['posted_at'])[:16].replace('T', ' ')} UTC"
    )
    for reason in row["evidence"]:
        print(f"   {reason['kind']:7} {reason['weight']:+5.1f}  {_shown(reason['article'])}")
        print(f"   {'':13}  {_shown(reason['post'])}")


def _shown(passage: str) -> str:
    """A passage with its matching words in bold on a terminal, between ** marks elsewhere."""
    text = show.printable(passage)
    return _MARK.sub("\x1b[1m\\1\x1b[0m", text) if sys.stdout.isatty() else text


def _judging(name: str, help_text: str) -> click.Command:
    """A command that says one thing of suggestions by their numbers."""

    @click.command(name, help=help_text)
    @click.argument("numbers", metavar="NUMBER...", nargs=-1, required=True, type=click.IntRange(min=1))
    @click.option("--reason", default="", help="Why; it is kept with the decision.")
    @click.option("--by", "person", help="Who decides; left out: the user of this machine.")
    @click.option("--json", "as_json", is_flag=True, help="JSON Lines on stdout: one a number.")
    def judge(numbers: tuple[int, ...], reason: str, person: str | None, as_json: bool) -> None:
        from monitor.jobs import judge_links

        done: Callable[..., judge_links.Judged] = getattr(judge_links, name)
        # One transaction: a wrong number among several leaves all as they were.
        with show.store() as store, store.change():
            told = [done(store, number, actor=show.person(person), reason=reason) for number in numbers]
        for one in told:
            if as_json:
                row = {"suggestion": one.suggestion, "article_url": one.article_url, "platform": one.platform}
                print(
                    json.dumps(
                        {**row, "post_id": one.post_id, "decision": name, "effects": one.done}, ensure_ascii=False
                    )
                )
            else:
                effects = "; ".join(one.done)
                print(
                    f"{one.suggestion}  {_PAST[name]}: {one.article_url} - {one.platform}:{one.post_id}; {show.printable(effects)}"
                )
        if not as_json:
            show.note(_NEXT[name].format(told[0].suggestion))

    return judge


_PAST = {"confirm": "confirmed", "reject": "rejected", "undo": "undone"}
_NEXT = {
    "confirm": "next: postwatch links   (postwatch links undo {} takes it back)",
    "reject": "next: postwatch links suggest   (postwatch links undo {} takes it back)",
    "undo": f"next: {_LAST}",
}

confirm = _judging(
    "confirm",
    "The article does speak of the post: from then on it counts as cited. It is watched, kept, exported, and told of when it vanishes.\n\n"
    "A name by which the article calls the account, and that is not the account's own, is known from then on.\n\n"
    'Example: postwatch links confirm 7 --reason "the quote is his"',
)
reject = _judging(
    "reject",
    "The article does not speak of the post: this pair is not suggested again.\n\n"
    'Example: postwatch links reject 7 8 --reason "another video of the same day"',
)
undo = _judging(
    "undo",
    "Takes the last decision on a suggestion back; both stay on record.\n\nExample: postwatch links undo 7",
)


@click.command("judged")
@show.options
def judged(as_json: bool, limit: int | None, since: str | None) -> None:
    """Every decision on suggested links: who decided what, when and why.

    Example: postwatch links judged --since 7d --json
    """
    with show.store() as store:
        rows = judgements.listing(store, limit=limit, since=since)
    show.listing(
        rows,
        as_json,
        ("at", "suggestion", "decision", "actor", "reason", "platform", "post_id", "article_url"),
        "nothing was decided yet: `postwatch links suggest`",
        "postwatch links undo SUGGESTION",
    )
