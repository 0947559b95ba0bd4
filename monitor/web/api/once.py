"""A POST with an Idempotency-Key is done once: the same request again is given the same answer."""

import hashlib
import json
from collections.abc import Callable

from fastapi import Request, Response

from monitor import clock
from monitor.model.desk import Actor
from monitor.store import answered
from monitor.web.api.answers import answer
from monitor.web.asking import desk_of
from monitor.web.problems import Problem

_LONGEST = 200


def once(request: Request, actor: Actor, body: object, work: Callable[[], object], *, status: int = 200) -> Response:
    """Does the work and answers with what it gives. Raises Problem for a key that stands for another request."""
    key = request.headers.get("idempotency-key", "")
    if not key:
        return answer(request, work(), status=status)
    if len(key) > _LONGEST:
        raise Problem(422, f"Idempotency-Key: {_LONGEST} characters at most")
    said = json.dumps([request.method, request.url.path, body], sort_keys=True, default=str)
    digest = hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()
    desk = desk_of(request)
    with desk.store() as store:
        earlier = answered.claim(store, actor.agent, key, digest, clock.now())
    if earlier is not None:
        if earlier.request_sha256 != digest:
            raise Problem(422, "Idempotency-Key: it was used for another request")
        if earlier.answer is None or earlier.status is None:
            raise Problem(409, "the same request is being answered: ask again in a moment")
        return answer(request, json.loads(earlier.answer), status=earlier.status)
    try:
        found = work()
    except BaseException:
        with desk.store() as store:
            answered.forget(store, actor.agent, key)
        raise
    with desk.store() as store:
        answered.answered(store, actor.agent, key, status, json.dumps(found))
    return answer(request, found, status=status)
