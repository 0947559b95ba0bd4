"""`keep`: material that came by hand."""

from pathlib import Path
from urllib.parse import urlsplit

import click

from monitor.cli import show
from monitor.errors import WrongUse


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--said-to-be", required=True, metavar="URL", help="The post or page that it is said to come from.")
@click.option(
    "--from", "from_whom", required=True, metavar="WHO", help="Who gave it; stays in the ledger, is in no package."
)
@click.option("--note", default="", metavar="TEXT", help="How it came, and what else should be known.")
def keep(file: Path, said_to_be: str, from_whom: str, note: str) -> None:
    """Keeps a file that came by hand (messenger, mail): hashed, read, with a contact sheet, beside the post it is said to be.

    It is marked "received", never "captured by us": nothing here shows that the platform ever served it.

    \b
    Example: postwatch keep clip.mp4 --said-to-be https://x.com/handle/status/1803739203040000000 \\
                 --from "a reader" --note "by messenger, 20 June, first seen at 10:08"
    """
    from monitor.jobs import receive_material

    if urlsplit(said_to_be).scheme not in ("http", "https"):
        raise WrongUse(f"--said-to-be {said_to_be}: write an address that begins with https:// or http://")
    agent = show.person()
    settings = show.settings()
    with show.store() as store:
        got = receive_material.run(
            settings, store, file, said_to_be=said_to_be, from_whom=from_whom, note=note, agent=agent
        )
    seen = got.seen
    length = f", {seen.duration_s:.1f} s" if seen.duration_s is not None else ""
    what = "a file" if seen.kind == "unknown" else f"a {seen.kind}"
    show.note(f"received, not captured by us: {what}{length}, {got.kept.size:,} bytes")
    if seen.kind == "unknown":
        show.note("it is no video, sound or picture that we can read; kept as it is")
    elif seen.damaged:
        show.note(f"it looks damaged: {seen.damaged}")
    print(got.kept.sha256)
    show.note(f"file: {got.kept.path}")
    if got.sheet is not None:
        show.note(f"contact sheet: {got.sheet.path}")
    for url in got.ours:
        show.note(f"the same bytes as our own capture of {url}")
    show.note(f"said to be: {got.receipt.said_to_be}")
    post = f"{got.receipt.platform}:{got.receipt.post_id}"
    if got.receipt.post_id is None:
        show.note("next: postwatch media received")
    elif _is_kept(post):
        show.note(f"next: postwatch export post {post} --to DIR   (this file goes with it)")
    else:
        show.note(f"next: postwatch add {got.receipt.said_to_be}   (to keep the post itself, if it is still there)")


def _is_kept(post: str) -> bool:
    from monitor.store import posts

    platform, _, post_id = post.partition(":")
    with show.store() as store:
        return posts.find(store, platform, post_id) is not None
