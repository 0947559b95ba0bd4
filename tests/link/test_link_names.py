"""Names in articles and accounts: one person in many spellings, and many people in one."""

import pytest
from name_pairs import DIFFERENT, SAME

from monitor.link.names import Account, known_as, plain_name, same_name, skeleton


@pytest.mark.parametrize(("written", "handle", "display"), SAME)
def test_a_name_is_known_again(written: str, handle: str | None, display: str | None) -> None:
    match = same_name(written, Account(handle, display))
    assert match is not None
    assert 0 < match.strength <= 1
    assert match.why


@pytest.mark.parametrize(("written", "handle", "display"), DIFFERENT)
def test_another_is_not_taken_for_it(written: str, handle: str | None, display: str | None) -> None:
    assert same_name(written, Account(handle, display)) is None


def test_the_tables_are_long_enough() -> None:
    assert min(len(SAME), len(DIFFERENT)) >= 80


def test_a_surname_alone_tells_less_than_a_full_name() -> None:
    account = Account("x1", "Anton Geraschuk")
    last, full = same_name("Geraschuk", account), same_name("Anton Geraschuk", account)
    assert last is not None and full is not None
    assert last.strength < full.strength


def test_an_alias_makes_any_name_the_accounts() -> None:
    account = Account("quaywatcher", "Q.")
    assert same_name("The Man of the Quay", account) is None
    taught = {"quaywatcher": [plain_name("The Man of the Quay")]}
    match = same_name("the man of the quay", account, taught)
    assert match is not None
    assert match.how == "alias"


def test_aliases_are_compared_whatever_their_case_accents_and_script() -> None:
    known = known_as([("@QuayWatcher", ["Der Kai-Wächter", "Кайный Сторож"]), ("quaywatcher", ["Q"])])
    assert known == {"quaywatcher": ["der kaiwachter", "kaynyy storozh", "q"]}
    assert same_name("DER KAI-WÄCHTER", Account("QuayWatcher", "Q."), known)


def test_transliterations_share_a_skeleton() -> None:
    spellings = ["herashchenko", "gerashchenko", "heraschtschenko", "geraszczenko"]
    assert len({skeleton(name) for name in spellings}) == 1
