"""`config/watches.toml`, declared: accounts, feeds and other lists, articles."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from monitor.settings.kinds import AddressPattern, HttpUrl, ListUrl, Seconds
from monitor.settings.table import Table, Tags

Backfill = Literal["none", "24h", "7d", "all"]
ListKindOption = Literal["", "feed", "sitemap", "page", "wordpress", "folder"]


class AccountEntry(Table):
    """An account whose posts are kept. Write handle (on X) or url (a feed of its posts, anywhere)."""

    platform: Annotated[str, Field(pattern=r"^[a-z0-9_]+$")] = Field(
        "x", description="x, or another platform with url."
    )
    handle: str = Field("", description="The account's handle, with or without @.", examples=["@handle"])
    url: str = Field("", description="A feed of the account's posts (RSS or Atom), or the account's page.")
    every: Seconds | None = Field(
        None,
        description='How often to look, such as "90s" or "2h"; from "1s" up. Left out: [jobs] every of postwatch.toml.',
        examples=["5m"],
    )
    tags: Tags = Field((), description="Words of your own, for rules and searches.")
    desk: str = Field("", description="The desk that asked for it.")
    purpose: str = Field("", description="Why it is watched. X's terms forbid tracking people without cause.")
    backfill: Backfill = Field(
        "24h", description='What the first look takes: "none", "24h" (at most 20), "7d" or "all".'
    )
    tell_backfill: bool = Field(False, description="Alert on each post of the first look, not only with one summary.")
    replies: bool = Field(False, description="Take replies too. X then gives 3,200 posts back, without them 800.")
    reposts: bool = Field(False, description="Take reposts too; each original read is billed as a post of its own.")
    retention: Literal["", "full", "metadata", "cited-media"] = Field(
        "",
        description='"metadata" keeps no media, "cited-media" only that of posts that an article cites, "full" and "" all of it '
        "(as long as [retention] profile says).",
    )

    @model_validator(mode="after")
    def _named(self) -> "AccountEntry":
        if not self.handle and not self.url:
            raise ValueError("write handle or url")
        return self


class FeedEntry(Table):
    """A list of articles: each new one is read for the posts that it cites. Write url or folder."""

    url: ListUrl = Field(
        "",
        description="A feed (RSS, Atom, JSON Feed), a sitemap or an index of them, a WordPress site's posts "
        "(/wp-json/wp/v2/posts), a section page with pattern, or a folder as file:///path.",
        examples=["https://news.example.org/feed.xml"],
    )
    folder: str = Field(
        "",
        description="A folder that a CMS writes articles into: .html, .txt, .json ({url, title, html}), each also .gz. "
        "A relative path counts from the home.",
    )
    pattern: AddressPattern = Field(
        "",
        description="Which addresses of the list are read: a glob for the address or its path (* is anything), or a "
        "regular expression between slashes. Left out: all; a section page needs one.",
        examples=["/news/*"],
    )
    kind: ListKindOption = Field(
        "",
        description='What the list is: "feed", "sitemap", "page", "wordpress" or "folder". Left out: told by what comes.',
    )
    every: Seconds | None = Field(
        None, description="How often to look. Left out: [jobs] every of postwatch.toml.", examples=["15m"]
    )
    tags: Tags = Field((), description="Words of your own.")
    own: bool = Field(False, description="Ours: told first.")
    desk: str = Field("", description="The desk that asked for it.")
    purpose: str = Field("", description="Why it is watched.")
    backfill: Backfill = Field(
        "24h", description='Which articles the first look reads: "none", "24h" (at most 20), "7d" or "all".'
    )
    tell_backfill: bool = Field(
        False, description="Alert on each citation of the first look, not only with one summary."
    )

    @model_validator(mode="after")
    def _one_list(self) -> "FeedEntry":
        if bool(self.url) == bool(self.folder):
            raise ValueError("write either url or folder")
        is_folder = bool(self.folder) or self.url.startswith("file:")
        if self.kind and is_folder != (self.kind == "folder"):
            raise ValueError('kind = "folder" belongs to a folder, and every other kind to an address')
        if self.kind == "page" and not self.pattern:
            raise ValueError('kind = "page" needs a pattern: which links of the page are articles?')
        return self


class ArticleEntry(Table):
    """One article, read again every [articles] look_again of postwatch.toml."""

    url: HttpUrl = Field(description="The article's address.", examples=["https://news.example.org/2026/story"])
    own: bool = Field(False, description="Ours: told first.")
    tags: Tags = Field((), description="Words of your own.")
    desk: str = Field("", description="The desk that asked for it.")
    purpose: str = Field("", description="Why it is watched.")


class WatchFile(Table):
    """`config/watches.toml`."""

    account: tuple[AccountEntry, ...] = ()
    feed: tuple[FeedEntry, ...] = ()
    article: tuple[ArticleEntry, ...] = ()
