"""A message as a mail: plain text and HTML, the same Message-ID on every attempt, and what went before as its thread."""

import hashlib
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP

from monitor.alert.channels.lines import one_line, without_surrogates
from monitor.model.alert import Message

_IMPORTANCE = {"flash": "high", "urgent": "high", "info": "low"}
_THREAD = 20
"""Earlier mails that are named: the first, to which all answer, and the newest."""


def mail_of(message: Message, sender: str, to: Sequence[str]) -> EmailMessage:
    """The mail. Its Message-ID is made from the message's key, else the alert's `dedup_key`, else its id."""
    key = message.key or str(message.row.get("dedup_key") or message.id)
    domain = sender.rpartition("@")[2]
    mail = EmailMessage(policy=SMTP)
    mail["Message-ID"] = _id_of(key, domain)
    if message.answers:
        thread = [_id_of(one, domain) for one in (*message.answers[:1], *message.answers[1:][-_THREAD:])]
        mail["In-Reply-To"] = thread[-1]
        mail["References"] = " ".join(thread)
    mail["Date"] = message.attempted_at
    mail["From"] = sender
    mail["To"] = ", ".join(to)
    mail["Subject"] = one_line(f"[{message.priority}] {message.subject}", 200)
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Postwatch-Alert"] = one_line(message.id)
    if message.priority in _IMPORTANCE:
        mail["Importance"] = _IMPORTANCE[message.priority]
    # Quoted-printable passes servers that take seven bits only, and stays readable.
    mail.set_content(_clean(message.body) + "\n", cte="quoted-printable")
    if message.html:
        mail.add_alternative(_clean(message.html), subtype="html", cte="quoted-printable")
    for name, picture in message.pictures:
        mail.add_attachment(picture, maintype="image", subtype=_kind_of(picture), filename=name)
    return mail


def _id_of(key: str, domain: str) -> str:
    digest = hashlib.sha256(without_surrogates(key).encode()).hexdigest()[:40]
    return f"<{digest}@{domain}>"


def _clean(text: str) -> str:
    return without_surrogates(text).replace("\0", "")


def _kind_of(picture: bytes) -> str:
    return "jpeg" if picture.startswith(b"\xff\xd8") else "png"
