"""A letter as HTML for a mail: no script, no picture, no address that is asked for by itself."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.alert.words.letter import Letter

if TYPE_CHECKING:
    from jinja2 import Template


@cache
def _template() -> "Template":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    ).get_template("letter.html")


def page(letter: Letter) -> str:
    """The whole page. Only http(s) addresses become links; other text from outside stays text."""
    return _template().render(letter=letter, is_web=lambda url: url.startswith(("https://", "http://")))
