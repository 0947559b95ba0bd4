"""`export`: a BagIt bag of a post or an article that a third party checks offline."""

from pathlib import Path

import click

from monitor.cli import show
from monitor.errors import WrongUse


@click.group()
def export() -> None:
    """Writes a package that anyone verifies offline with standard tools (BagIt, SHA-256).

    Example: postwatch export post x:1803739203040000000 --to case-42
    """


@export.command("post")
@click.argument("post_id")
@click.option("--to", type=click.Path(path_type=Path), required=True, help="A folder that does not exist yet.")
def export_post(post_id: str, to: Path) -> None:
    """A post: media, raw answers, captures, custody events, the articles that cite it.

    POST_ID is platform:id, the id alone, or the post's address.

    Example: postwatch export post x:1803739203040000000 --to case-42
    """
    from monitor.jobs import export_packages
    from monitor.platforms import address_of

    address = address_of(post_id) if "://" in post_id else None
    platform, plain = (address.platform, str(address.post_id)) if address else _split(post_id)
    places = show.places()
    with show.store() as store:
        row = export_packages.find_post(store, platform or None, plain)
        if row is None:
            raise WrongUse(f"we keep no post {post_id}: `postwatch posts` lists them")
        made = export_packages.export_post(places, store, row, to, show.person())
    _told(made)


def _split(text: str) -> tuple[str, str]:
    platform, colon, plain = text.partition(":")
    return (platform, plain) if colon else ("", text)


@export.command("article")
@click.argument("url")
@click.option("--to", type=click.Path(path_type=Path), required=True, help="A folder that does not exist yet.")
def export_article(url: str, to: Path) -> None:
    """An article: its WARCs, readings, citations, and every cited post that we keep.

    URL is the article's address, or its number.

    Example: postwatch export article https://example.org/story --to case-43
    """
    from monitor.jobs import export_packages

    places = show.places()
    with show.store() as store:
        row = export_packages.find_article(store, url)
        if row is None:
            raise WrongUse(f"we have not read {url}: `postwatch articles` lists what we have")
        made = export_packages.export_article(places, store, row, to, show.person())
    _told(made)


def _told(made: Path) -> None:
    show.note(f"written: {made}")
    print(made)
    show.note("check it anywhere: cd into it, then sha256sum -c manifest-sha256.txt")
