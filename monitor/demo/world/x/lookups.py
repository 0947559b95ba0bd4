"""The endpoints that look things up by id or handle."""

from typing import Any

from monitor.demo.world.x.expansions import Includes, body_of
from monitor.demo.world.x.fields import user_object
from monitor.demo.world.x.problems import trouble_with_post, trouble_with_user
from monitor.demo.world.x.query import Query
from monitor.demo.world.x.state import XAccount, XState

Json = dict[str, Any]


def users_by(state: XState, query: Query) -> Json:
    """`/2/users/by?usernames=`."""
    return _users(query, {name: state.account_named(name) for name in query.items("usernames")}, "usernames")


def user_by_username(state: XState, query: Query) -> Json:
    """`/2/users/by/username/{username}`."""
    name = query.path["username"]
    return _one(_users(query, {name: state.account_named(name)}, "username"))


def users(state: XState, query: Query) -> Json:
    """`/2/users?ids=`."""
    return _users(query, {i: state.accounts.get(i) for i in query.items("ids")}, "ids")


def user(state: XState, query: Query) -> Json:
    """`/2/users/{id}`."""
    user_id = query.path["id"]
    return _one(_users(query, {user_id: state.accounts.get(user_id)}, "id"))


def posts(state: XState, query: Query) -> Json:
    """`/2/tweets?ids=`."""
    return _posts(state, query, query.items("ids"), "ids")


def post(state: XState, query: Query) -> Json:
    """`/2/tweets/{id}`."""
    return _one(_posts(state, query, [query.path["id"]], "id"))


def _users(query: Query, found: dict[str, XAccount | None], parameter: str) -> Json:
    wanted = set(query.items("user.fields"))
    data, errors = [], []
    for value, account in found.items():
        error = trouble_with_user(account, value, parameter)
        if error is not None:
            errors.append(error)
        elif account is not None:
            data.append(user_object(account, wanted))
    return ({"data": data} if data else {}) | ({"errors": errors} if errors else {})


def _posts(state: XState, query: Query, ids: list[str], parameter: str) -> Json:
    includes = Includes(state, query)
    troubles = {i: trouble_with_post(state, i, parameter) for i in dict.fromkeys(ids)}
    data = includes.objects_of(state.posts[i] for i, error in troubles.items() if error is None)
    return body_of(data, includes, [error for error in troubles.values() if error is not None])


def _one(body: Json) -> Json:
    return body | {"data": body["data"][0]} if "data" in body else body
