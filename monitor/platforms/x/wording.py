"""What is asked of X for each post, file and account, in the words of either of its specifications."""

from dataclasses import dataclass
from typing import Literal

FieldsParameter = Literal["tweet.fields", "post.fields"]

_POST_FIELDS = (
    "attachments",
    "conversation_id",
    "created_at",
    "edit_controls",
    "entities",
    "id",
    "lang",
    "possibly_sensitive",
    "public_metrics",
    "text",
    "withheld",
)
_OLDER_FIELDS = ("author_id", "edit_history_tweet_ids", "in_reply_to_user_id", "note_tweet", "referenced_tweets")
_NEWER_FIELDS = ("note_post",)
"""The newer specification knows authors, edits and references as expansions only."""
_MEDIA_FIELDS = "alt_text,duration_ms,height,media_key,preview_image_url,type,url,variants,width"
_USER_FIELDS = "created_at,id,name,protected,username,withheld"
_MEDIA = "attachments.media_keys"


@dataclass(frozen=True, slots=True)
class Wording:
    """Query parameters under one specification's names."""

    fields_parameter: FieldsParameter
    post_fields: str
    referenced: tuple[str, ...]
    """The expansions that bring the posts referred to, and their files."""

    def for_timeline(self, *, reposts: bool) -> dict[str, str]:
        """Posts with their files; the author is known, and billed if asked for."""
        return self._posts((_MEDIA, *(self.referenced if reposts else ())))

    def for_lookup(self, *, authors: bool = True) -> dict[str, str]:
        """Posts with their files, and with their authors where these are asked for or cannot be told otherwise."""
        if not authors and self.names_authors:
            return self._posts((_MEDIA,))
        return {**self._posts(("author_id", _MEDIA)), "user.fields": _USER_FIELDS}

    def for_look(self) -> dict[str, str]:
        """Posts with their files and without counts: an unchanged post is described by the same bytes at every look.

        The newer specification tells an author only as an expansion, which is billed.
        """
        described = self._posts((_MEDIA,) if self.names_authors else ("author_id", _MEDIA))
        fields = described[self.fields_parameter].split(",")
        described[self.fields_parameter] = ",".join(name for name in fields if name != "public_metrics")
        return described

    @property
    def names_authors(self) -> bool:
        """Whether a post's author can be asked for without being described."""
        return "author_id" in self.post_fields.split(",")

    def for_accounts(self) -> dict[str, str]:
        """Accounts."""
        return {"user.fields": _USER_FIELDS}

    def _posts(self, expansions: tuple[str, ...]) -> dict[str, str]:
        return {
            "expansions": ",".join(expansions),
            self.fields_parameter: self.post_fields,
            "media.fields": _MEDIA_FIELDS,
        }


def wording_of(fields_parameter: FieldsParameter) -> Wording:
    """The wording in which the list of post fields has this name."""
    if fields_parameter == "tweet.fields":
        referenced: tuple[str, ...] = ("referenced_tweets.id", "referenced_tweets.id.attachments.media_keys")
        names: tuple[str, ...] = _POST_FIELDS + _OLDER_FIELDS
    else:
        referenced = ("referenced_posts",)
        names = _POST_FIELDS + _NEWER_FIELDS
    return Wording(fields_parameter, ",".join(sorted(names)), referenced)
