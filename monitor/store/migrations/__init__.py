"""The shape of the database, as numbered steps. A released step is never edited; a new one goes to the end.

Times are RFC 3339 texts in UTC with milliseconds (`clock.text`). Money is whole micro-dollars. Ids of platforms are TEXT.
Raw bytes and texts live in `content` and `wording` under their SHA-256, so that they can be purged while the rows that name
them stay; tables that a human or a court relies on refuse UPDATE and DELETE by trigger.
"""

# The order of these imports is the order of the steps.
from monitor.store.migrations import ledger, watching, judging, cases, later  # noqa: F401, I001, RUF100
from monitor.store.migrations.base import migrations

__all__ = ["migrations"]
