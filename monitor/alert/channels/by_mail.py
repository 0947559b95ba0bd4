"""`mailto://` and `mailtos://`: e-mail by SMTP, over a socket that the guard has checked.

`mailtos://user:password@host:port?to=a@example.org,b@example.org&from=desk@example.org`

`mailtos` speaks TLS: from the start on port 465, by STARTTLS else (port 587 when none is given). `mailto` (port 25)
uses STARTTLS when it is offered, and gives no password without it. `mode=ssl|starttls|insecure` says otherwise, `smtp=`
names the server when the host is only the address's domain.
"""

import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs, unquote, urlsplit

from monitor.alert.channels.lines import one_line
from monitor.alert.channels.mail_text import mail_of
from monitor.alert.channels.sender import Sender, Wiring
from monitor.errors import PostwatchError, UnusableSettings
from monitor.model.alert import Message, Outcome

Mode = Literal["ssl", "starttls", "offered", "insecure"]
_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")


@dataclass(frozen=True, slots=True)
class Post:
    """What a mail URL says."""

    host: str
    port: int
    mode: Mode
    user: str
    password: str
    sender: str
    to: tuple[str, ...]


def pairs(url: str) -> tuple[str, ...]:
    """The mail server. Raises ValueError for an unusable URL."""
    post = post_of(url)
    return (f"{post.host}:{post.port}",)


def opened(wiring: Wiring) -> Sender:
    """The sender; raises UnusableSettings for a URL without server or addresses."""
    try:
        return Mail(post_of(wiring.url), wiring)
    except ValueError as exc:
        raise UnusableSettings([f"channel {wiring.name}: {exc}"]) from exc


def post_of(url: str) -> Post:
    """What the URL says; ValueError says what it lacks."""
    parts = urlsplit(url.strip())
    asked = {key.lower(): values[-1].strip() for key, values in parse_qs(parts.query).items()}
    host, user, password = parts.hostname or "", unquote(parts.username or ""), unquote(parts.password or "")
    own = user if "@" in user else f"{user}@{host}" if user else ""
    named = re.split(r"[,\s]+", asked.get("to") or "") + [unquote(piece) for piece in parts.path.split("/")]
    to = tuple(name for name in named if name) or ((own,) if own else ())
    sender = asked.get("from") or own or f"postwatch@{to[0].rpartition('@')[2] if to else host}"
    wrong = [name for name in (sender, *to) if not _ADDRESS.fullmatch(name)]
    if not host or not to or wrong:
        raise ValueError("write mailtos://user:password@host?to=desk@example.org&from=postwatch@example.org")
    mode = _mode_of(parts.scheme, parts.port, asked.get("mode", ""))
    port = parts.port or {"ssl": 465, "starttls": 587}.get(mode, 25)
    return Post(
        asked.get("smtp") or host, port, mode, asked.get("user") or user, asked.get("pass") or password, sender, to
    )


def _mode_of(scheme: str, port: int | None, asked: str) -> Mode:
    if asked == "ssl" or (not asked and scheme == "mailtos" and port == 465):
        return "ssl"
    if asked == "insecure":
        return "insecure"
    if asked not in ("", "starttls"):
        raise ValueError(f'mode is "ssl", "starttls" or "insecure", not "{asked}"')
    return "starttls" if asked or scheme == "mailtos" else "offered"


class Mail:
    """One mail server and those who read."""

    def __init__(self, post: Post, wiring: Wiring) -> None:
        self._post = post
        self._wiring = wiring

    def send(self, message: Message) -> Outcome:
        """One mail to all readers. Readers whom the server refuses are named; the others get it."""
        try:
            refused = self._deliver(message)
        except smtplib.SMTPRecipientsRefused as exc:
            return Outcome(False, _named(exc.recipients))
        except (smtplib.SMTPException, OSError, ValueError, PostwatchError) as exc:
            return Outcome(False, one_line(f"{type(exc).__name__}: {exc}"))
        return Outcome(True, _named(refused) if refused else "")

    def _deliver(self, message: Message) -> dict[str, tuple[int, bytes]]:
        context = ssl.create_default_context(cafile=self._wiring.ca_bundle)
        domain = self._post.sender.rpartition("@")[2]
        smtp = _Smtp(self._wiring.connect, context if self._post.mode == "ssl" else None, domain)
        try:
            smtp.connect(self._post.host, self._post.port)
            self._secure(smtp, context)
            if self._post.user and self._post.password:
                smtp.login(self._post.user, self._post.password)
            mail = mail_of(message, self._post.sender, self._post.to)
            refused = smtp.send_message(mail, self._post.sender, self._post.to)
            with suppress(smtplib.SMTPException, OSError):
                smtp.quit()
            return refused
        finally:
            smtp.close()

    def _secure(self, smtp: smtplib.SMTP, context: ssl.SSLContext) -> None:
        smtp.ehlo_or_helo_if_needed()
        offered = smtp.has_extn("starttls")
        if self._post.mode == "starttls" or (self._post.mode == "offered" and offered):
            smtp.starttls(context=context)
        elif self._post.mode == "offered" and self._post.password:
            raise ValueError("the server offers no TLS, so it gets no password: use mailtos://, or mode=insecure")


class _Smtp(smtplib.SMTP):
    """smtplib's client over a checked socket, with TLS from the start when a context is given."""

    def __init__(
        self, connect: Callable[[str, int], socket.socket], context: ssl.SSLContext | None, local_hostname: str
    ) -> None:
        self._checked_connect = connect
        self._context = context
        super().__init__(local_hostname=local_hostname, timeout=20)

    def connect(self, host: str = "localhost", port: int = 0, source_address: object = None) -> tuple[int, bytes]:
        self._host = host  # smtplib takes the certificate's name from here
        return super().connect(host, port)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = self._checked_connect(host, port)
        plain.settimeout(timeout)
        return self._context.wrap_socket(plain, server_hostname=host) if self._context else plain


def _named(refused: dict[str, tuple[int, bytes]]) -> str:
    reasons = (f"{to}: {code} {text.decode('utf-8', 'replace')}" for to, (code, text) in refused.items())
    return one_line("refused: " + "; ".join(reasons))
