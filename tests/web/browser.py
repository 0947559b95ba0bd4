"""Chromium for the tests of the desk, where there is one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path("/usr/bin/chromium")


@contextmanager
def chromium() -> Iterator[Any]:
    """The browser; skips the test where none is to be had."""
    if not CHROMIUM.exists():
        pytest.skip("no /usr/bin/chromium: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def axe_source() -> str:
    """axe-core, from the package that carries it."""
    import axe_playwright_python

    found = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js"))
    return found.read_text(encoding="utf-8")
