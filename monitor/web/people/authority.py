"""What each role may do: one table, one question. What is not in the table nobody may do.

A token may do no more than its role, and with the scope "read" alone change nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.model.desk import ROLES, Actor, Lock, Role


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done. `changes`: it leaves a trace, and rests while the desk is read-only."""

    roles: frozenset[Role]
    changes: bool


def _from(least: Role, *, changes: bool = True) -> Action:
    return Action(frozenset(ROLES[ROLES.index(least) :]), changes)


ACTIONS: Mapping[str, Action] = {
    "look": _from("viewer", changes=False),
    "see evidence": _from("viewer", changes=False),
    "mind oneself": _from("viewer"),
    "check": _from("verifier"),
    "judge": _from("verifier"),
    "acknowledge": _from("verifier"),
    "verify": _from("verifier"),
    "sign off": _from("editor"),
    "watch": _from("editor"),
    "announce": _from("editor"),
    "give out evidence": _from("archivist"),
    "look after": _from("editor", changes=False),
    "govern": _from("admin"),
}
"""Action -> who may. Roles stand in a row: each may what those before it may."""

_ALWAYS = frozenset({"govern", "mind oneself"})
"""What an administrator needs to open a closed desk again."""


class Forbidden(Exception):
    """Not this one: its text says who could, or what stands in the way."""


def authorize(actor: Actor, action: str, lock: Lock) -> None:
    """Returns when the actor may. Raises Forbidden."""
    wanted = ACTIONS.get(action)
    if wanted is None or actor.role not in wanted.roles:
        could = ", ".join(role for role in ROLES if wanted and role in wanted.roles) or "nobody"
        raise Forbidden(f"the role {actor.role} may not do this; {could} may")
    if wanted.changes and "write" not in actor.scopes:
        raise Forbidden("this token may only read")
    opener = actor.role == "admin" and action in _ALWAYS
    if lock == "no_access" and actor.role != "admin":
        raise Forbidden("the desk is closed: an administrator opens it again")
    if lock != "open" and wanted.changes and not opener:
        raise Forbidden("the desk is read-only for now: an administrator opens it again")
