import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.settings.urls import holds_secret, masked

CLEAN = [
    "webhook+http://127.0.0.1:8085/hook",
    "webhook+https://desk.example.org/in?desk=night",
    "json://127.0.0.1:9000/",
    "jsons://desk.example.org/path?method=PUT",
    "xml://desk.example.org",
    "forms://desk.example.org/a",
    "console://",
    "syslog://",
    "ntfy://ntfy.example.org/desk",
    "mailto://mail.example.org:25?to=desk@example.org&from=postwatch@example.org",
    "mailtos://postwatch@mail.example.org?to=desk@example.org",
    "json://desk.example.org/?keyword=night&token=",
]
SECRET = [
    "json://ann:hunter22@desk.example.org/",
    "mailtos://ann:hunter22@mail.example.org?to=desk@example.org",
    "mailto://mail.example.org?to=a@example.org&pass=hunter22",
    "slack://hunter22/B/C",
    "discord://1234/hunter22",
    "tgram://1234:hunter22/5678",
    "https://hooks.example.org/services/hunter22",
    "ntfy://hunter22@ntfy.example.org/desk",
    "ntfys://ntfy.example.org/desk?token=hunter22",
    "webhook+https://hunter22@desk.example.org/",
    "webhook+https://desk.example.org/?access_token=hunter22",
    "jsons://desk.example.org/?+X-Api-Key=hunter22",
    "jsons://desk.example.org/?%2BAuthorization=hunter22",
    "jsons://desk.example.org/?X-Amz-Signature=hunter22",
    "mailtos://ann:x/hunter22@mail.example.org",
    "JSON://ann:hunter22@desk.example.org/",
]


@pytest.mark.parametrize("url", CLEAN)
def test_a_url_without_credentials_may_stand_in_the_file(url: str) -> None:
    assert not holds_secret(url)


@pytest.mark.parametrize("url", SECRET)
def test_a_url_with_credentials_is_known_and_masked(url: str) -> None:
    assert holds_secret(url)
    assert "hunter22" not in masked(url)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("webhook+http://127.0.0.1:8085", "webhook+http://127.0.0.1:8085"),
        ("webhook+https://ann:pw@desk.example.org:9/hook?a=b", "webhook+https://***@desk.example.org:9/***?***"),
        ("slack://TOKEN/B/C", "slack://***"),
        ("https://desk.example.org/", "https://desk.example.org"),
        ("console://", "console://"),
        ("no url at all", "***"),
    ],
)
def test_a_masked_url_shows_scheme_and_host(url: str, shown: str) -> None:
    assert masked(url) == shown


@given(st.text())
def test_any_text_gets_an_answer(url: str) -> None:
    holds_secret(url)
    masked(url)
