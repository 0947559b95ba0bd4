"""X's words for what it cannot give: problems that stand for a whole answer, and partial errors beside data.

Form and wording as X gives them; note that a suspended account is "Forbidden" with the type of a missing resource.
"""

from collections.abc import Mapping
from typing import Any

from monitor.demo.world.http import Headers, Response, json_response
from monitor.demo.world.x.state import XAccount, XState

TYPES = "https://api.twitter.com/2/problems/"
Json = dict[str, Any]


def problem(
    status: int, title: str, detail: str, kind: str = "about:blank", headers: Headers = (), **more: object
) -> Response:
    """A whole answer that is a problem (RFC 7807)."""
    kind = kind if ":" in kind else TYPES + kind
    body = {**more, "title": title, "detail": detail, "type": kind, "status": status}
    return json_response(body, status, headers, "application/problem+json")


def invalid_request(name: str, value: str, message: str) -> Response:
    """400: a parameter that X does not take."""
    error = {"parameters": {name: [value]}, "message": message}
    detail = "One or more parameters to your request was invalid."
    return problem(400, "Invalid Request", detail, "invalid-request", errors=[error])


def unauthorized() -> Response:
    """401: no token, or a wrong one."""
    return problem(401, "Unauthorized", "Unauthorized")


def too_many(headers: Headers) -> Response:
    """429 for a window."""
    return problem(429, "Too Many Requests", "Too Many Requests", headers=headers)


def _error(title: str, detail: str, kind: str, fields: Mapping[str, str]) -> Json:
    return {
        "value": fields["value"],
        "detail": f"{detail}: [{fields['value']}].",
        "title": title,
        "resource_type": fields["resource_type"],
        "parameter": fields["parameter"],
        "resource_id": fields["value"],
        "section": fields.get("section", "data"),
        "type": TYPES + kind,
    }


def post_not_found(post_id: str, parameter: str, section: str = "data") -> Json:
    """The post was deleted, or never was."""
    fields = {"value": post_id, "resource_type": "tweet", "parameter": parameter, "section": section}
    word = "ids" if parameter == "ids" else "id" if parameter == "id" else parameter
    return _error("Not Found Error", f"Could not find tweet with {word}", "resource-not-found", fields)


def post_not_authorized(post_id: str, parameter: str, section: str = "data") -> Json:
    """The post's author is protected or suspended."""
    fields = {"value": post_id, "resource_type": "tweet", "parameter": parameter, "section": section}
    detail = f"Sorry, you are not authorized to see the Tweet with {parameter}"
    return _error("Authorization Error", detail, "not-authorized-for-resource", fields)


def user_not_found(value: str, parameter: str) -> Json:
    """No account has this id or handle."""
    fields = {"value": value, "resource_type": "user", "parameter": parameter}
    return _error("Not Found Error", f"Could not find user with {parameter}", "resource-not-found", fields)


def user_suspended(value: str, parameter: str) -> Json:
    """The account is suspended."""
    fields = {"value": value, "resource_type": "user", "parameter": parameter}
    return _error("Forbidden", "User has been suspended", "resource-not-found", fields)


def user_not_authorized(value: str, parameter: str) -> Json:
    """The account is protected."""
    fields = {"value": value, "resource_type": "user", "parameter": parameter}
    detail = f"Sorry, you are not authorized to see the user with {parameter}"
    return _error("Authorization Error", detail, "not-authorized-for-resource", fields)


def trouble_with_post(state: XState, post_id: str, parameter: str, section: str = "data") -> Json | None:
    """Why the post cannot be shown; None if it can."""
    post = state.posts.get(post_id)
    if post is None or post.deleted:
        return post_not_found(post_id, parameter, section)
    author = state.accounts[post.author_id]
    if author.standing == "deleted":
        return post_not_found(post_id, parameter, section)
    if author.standing == "suspended" or author.protected:
        return post_not_authorized(post_id, parameter, section)
    return None


def trouble_with_user(account: XAccount | None, value: str, parameter: str) -> Json | None:
    """Why the account cannot be shown; None if it can. Protected accounts are shown."""
    if account is None or account.standing == "deleted":
        return user_not_found(value, parameter)
    return user_suspended(value, parameter) if account.standing == "suspended" else None
