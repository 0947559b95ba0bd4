"""What X knows: accounts, posts with their versions, media. Changed by tests and the demo while it is served."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from monitor.demo.world.x.ids import IdMaker

Standing = Literal["active", "suspended", "deleted"]


@dataclass(slots=True)
class XAccount:
    """An account. `username` may change, `id` never does."""

    id: str
    username: str
    name: str
    created_at: datetime
    description: str = "demo"
    protected: bool = False
    standing: Standing = "active"
    withheld_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class XMedia:
    """A file attached to posts. `variants`: (address, content type, bits a second or None)."""

    key: str
    kind: Literal["video", "animated_gif", "photo"]
    width: int
    height: int
    variants: tuple[tuple[str, str, int | None], ...] = ()
    duration_ms: int | None = None
    preview_url: str | None = None
    url: str | None = None
    alt_text: str | None = None


@dataclass(slots=True)
class XPost:
    """One version of a post. `chain` is shared by all versions of it: their ids, oldest first."""

    id: str
    author_id: str
    text: str
    """Whole; the API shows more than 280 characters only in `note_tweet`."""
    created_at: datetime
    chain: list[str]
    media: tuple[XMedia, ...] = ()
    reply_to: str | None = None
    quotes: str | None = None
    reposts: str | None = None
    links: tuple[tuple[str, str], ...] = ()
    """(the t.co address in the text, where it leads)."""
    language: str = "en"
    sensitive: bool = False
    withheld_in: tuple[str, ...] = ()
    withheld_copyright: bool = False
    metrics: dict[str, int] = field(default_factory=dict)
    deleted: bool = False

    @property
    def newest(self) -> bool:
        """Whether this is the version that timelines show."""
        return self.chain[-1] == self.id


class XState:
    """The accounts and posts. Every method may be called while requests are answered."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.accounts: dict[str, XAccount] = {}
        self.posts: dict[str, XPost] = {}
        self._ids = IdMaker()

    def add_account(self, username: str, name: str, created_at: datetime, **more: object) -> XAccount:
        """A new account; `more`: the other fields of XAccount."""
        with self.lock:
            account = XAccount(self._ids.id_at(created_at), username, name, created_at, **more)  # type: ignore[arg-type]  # fields by name
            self.accounts[account.id] = account
            return account

    def account_named(self, username: str) -> XAccount | None:
        """The account with this handle, whatever the case of its letters."""
        wanted = username.lower()
        return next((a for a in self.accounts.values() if a.username.lower() == wanted), None)

    def add_post(
        self,
        author: XAccount,
        text: str,
        at: datetime,
        *,
        media: Sequence[XMedia] = (),
        reply_to: XPost | None = None,
        quotes: XPost | None = None,
        reposts: XPost | None = None,
        **more: object,
    ) -> XPost:
        """A new post, published at a time; `more`: other fields of XPost. A repost takes its text from the original."""
        with self.lock:
            post_id = self._ids.id_at(at)
            if reposts is not None:
                text = f"RT @{self.accounts[reposts.author_id].username}: {reposts.text}"
            post = XPost(post_id, author.id, text, at, [post_id], tuple(media), **more)  # type: ignore[arg-type]  # fields by name
            post.reply_to = reply_to.id if reply_to else None
            post.quotes = quotes.id if quotes else None
            post.reposts = reposts.id if reposts else None
            self.posts[post_id] = post
            return post

    def edit_post(self, post: XPost, text: str, at: datetime) -> XPost:
        """A new version of the post, with an id of its own; the old ones can still be looked up."""
        with self.lock:
            newest = self.posts[post.chain[-1]]
            version = XPost(self._ids.id_at(at), post.author_id, text, at, post.chain, newest.media)
            version.reply_to, version.quotes, version.links = newest.reply_to, newest.quotes, newest.links
            version.language, version.withheld_in = newest.language, newest.withheld_in
            version.withheld_copyright = newest.withheld_copyright
            post.chain.append(version.id)
            self.posts[version.id] = version
            return version

    def delete_post(self, post: XPost, *, deleted: bool = True) -> None:
        """Takes away all versions of the post; `deleted=False` brings them back."""
        with self.lock:
            for version in post.chain:
                self.posts[version].deleted = deleted

    def shown_posts(self, author: XAccount) -> list[XPost]:
        """The newest versions of an account's posts that its timeline shows, newest first."""
        with self.lock:
            own = [p for p in self.posts.values() if p.author_id == author.id and p.newest and not p.deleted]
            shown = [p for p in own if p.reposts is None or not self.posts[p.reposts].deleted]
            return sorted(shown, key=lambda p: int(p.id), reverse=True)
