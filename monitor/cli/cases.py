"""`cases`: what the desk works on, and one case whole."""

import json
from typing import Any

import click

from monitor.cli import show
from monitor.errors import WrongUse
from monitor.store import cases as rows
from monitor.store import cases_dossier

_list = show.lister(
    rows.listing,
    ("id", "state", "assignee", "due_at", "title", "url"),
    "no cases yet: open one from a post at the desk (`postwatch desk`)",
    "postwatch cases show ID",
)


cases = show.noun("cases", "Cases that the desk works on.\n\nExample: postwatch cases --json", _list)


@cases.command("show")
@click.argument("number", metavar="ID", type=click.IntRange(min=1, max=2**53))
@click.option("--json", "as_json", is_flag=True, help="One JSON object, with its history.")
def show_case(number: int, as_json: bool) -> None:
    """One case whole: answers, findings, place, verdicts, sign-offs, rights, comments.

    Example: postwatch cases show 1
    """
    with show.store() as store:
        found = cases_dossier.case(store, number)
        history = cases_dossier.history(store, number)
    if found is None:
        raise WrongUse(f"there is no case {number}: `postwatch cases` lists them")
    if as_json:
        print(json.dumps({**found, "history": history}, ensure_ascii=False))
        return
    for line in _lines(found):
        print(show.printable(line))
    exported = f"post {found['platform']}:{found['post_id']}" if found["post_id"] else f"article {found['article_url']}"
    show.note(f"next: postwatch export {exported} --to DIR")


def _lines(case: dict[str, object]) -> list[str]:
    """The case for people, a fact a line."""
    due = f", due {case['due_at']}" if case["due_at"] else ""
    lines = [
        f"{case['id']} {case['title']}",
        f"{case['state']}, {case['assignee'] or 'nobody’s'}{due}, opened {case['opened_at']} by {case['opened_by']}",
    ]
    if case["state"] == "reopened" and case["reopened_why"]:
        lines.append(f"open again: {case['reopened_why']}")
    lines += [_answered(question) for question in _rows(case, "checklist")]
    lines += [
        f"finding {f['id']} ({f['kind']}, {f['author']}): {f['note']} {f['url'] or f['file_name'] or ''}"
        for f in _rows(case, "finds")
    ]
    lines += [
        f"place: {place['latitude']:.6f}, {place['longitude']:.6f} within {place['precision_m']} m"
        for place in _rows(case, "places")[-1:]
    ]
    lines += [f"{event['at']} post {event['kind']}: {event['detail']}" for event in _rows(case, "upstream")]
    for verdict in _rows(case, "verdicts"):
        current = "" if verdict["current"] else " (no longer of the present evidence)"
        said = f"{verdict['material']}, {verdict['claim']}{current}: {verdict['rationale']}"
        lines.append(f"verdict {verdict['n']} by {verdict['author']}: {said}")
        lines += [f"  {s['outcome']}: {s['author']} {s['at']} {s['note']}" for s in verdict["signoffs"]]
    lines += [f"rights: {r['holder']} {r['state']} {r['licence']}" for r in _rows(case, "rights")]
    lines += [f"{c['at']} {c['author']}: {c['body']}" for c in _rows(case, "comments")]
    return lines


def _answered(question: dict[str, Any]) -> str:
    last = question["last"]
    told = f"{last['answer']} ({last['confidence']}, {last['author']})" if last else "-"
    return f"{question['pillar']}: {question['prompt']} {told}"


def _rows(case: dict[str, object], name: str) -> list[dict[str, Any]]:
    found = case[name]
    assert isinstance(found, list)
    return found
