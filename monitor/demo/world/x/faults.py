"""X's own ways to refuse a whole request, as faults for `world.x.fault(...)`."""

from monitor.demo.world.faults import Fault
from monitor.demo.world.http import Response
from monitor.demo.world.x import problems

_ROOM = (("x-rate-limit-limit", "900"), ("x-rate-limit-remaining", "899"))


def usage_cap(reset: int | None = None) -> Fault:
    """429: the monthly cap, while the window's headers still show room. `reset` in epoch seconds, None: not told."""
    headers = _ROOM + ((("x-rate-limit-reset", str(reset)),) if reset is not None else ())
    detail = "Usage cap exceeded: Monthly product cap"
    refusal = problems.problem(
        429, "UsageCapExceeded", detail, "usage-capped", headers, period="Monthly", scope="Product"
    )
    return _fault(refusal)


def no_credits() -> Fault:
    """402: the prepaid credits are used up."""
    detail = "Your enrolled account does not have any credits to fulfill this request."
    return _fault(problems.problem(402, "CreditsDepleted", detail, "credits"))


def unauthorized() -> Fault:
    """401: the token is no longer good."""
    return _fault(problems.unauthorized())


def forbidden() -> Fault:
    """403: the app may not use this endpoint."""
    detail = (
        "When authenticating requests to the X API v2 endpoints, you must use keys from an app attached to a project."
    )
    reason = "client-not-enrolled"
    return _fault(
        problems.problem(403, "Client Forbidden", detail, "client-forbidden", reason=reason, client_id="4242")
    )


def unavailable() -> Fault:
    """503 with a problem as body."""
    return _fault(problems.problem(503, "Service Unavailable", "Service Unavailable"))


def unavailable_html() -> Fault:
    """503 with a page as body, as load balancers give it."""
    page = b"<!doctype html><html><body><h1>503 Over capacity (demo)</h1></body></html>"
    return Fault(status=503, body=page, headers={"Content-Type": "text/html; charset=utf-8"})


def _fault(response: Response) -> Fault:
    return Fault(status=response.status, body=response.body, headers=dict(response.headers))
