import hashlib
import os
import stat
import subprocess
import sys
from datetime import timedelta

import pytest

from monitor.errors import StorageFull
from monitor.media.vault import Vault

BYTES = b"a demo clip's bytes"
SHA = hashlib.sha256(BYTES).hexdigest()


@pytest.fixture
def vault(tmp_path):
    return Vault(tmp_path / "media")


def arrived(vault, data=BYTES):
    path = vault.new_temp() / "media"
    path.write_bytes(data)
    return path


def test_a_file_lies_read_only_under_its_hash(vault):
    path = arrived(vault)
    kept = vault.keep(path, SHA, len(BYTES))
    assert kept.path == vault.root / "sha256" / SHA[:2] / SHA[2:4] / SHA == vault.path_of(SHA)
    assert kept.path.read_bytes() == BYTES and not path.exists()
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o444
    assert (kept.sha256, kept.size, kept.existed, kept.replaced) == (SHA, len(BYTES), False, None)
    assert vault.has(SHA) and vault.check(SHA)


def test_the_same_bytes_are_kept_once(vault):
    first = vault.adopt(arrived(vault))
    inode = first.path.stat().st_ino
    again = vault.adopt(arrived(vault))
    assert again.existed and again.path.stat().st_ino == inode
    assert vault.keep_bytes(BYTES).existed
    assert not [path for path in (vault.root / "tmp").rglob("*") if path.is_file()]


def test_a_damaged_object_goes_to_quarantine_and_is_replaced(vault):
    place = vault.adopt(arrived(vault)).path
    place.unlink()
    place.write_bytes(b"cut")
    kept = vault.adopt(arrived(vault))
    assert not kept.existed and vault.check(SHA)
    assert kept.replaced.read_bytes() == b"cut" and kept.replaced.parent == vault.root / "quarantine"


def test_a_link_in_an_objects_place_is_not_served(vault, tmp_path):
    target = tmp_path / "elsewhere"
    target.write_bytes(BYTES)
    place = vault.path_of(SHA)
    place.parent.mkdir(parents=True)
    place.symlink_to(target)
    assert not vault.has(SHA) and not vault.check(SHA)
    assert vault.adopt(arrived(vault)).replaced.is_symlink()
    assert not place.is_symlink() and vault.check(SHA)


def test_one_flipped_bit_is_found(vault):
    place = vault.adopt(arrived(vault)).path
    place.chmod(0o644)
    place.write_bytes(bytes([BYTES[0] ^ 1]) + BYTES[1:])
    assert vault.has(SHA) and not vault.check(SHA)
    assert vault.quarantine(SHA).exists() and not vault.has(SHA)
    assert vault.quarantine(SHA) is None


def test_a_file_from_elsewhere_is_not_taken(vault, tmp_path):
    outside = tmp_path / "outside"
    outside.write_bytes(BYTES)
    with pytest.raises(ValueError, match="does not lie"):
        vault.keep(outside, SHA)
    inside = vault.new_temp() / "link"
    inside.symlink_to(outside)
    with pytest.raises(ValueError, match="does not lie"):
        vault.keep(inside, SHA)
    assert outside.exists()


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, SHA[:-1], SHA + "/x"])
def test_only_a_hash_names_an_object(vault, name):
    with pytest.raises(ValueError, match="SHA-256"):
        vault.path_of(name)


def test_a_file_that_changed_after_it_was_hashed_is_not_kept(vault):
    path = arrived(vault)
    with pytest.raises(ValueError, match="hashed"):
        vault.keep(path, SHA, len(BYTES) - 1)
    assert not vault.has(SHA)


def test_a_temporary_folder_is_private_and_a_named_one_stays_the_same(vault):
    assert stat.S_IMODE(vault.new_temp().stat().st_mode) == 0o700
    assert vault.new_temp("job-7") == vault.new_temp("job-7")
    assert vault.new_temp() != vault.new_temp()
    with pytest.raises(ValueError, match="temporary"):
        vault.new_temp("../x")


def test_old_temporaries_are_swept_and_fresh_ones_stay(vault):
    assert vault.sweep_temps(timedelta(hours=1)) == 0
    old, fresh = arrived(vault).parent, arrived(vault).parent
    for path in (old / "media", old):
        os.utime(path, (1_000_000, 1_000_000))
    assert vault.sweep_temps(timedelta(hours=1)) == 1
    assert not old.exists() and (fresh / "media").exists()


def test_an_object_without_row_is_an_orphan(vault):
    vault.adopt(arrived(vault))
    other = vault.keep_bytes(b"other")
    assert [kept.sha256 for kept in vault.orphans(lambda sha: sha == SHA)] == [other.sha256]
    assert list(vault.orphans(lambda sha: True)) == []


def test_too_little_free_disk_pauses_downloads_and_says_what_to_change(tmp_path):
    Vault(tmp_path / "a", min_free_bytes=1).room()
    with pytest.raises(StorageFull, match="min_free_bytes"):
        Vault(tmp_path / "b", min_free_bytes=10**18).room()


def test_the_quota_holds_and_a_purge_makes_room(tmp_path):
    vault = Vault(tmp_path / "media", max_bytes=30)
    kept = vault.adopt(arrived(vault))
    vault.room()
    path = arrived(vault, b"thirty bytes do not fit beside")
    with pytest.raises(StorageFull, match="max_vault_bytes"):
        vault.adopt(path)
    assert not path.exists() and vault.used_bytes() == len(BYTES)
    kept.path.unlink()
    assert not vault.keep_bytes(b"thirty bytes do not fit beside").existed
    with pytest.raises(StorageFull):
        vault.room()


def test_a_full_disk_loses_the_temporary_and_nothing_else(small_disk):
    vault = Vault(small_disk / "media")
    kept = vault.keep_bytes(b"x" * 300_000)
    with pytest.raises(StorageFull, match="No space left"):
        vault.keep_bytes(os.urandom(900_000))
    assert vault.check(kept.sha256) and list((small_disk / "media" / "tmp").iterdir()) == []
    assert vault.keep_bytes(b"y" * 300_000).size == 300_000


def test_a_kill_after_the_file_is_durable_leaves_a_whole_orphan(vault):
    script = (
        "import sys; from pathlib import Path; from monitor.media.vault import Vault;"
        "vault = Vault(Path(sys.argv[1])); vault.keep_bytes(b'first'); vault.keep_bytes(sys.argv[2].encode())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(vault.root), BYTES.decode()],
        env={**os.environ, "POSTWATCH_FAIL_AT": "media.file_durable:2"},
        check=False,
    )
    assert done.returncode == -9
    assert vault.check(SHA) and len(list(vault.orphans(lambda sha: False))) == 2
    assert vault.adopt(arrived(vault)).existed
