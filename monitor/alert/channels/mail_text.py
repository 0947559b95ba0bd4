"""An alert as a mail: plain text, the same Message-ID on every attempt, so that a mailbox can tell repeats."""

import hashlib
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP

from monitor.alert.channels.lines import one_line, without_surrogates
from monitor.model.alert import Message

_IMPORTANCE = {"flash": "high", "urgent": "high", "info": "low"}


def mail_of(message: Message, sender: str, to: Sequence[str]) -> EmailMessage:
    """The mail. Its Message-ID is made from the alert's `dedup_key` (its id, where the row has none)."""
    key = str(message.row.get("dedup_key") or message.id)
    digest = hashlib.sha256(without_surrogates(key).encode()).hexdigest()[:40]
    mail = EmailMessage(policy=SMTP)
    mail["Message-ID"] = f"<{digest}@{sender.rpartition('@')[2]}>"
    mail["Date"] = message.attempted_at
    mail["From"] = sender
    mail["To"] = ", ".join(to)
    mail["Subject"] = one_line(f"[{message.priority}] {message.subject}", 200)
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Postwatch-Alert"] = one_line(message.id)
    if message.priority in _IMPORTANCE:
        mail["Importance"] = _IMPORTANCE[message.priority]
    # Quoted-printable passes servers that take seven bits only, and stays readable.
    mail.set_content(without_surrogates(message.body).replace("\0", "") + "\n", cte="quoted-printable")
    return mail
