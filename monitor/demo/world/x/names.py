"""X's newer names (specification 2.167): `post` where 2.159 says `tweet`."""

from typing import Any

Json = dict[str, Any]
_ANSWER = {
    "note_tweet": "note_post",
    "edit_history_tweet_ids": "edit_history_post_ids",
    "referenced_tweets": "referenced_posts",
    "pinned_tweet_id": "pinned_post_id",
    "most_recent_tweet_id": "most_recent_post_id",
    "tweets": "posts",
}
_FIELDS = {
    "note_post": "note_tweet",
    "edit_history_post_ids": "edit_history_tweet_ids",
    "referenced_posts": "referenced_tweets",
}
_EXPANSIONS = {"edit_history_post_ids": "edit_history_tweet_ids", "referenced_posts": "referenced_tweets.id"}


def older(values: dict[str, str]) -> dict[str, str]:
    """A request's parameters in the names of 2.159; those may be used as well."""
    found = dict(values)
    if "post.fields" in found:
        found["tweet.fields"] = found.pop("post.fields")
    for name, words in (("tweet.fields", _FIELDS), ("expansions", _EXPANSIONS)):
        if name in found:
            found[name] = ",".join(words.get(word, word) for word in found[name].split(","))
    return found


def newer(content: Any) -> Any:
    """An answer in the newer names."""
    if isinstance(content, list):
        return [newer(item) for item in content]
    if not isinstance(content, dict):
        return content
    renamed = {_ANSWER.get(key, key): newer(value) for key, value in content.items()}
    if renamed.get("scope") == "tweet":
        renamed["scope"] = "post"
    if isinstance(renamed.get("type"), str):
        renamed["type"] = renamed["type"].replace("https://api.twitter.com/", "https://api.x.com/")
    return renamed
