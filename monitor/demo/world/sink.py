"""The far end of a webhook: keeps every delivery, and answers as it is told."""

import base64
import hashlib
import hmac
from collections import Counter

from monitor.demo.world.http import Request, Response, json_response
from monitor.demo.world.server import Server

SECRET = "whsec_" + base64.b64encode(b"demo sink, demo secret, 32 bytes").decode()


class Sink(Server):
    """Answers every POST with `status`, or with the next of `statuses` while there are any."""

    def __init__(self) -> None:
        super().__init__()
        self.status = 200
        self.statuses: list[int] = []
        self.headers: tuple[tuple[str, str], ...] = ()
        """Sent with every answer, such as ("Retry-After", "5")."""

    @property
    def deliveries(self) -> list[Request]:
        """All attempts that came, oldest first."""
        return [r for r in list(self.requests) if r.method == "POST"]

    @property
    def taken(self) -> list[Request]:
        """The attempts that were answered with 2xx."""
        return [r for r in self.deliveries if r.answer is not None and 200 <= r.answer.status < 300]

    def attempts(self) -> Counter[str]:
        """How often each `webhook-id` came."""
        return Counter(r.headers.get("webhook-id", "") for r in self.deliveries)

    def is_signed(self, delivery: Request, secret: str = SECRET) -> bool:
        """Whether the delivery bears a right signature (Standard Webhooks 1.0)."""
        key = base64.b64decode(secret.removeprefix("whsec_"))
        stamp, name = delivery.headers.get("webhook-timestamp", ""), delivery.headers.get("webhook-id", "")
        digest = hmac.new(key, f"{name}.{stamp}.".encode() + delivery.body, hashlib.sha256).digest()
        right = f"v1,{base64.b64encode(digest).decode()}"
        return any(hmac.compare_digest(right, told) for told in delivery.headers.get("webhook-signature", "").split())

    def answer(self, request: Request) -> Response:
        """What it was told to answer."""
        if request.method == "HEAD":
            return Response(200)
        status = self.statuses.pop(0) if self.statuses else self.status
        return json_response({"demo": True}, status, self.headers)
