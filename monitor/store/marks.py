"""How far each noun of the ledger has come: cheap to ask, and different whenever something was added or decided."""

from monitor.store.open import Store

_CASES = (
    "desk_case",
    "case_answer",
    "case_finding",
    "case_copy",
    "case_place",
    "case_upstream",
    "case_comment",
    "case_right",
    "case_verdict",
    "case_signoff",
)
_MARKS = {
    "cases": f"SELECT {' + '.join(f'(SELECT coalesce(max(id), 0) FROM {table})' for table in _CASES)}",
    "posts": "SELECT coalesce(max(id), 0) FROM post_version",
    "articles": "SELECT coalesce(max(id), 0) FROM article_version",
    "links": "SELECT coalesce(max(id), 0) FROM citation",
    "alerts": "SELECT coalesce(max(n), 0) FROM alert",
    "availability": "SELECT coalesce(max(id), 0) FROM sight_verdict",
    "judgements": "SELECT coalesce(max(id), 0) FROM judgement",
    "desk": """SELECT coalesce((SELECT seq FROM audit WHERE action NOT IN ('see evidence', 'login', 'logout', 'login failed')
        ORDER BY seq DESC LIMIT 1), 0)""",
}


def now(store: Store) -> dict[str, int]:
    """Noun -> the last row."""
    return {noun: int(str(store.value(sql))) for noun, sql in _MARKS.items()}
