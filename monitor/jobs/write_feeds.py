"""Saved searches as Atom feeds: for a file, or for the desk to serve."""

from urllib.parse import quote

from monitor.alert.atom import Entry, Feed, feed_of
from monitor.errors import WrongUse
from monitor.store import searches
from monitor.store.open import Store

MOST = 100
_LONGEST_TITLE = 120


def feed_for(store: Store, name: str, *, self_url: str = "", most: int = MOST) -> Feed:
    """The feed of a saved search, the newest first. Raises WrongUse when there is none of that name.

    Ids never change; an entry's `updated` does when its post or article has a new version.
    """
    search = searches.find(store, name)
    if search is None:
        raise WrongUse(f"there is no saved search {name}: `postwatch searches` lists them")
    entries = [_entry(search.tag, row) for row in searches.hits(store, search, most)]
    key = f"{search.tag}search/{quote(name, safe='')}"
    title = f"Postwatch: {name} ({search.words})"
    return feed_of(key, title, entries, updated_at=search.created_at, self_url=self_url)


def _entry(tag: str, row: dict[str, object]) -> Entry:
    text = " ".join(str(row["excerpt"] or "").replace("[", "").replace("]", "").split())
    if row["type"] == "post":
        key = f"{tag}post/{row['platform']}/{quote(str(row['post_id']), safe='')}"
        who = f"@{row['who']}" if row["who"] else str(row["platform"])
        title = f"{who}: {text}"
    else:
        key = f"{tag}article/{quote(str(row['url']), safe='')}"
        who, title = str(row["who"] or ""), str(row["title"] or row["url"])
    return Entry(key, title[:_LONGEST_TITLE], str(row["url"]), str(row["updated_at"]), str(row["seen_at"]), who, text)
