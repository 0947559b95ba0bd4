"""Any other scheme: Apprise, in a child process whose only way out is the guard.

1. The request goes to the child as JSON on stdin: no URL stands in a list of processes.
2. The child's proxy is the guard, and the child refuses every other socket (see `apprise_child`).
3. The child is killed with its whole group after 45 s.
"""

import json
import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import monitor
from monitor.alert.channels.lines import one_line, without_surrogates
from monitor.alert.channels.sender import Sender, Wiring
from monitor.errors import PostwatchError, UnusableSettings
from monitor.model.alert import Message, Outcome

_LIMIT_S = 45
_LONGEST_BODY = 4000
_KEPT = ("LD_PRELOAD", "FAKETIME", "PATH", "LANG", "LC_ALL", "TZ", "SYSTEMROOT")
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_PORTS = {"kodi": 8080, "xbmc": 8080, "emby": 8096, "jellyfin": 8096}
"""Services whose plain scheme does not mean port 80."""
_NAMED_HOSTS = re.compile(
    r"(?:json|xml|form|ntfy|gotify|mmost|matrix|rocket|apprise|ncloud|nctalk|signal|synology|hassio)s?"
)
"""Schemes whose host is a server even when it is one bare word; elsewhere such a word may be a token."""


def pairs(url: str) -> tuple[str, ...]:
    """The server, where the URL names one; () for a service whose address Apprise knows. Raises ValueError."""
    parts = urlsplit(url.strip())
    host, scheme = parts.hostname or "", parts.scheme.lower()
    if not host or not (
        parts.port or "." in host or ":" in host or host == "localhost" or _NAMED_HOSTS.fullmatch(scheme)
    ):
        return ()
    return (f"{host}:{parts.port or _PORTS.get(scheme) or (443 if scheme.endswith('s') else 80)}",)


def opened(wiring: Wiring) -> Sender:
    """The sender; raises UnusableSettings for what is no URL. Whether Apprise knows it only the child tells."""
    if "://" not in wiring.url:
        raise UnusableSettings(
            [f"channel {wiring.name}: write an Apprise URL, webhook+https://..., mailtos://... or console://"]
        )
    return ByApprise(wiring)


@dataclass(frozen=True, slots=True)
class ByApprise:
    """One Apprise URL."""

    wiring: Wiring
    limit_s: float = _LIMIT_S

    def send(self, message: Message) -> Outcome:
        """One try in a child of its own. Title is the subject, text the body for people."""
        request = {
            "url": self.wiring.url.strip(),
            "title": one_line(message.subject, 250),
            "body": without_surrogates(message.body or message.subject)[:_LONGEST_BODY],
            "urgent": message.priority in ("flash", "urgent"),
        }
        try:
            answer = self._asked(request, self.wiring.guard_pass(_pairs_or_none(self.wiring.url)))
        except subprocess.TimeoutExpired:
            return Outcome(False, f"Apprise did not finish within {self.limit_s:g} s")
        except (OSError, ValueError, PostwatchError) as exc:
            return Outcome(False, one_line(f"{type(exc).__name__}: {exc}"))
        detail = one_line(_without_secrets(str(answer.get("detail", "")), self.wiring.url), 300)
        return Outcome(answer.get("sent") is True, detail)

    def _asked(self, request: dict[str, object], proxy: str) -> dict[str, object]:
        child = subprocess.Popen(
            [sys.executable, "-m", "monitor.alert.channels.apprise_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(proxy, self.wiring.ca_bundle),
            cwd="/",
            start_new_session=True,
        )
        try:
            out, _ = child.communicate(json.dumps({**request, "proxy": proxy}).encode(), timeout=self.limit_s)
        finally:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe:
                    pipe.close()
        lines = out.splitlines()
        if not lines:
            raise ValueError(f"Apprise's process ended without an answer (exit code {child.returncode})")
        answer = json.loads(lines[-1])
        if not isinstance(answer, dict):
            raise ValueError("Apprise's process gave no object")  # noqa: TRY004 - a broken answer, not a wrong type of ours
        return answer


def _pairs_or_none(url: str) -> tuple[str, ...]:
    try:
        return pairs(url)
    except ValueError:
        return ()


def _environment(proxy: str, ca_bundle: str | None) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k in _KEPT or k.startswith("FAKETIME_")}
    proxies = {name: proxy for upper in _PROXIES for name in (upper, upper.lower())}
    bundle = {name: ca_bundle for name in ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE") if ca_bundle}
    own = {
        "NO_PROXY": "",
        "no_proxy": "",
        "NETRC": os.devnull,
        "HOME": "/nonexistent",
        "PYTHONPATH": str(Path(monitor.__file__).parents[1]),
        "PYTHONUTF8": "1",
        "PYTHONSAFEPATH": "1",
    }
    return {**kept, **proxies, **bundle, **own}


def _without_secrets(text: str, url: str) -> str:
    """The text without the URL's own pieces: Apprise's messages may repeat a token."""
    pieces = {piece for part in (url, unquote(url)) for piece in re.split(r"[/:@?&=,+]", part.partition("://")[2])}
    for piece in sorted((p for p in pieces if len(p) >= 6), key=len, reverse=True):
        text = text.replace(piece, "***")
    return text
