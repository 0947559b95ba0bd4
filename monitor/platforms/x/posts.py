"""How X describes a post: its versions, its words, what it refers to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from monitor.model.account import Account
from monitor.model.post import Attachment, Post, PostKind, Reference
from monitor.platforms.x import fields
from monitor.platforms.x.address import id_time
from monitor.platforms.x.attachments import key_of

_REFERENCES: Final[dict[str, Literal["replied_to", "quoted", "reposted"]]] = {
    "replied_to": "replied_to",
    "quoted": "quoted",
    "retweeted": "reposted",
    "reposted": "reposted",
}


@dataclass(slots=True)
class Surroundings:
    """What one answer tells beside its posts. `owner` is the id of the account whose timeline was asked."""

    accounts: Mapping[str, Account]
    media: Mapping[str, Attachment]
    owner: str | None = None
    warnings: list[str] = field(default_factory=list)
    authors: dict[str, Account] = field(default_factory=dict)

    def account(self, user_id: str) -> Account:
        """The author as the answer describes it, else with its id alone."""
        found = self.accounts.get(user_id) or self.authors.get(user_id)
        if found is None:
            found = self.authors[user_id] = Account(platform="x", platform_id=user_id)
        return found


def post_of(value: object, raw: bytes, around: Surroundings, *, asked: bool = True) -> Post | None:
    """The post; None, with a warning, for what has no usable id or author. `asked` is False in `includes`."""
    source = fields.table(value)
    post_id = fields.identity(source.get("id"))
    if post_id is None:
        around.warnings.append(f"schema drift: a post without a usable id ({source.get('id')!a:.40}), kept raw only")
        return None
    author = fields.identity(source.get("author_id")) or (around.owner if asked else None)
    if author is None:
        around.warnings.append(f"schema drift: post {post_id} names no author, kept raw only")
        return None
    references = _references(source, post_id, around)
    kind = _kind(source, references)
    chain = _chain(source, post_id)
    return Post(
        platform="x",
        version_id=post_id,
        chain=chain,
        account=around.account(author),
        text=_words(source, post_id, around),
        url=f"https://x.com/i/status/{chain[0]}",
        kind=kind,
        posted_at=_claimed_time(source, post_id, around),
        id_time=id_time(post_id),
        editable_until=fields.moment(fields.table(source.get("edit_controls")).get("editable_until")),
        language=fields.text(source.get("lang")),
        sensitive=source.get("possibly_sensitive") is True,
        references=references,
        media=() if kind == "repost" else _media(source, post_id, around, asked),
        withheld_in=_withheld(source),
        withheld_copyright=fields.table(source.get("withheld")).get("copyright") is True,
        metrics=_metrics(source),
        raw=raw,
    )


def _claimed_time(source: fields.Object, post_id: str, around: Surroundings) -> datetime | None:
    claimed = source.get("created_at")
    found = fields.moment(claimed)
    if found is None and claimed is not None:
        around.warnings.append(f"schema drift: post {post_id} claims an unreadable time {claimed!a:.40}")
    return found


def _words(source: fields.Object, post_id: str, around: Surroundings) -> str:
    """The whole text of a long post, else the text. X escapes &, < and > and nothing else."""
    note = fields.table(fields.either(source, "note_tweet", "note_post"))
    words = fields.text(note.get("text")) or fields.text(source.get("text"))
    if words is None:
        around.warnings.append(f"schema drift: post {post_id} has no text")
        return ""
    if "&" in words:
        words = words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return words


def _chain(source: fields.Object, post_id: str) -> tuple[str, ...]:
    history = fields.array(fields.either(source, "edit_history_tweet_ids", "edit_history_post_ids"))
    if not history or history == [post_id]:
        return (post_id,)
    versions = {version for version in map(fields.identity, history) if version}
    return tuple(sorted(versions | {post_id}, key=int))


def _references(source: fields.Object, post_id: str, around: Surroundings) -> tuple[Reference, ...]:
    found = []
    for value in fields.array(fields.either(source, "referenced_tweets", "referenced_posts")):
        reference = fields.table(value)
        kind = _REFERENCES.get(str(reference.get("type")))
        target = fields.identity(reference.get("id"))
        if kind and target:
            found.append(Reference(kind, target))
        else:
            around.warnings.append(f"schema drift: post {post_id} refers to {value!a:.80}")
    return tuple(found)


def _kind(source: fields.Object, references: tuple[Reference, ...]) -> PostKind:
    """Repost before quote before reply: a reply that quotes is a quote, and its references tell both."""
    kinds = {reference.kind for reference in references}
    if "reposted" in kinds:
        return "repost"
    if "quoted" in kinds:
        return "quote"
    # X names the account replied to even where the post replied to is gone.
    return "reply" if "replied_to" in kinds or source.get("in_reply_to_user_id") else "post"


def _media(source: fields.Object, post_id: str, around: Surroundings, asked: bool) -> tuple[Attachment, ...]:
    """The post's own files, in its order; never those of a post it quotes."""
    found = []
    for value in dict.fromkeys(map(key_of, fields.array(fields.table(source.get("attachments")).get("media_keys")))):
        attachment = around.media.get(value) if value else None
        if attachment:
            found.append(attachment)
        elif asked:
            around.warnings.append(f"post {post_id} names the file {value}, which the answer does not describe")
    return tuple(found)


def _withheld(source: fields.Object) -> tuple[str, ...]:
    codes = fields.array(fields.table(source.get("withheld")).get("country_codes"))
    return tuple(code for code in map(fields.text, codes) if code)


def _metrics(source: fields.Object) -> tuple[tuple[str, int], ...]:
    metrics = fields.table(source.get("public_metrics"))
    return tuple([(fields.text(k) or "", v) for k, v in metrics.items() if fields.number(v) is not None])
