"""An answer of X's API, from its bytes to the nouns. No network here.

`page_of` reads timelines, lookups of posts and lookups of accounts, under X's older (tweet) and newer (post) names.
"""

from collections.abc import Iterable

from monitor.errors import NotUnderstood, PostwatchError
from monitor.model.account import Account
from monitor.model.exchange import Exchange, Slice
from monitor.model.post import Attachment, Bill, Page, Post, Problem
from monitor.platforms.x import fields
from monitor.platforms.x.accounts import account_of
from monitor.platforms.x.asked import Asked, asked_by
from monitor.platforms.x.attachments import attachment_of, key_of
from monitor.platforms.x.posts import Surroundings, post_of
from monitor.platforms.x.problems import problem_of
from monitor.platforms.x.slices import Element, Parts, parts_of

_KINDS = {"tweets": "post", "posts": "post", "users": "user", "media": "media"}
_KNOWN_OTHERS = frozenset({"places", "polls", "topics"})
_KNOWN_MEMBERS = frozenset({"errors", "meta", "includes"})


def page_of(exchange: Exchange) -> Page:
    """The answer, parsed.

    What cannot be understood in one element is told in `warnings` and stays in the raw bytes. Raises, with the
    exchange attached, ServerTrouble for HTML and for cut or broken JSON, NotUnderstood for another shape.
    """
    asked = asked_by(exchange.url_asked)
    try:
        parts = parts_of(exchange.body)
        _refuse_other_documents(parts)
        return _page(exchange, asked, parts)
    except RecursionError as trouble:
        deep = NotUnderstood("X's answer is nested too deep to be read")
        deep.exchange = exchange
        raise deep from trouble
    except PostwatchError as error:
        error.exchange = exchange
        raise


def _refuse_other_documents(parts: Parts) -> None:
    if parts.elements or not parts.others.keys().isdisjoint({"errors", "meta"}):
        return
    if {"title", "type", "detail", "error", "message"} & parts.others.keys():
        said = fields.text(parts.others.get("detail")) or fields.text(parts.others.get("title")) or ""
        raise NotUnderstood(f"X answered 200 with something else than data: {said[:200]}")
    if parts.others:
        return
    parts.warnings.append("schema drift: the answer has neither data nor errors nor meta")


def _page(exchange: Exchange, asked: Asked, parts: Parts) -> Page:
    kinds = [_kind_of(element, asked) for element in parts.elements]
    keys = [_key_of(element, kind) for element, kind in zip(parts.elements, kinds, strict=True)]
    warnings = parts.warnings
    accounts = _accounts(_of_kind("user", parts, kinds), warnings)
    media = _media(_of_kind("media", parts, kinds), warnings)
    around = Surroundings(accounts, media, asked.owner, warnings)
    posts, included = _posts(exchange.body, _of_kind("post", parts, kinds), around)
    given = frozenset(key for key, kind in zip(keys, kinds, strict=True) if key and kind != "media")
    problems = _problems(parts.others.get("errors"), asked, given, warnings)
    meta = fields.table(parts.others.get("meta"))
    _tell_drift(parts)
    return Page(
        exchange=exchange,
        posts=posts,
        included=included,
        accounts=tuple(accounts.values()),
        problems=problems,
        slices=tuple(
            Slice(kind if key else "other", key or f"{element.group}@{element.start}", element.start, element.end)
            for element, kind, key in zip(parts.elements, kinds, keys, strict=True)
        ),
        bill=Bill(
            posts=frozenset(key for key, kind in zip(keys, kinds, strict=True) if key and kind == "post"),
            users=frozenset(key for key, kind in zip(keys, kinds, strict=True) if key and kind == "user"),
        ),
        newest_id=None if asked.accounts else _newest(parts.elements, keys),
        next_token=fields.text(meta.get("next_token")) or None,
        warnings=tuple(warnings),
    )


def _kind_of(element: Element, asked: Asked) -> str:
    if element.group == "data":
        return "user" if asked.accounts else "post"
    return _KINDS.get(element.group, "other")


def _key_of(element: Element, kind: str) -> str | None:
    value = fields.table(element.value)
    if kind == "media":
        return key_of(value.get("media_key"))
    if kind == "other":
        return None
    return fields.identity(value.get("id"))


def _of_kind(kind: str, parts: Parts, kinds: Iterable[str]) -> list[Element]:
    return [element for element, its_kind in zip(parts.elements, kinds, strict=True) if its_kind == kind]


def _accounts(elements: Iterable[Element], warnings: list[str]) -> dict[str, Account]:
    found = (account_of(element.value, warnings) for element in elements)
    return {account.platform_id: account for account in found if account}


def _media(elements: Iterable[Element], warnings: list[str]) -> dict[str, Attachment]:
    found = (attachment_of(element.value, warnings) for element in elements)
    return {attachment.key: attachment for attachment in found if attachment}


def _posts(body: bytes, elements: Iterable[Element], around: Surroundings) -> tuple[tuple[Post, ...], tuple[Post, ...]]:
    """The posts of `data` and those of `includes` alone, each once, oldest first."""
    asked: dict[str, Post] = {}
    included: dict[str, Post] = {}
    for element in elements:
        main = element.group == "data"
        post = post_of(element.value, body[element.start : element.end], around, asked=main)
        if post:
            (asked if main else included)[post.version_id] = post
    others = (post for post in included.values() if post.version_id not in asked)
    return tuple(sorted(asked.values(), key=_age)), tuple(sorted(others, key=_age))


def _age(post: Post) -> int:
    return int(post.version_id)


def _problems(errors: object, asked: Asked, given: frozenset[str], warnings: list[str]) -> tuple[Problem, ...]:
    if errors is not None and not isinstance(errors, list):
        warnings.append("schema drift: errors is no list")
    found = (problem_of(error, asked, given, warnings) for error in fields.array(errors))
    return tuple(problem for problem in found if problem)


def _newest(elements: Iterable[Element], keys: Iterable[str | None]) -> str | None:
    """The newest id of `data` itself: a wrong `meta.newest_id` would hide posts from every later look."""
    ids = [key for element, key in zip(elements, keys, strict=True) if key and element.group == "data"]
    return max(ids, key=int, default=None)


def _tell_drift(parts: Parts) -> None:
    for name in sorted(parts.others.keys() - _KNOWN_MEMBERS):
        parts.warnings.append(f"schema drift: unknown member {name[:40]!a}")
    if parts.others.get("includes") is not None:
        parts.warnings.append("schema drift: includes is no object")
    for name in sorted({element.group for element in parts.elements} - {"data"} - _KINDS.keys() - _KNOWN_OTHERS):
        parts.warnings.append(f"schema drift: unknown includes {name[:40]!a}")
