"""Why a platform does not show a post, in its words; a row a sentence, in `tests/cases/refusals/`."""

import json
from pathlib import Path
from typing import Any

import pytest

from monitor.platforms.ytdlp.refusals import refusal_in

ROWS = json.loads((Path(__file__).parents[1] / "cases" / "refusals" / "words.json").read_text("utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=[row["words"][-40:] or "nothing" for row in ROWS])
def test_what_the_words_mean(row: dict[str, Any]) -> None:
    found = refusal_in(row["words"])
    assert (found.shown if found else None, found.author if found else None) == (row["shown"], row.get("author"))
