"""What is due to go, by profile, and what never goes by itself."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.watching.retention import Class, Kept, Profile, due_to_go

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def post(
    days: int, *, cited: bool = False, protected: bool = False, media: bool = True, kept_for: Class = "full"
) -> Kept:
    return Kept(NOW - timedelta(days=days), cited, protected, media, kept_for)


@pytest.mark.parametrize(
    ("kept", "profile", "goes"),
    [
        pytest.param(post(29), "newsroom", None, id="young"),
        pytest.param(post(30), "newsroom", "media", id="uncited media after 30 days"),
        pytest.param(post(30, media=False), "newsroom", None, id="media went already"),
        pytest.param(post(90), "newsroom", "everything", id="uncited text after 90 days"),
        pytest.param(post(900, cited=True), "newsroom", None, id="cited posts stay"),
        pytest.param(post(900, protected=True), "newsroom", None, id="held"),
        pytest.param(post(900), "archive", None, id="an archive keeps"),
        pytest.param(post(900), "", None, id="without a profile everything stays"),
        pytest.param(post(0, kept_for="metadata"), "", "media", id="metadata only"),
        pytest.param(post(0, kept_for="metadata", cited=True), "", "media", id="metadata only, cited or not"),
        pytest.param(post(0, kept_for="cited-media"), "archive", "media", id="media of cited posts only"),
        pytest.param(post(0, kept_for="cited-media", cited=True), "archive", None, id="cited, so its media stay"),
        pytest.param(post(0, kept_for="metadata", protected=True), "", None, id="a hold beats the watch"),
    ],
)
def test_what_goes(kept: Kept, profile: Profile, goes: str | None) -> None:
    assert due_to_go(kept, profile, NOW) == goes
