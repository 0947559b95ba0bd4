"""The process that runs Apprise: one request as JSON on stdin, one line of JSON on stdout.

In: `url`, `title`, `body`, `urgent`, `proxy`. Out: `sent`, `detail`.
Sockets to anything but the proxy are refused, so that a plugin that speaks no HTTP cannot go round the guard.
"""

import json
import os
import signal
import socket
import sys
from urllib.parse import urlsplit

_LIMIT_S = 60
"""The end of a child whose parent died before it could kill it."""
_FORBIDDEN = ("socket.gethostbyname", "socket.gethostbyaddr", "subprocess.Popen", "os.system", "os.posix_spawn")
_WORDS = 5
"""How many of Apprise's last messages make the detail."""


def only_to(proxy: str) -> list[str]:
    """From now on this process connects to the proxy only, and asks for no other name. Cannot be undone.

    The list grows by what was refused.
    """
    parts = urlsplit(proxy)
    there = (parts.hostname, parts.port)
    refused: list[str] = []

    def refuse(what: str) -> None:
        refused.append(what)
        raise PermissionError(what)

    def watch(event: str, args: tuple[object, ...]) -> None:
        if event == "socket.getaddrinfo" and args[0] != there[0]:
            refuse("the service looks up names past the guard, which is not allowed")
        if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
            to = args[1]
            if isinstance(to, tuple) and to[:2] != there:
                refuse("the service connects past the guard, which is not allowed")
        if event in _FORBIDDEN:
            refuse(f"the service uses {event}, which is not allowed")

    sys.addaudithook(watch)
    return refused


def deliver(request: dict[str, object]) -> dict[str, object]:
    """Sends by Apprise, once."""
    import apprise

    messages: list[str] = []
    service = apprise.Apprise.instantiate(str(request["url"]), asset=apprise.AppriseAsset(app_id="Postwatch"))
    if service is None:
        return {"sent": False, "detail": "Apprise does not understand the channel's URL"}
    sender = apprise.Apprise()
    sender.add(service)
    sent = sender.notify(
        body=str(request["body"]),
        title=str(request["title"]),
        notify_type=apprise.NotifyType.WARNING if request.get("urgent") else apprise.NotifyType.INFO,
        body_format=apprise.NotifyFormat.TEXT,
        log_callback=lambda entry, _: messages.append(str(entry.message)),
    )
    detail = "" if sent else " ".join(messages[-_WORDS:]) or "the service did not take it"
    return {"sent": bool(sent), "detail": detail}


def main() -> None:
    """Answers one request. What plugins print goes nowhere: stdout is for the answer alone."""
    answer_to = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    socket.setdefaulttimeout(20)
    signal.alarm(_LIMIT_S)
    request = json.load(sys.stdin)
    refused = only_to(request["proxy"])
    try:
        answer = deliver(request)
    except Exception as exc:  # noqa: BLE001 - the boundary of a process that runs 170 plugins
        answer = {"sent": False, "detail": f"{type(exc).__name__}: {exc}"}
    if refused and not answer["sent"]:
        answer["detail"] = f"{answer['detail']} ({refused[0]})"
    with answer_to:
        answer_to.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main()
