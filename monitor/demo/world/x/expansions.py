"""Bodies with posts: the fields that an expansion brings along, and `includes`."""

from collections.abc import Iterable
from typing import Any

from monitor.demo.world.x.fields import media_object, post_object, user_object
from monitor.demo.world.x.problems import trouble_with_post
from monitor.demo.world.x.query import Query
from monitor.demo.world.x.state import XPost, XState

Json = dict[str, Any]
# An expansion also shows the field that holds the ids it expands.
_BRINGS = {
    "author_id": "author_id",
    "attachments.media_keys": "attachments",
    "referenced_tweets.id": "referenced_tweets",
    "referenced_tweets.id.author_id": "referenced_tweets",
    "referenced_tweets.id.attachments.media_keys": "referenced_tweets",
    "in_reply_to_user_id": "in_reply_to_user_id",
    "entities.mentions.username": "entities",
}


class Includes:
    """What goes beside the data of one answer, each thing once, in the order met."""

    def __init__(self, state: XState, query: Query) -> None:
        self._state = state
        self._expansions = frozenset(query.items("expansions"))
        self._post_fields = {*query.items("tweet.fields"), *(_BRINGS[e] for e in self._expansions if e in _BRINGS)}
        self._user_fields = set(query.items("user.fields"))
        self._media_fields = set(query.items("media.fields"))
        self._users: dict[str, Json] = {}
        self._media: dict[str, Json] = {}
        self._posts: dict[str, Json] = {}
        self.errors: list[Json] = []

    def objects_of(self, posts: Iterable[XPost]) -> list[Json]:
        """The posts as data; what they refer to is noted for `found`."""
        posts = list(posts)
        for post in posts:
            self._expand(post)
        return [post_object(self._state, post, self._post_fields) for post in posts]

    def found(self) -> Json:
        """The `includes` object; empty if nothing was asked or met."""
        groups = {"users": self._users, "tweets": self._posts, "media": self._media}
        return {name: list(group.values()) for name, group in groups.items() if group}

    def _expand(self, post: XPost) -> None:
        asked = self._expansions
        if "author_id" in asked:
            self._add_user(post.author_id)
        if "attachments.media_keys" in asked:
            self._add_media(post)
        if "in_reply_to_user_id" in asked and post.reply_to in self._state.posts:
            self._add_user(self._state.posts[post.reply_to or ""].author_id)
        if "edit_history_tweet_ids" in asked:
            for version in post.chain:
                if version != post.id:
                    self._add_post(self._state.posts[version])
        for target in (post.reposts, post.quotes, post.reply_to):
            if target is not None:
                self._expand_reference(target)

    def _expand_reference(self, target: str) -> None:
        asked = self._expansions
        if not any(e.startswith("referenced_tweets.id") for e in asked):
            return
        error = trouble_with_post(self._state, target, "referenced_tweets.id", "includes")
        if error is not None:
            self.errors.append(error)
            return
        post = self._state.posts[target]
        self._add_post(post)
        if "referenced_tweets.id.author_id" in asked:
            self._add_user(post.author_id)
        if "referenced_tweets.id.attachments.media_keys" in asked:
            self._add_media(post)

    def _add_post(self, post: XPost) -> None:
        self._posts[post.id] = post_object(self._state, post, self._post_fields)

    def _add_user(self, account_id: str) -> None:
        self._users[account_id] = user_object(self._state.accounts[account_id], self._user_fields)

    def _add_media(self, post: XPost) -> None:
        for media in post.media:
            self._media[media.key] = media_object(media, self._media_fields)


def body_of(data: object, includes: Includes, errors: list[Json]) -> Json:
    """An answer's body. X leaves out what is empty."""
    body: Json = {}
    if data:
        body["data"] = data
    found = includes.found()
    if found:
        body["includes"] = found
    if errors or includes.errors:
        body["errors"] = errors + includes.errors
    return body
