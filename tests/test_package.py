"""What leaves the house: the wheel, the locked requirements, and nothing of the machine that made them."""

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKED = ("requirements.txt", "requirements-dev.txt")

# Where a package came from is the installer's own choice: a mirror's address in a file would bind everyone to it.
_SOURCE = re.compile(r"(?i)index|find-links|trusted-host|file:|https?://|^-[^-]|^\s*-e\b|\s@\s")
_PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)(\[[a-z0-9,-]+\])?==[^\s;]+( ; [^\\]+)?( \\)?$")
_HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def _requirements(name: str) -> list[tuple[str, int]]:
    """(name, number of hashes) of each requirement; comments left out, anything else in the file is a mistake."""
    found: list[tuple[str, int]] = []
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if pin := _PIN.match(line):
            found.append((pin[1], 0))
        else:
            assert _HASH.match(line), f"{name}: {line!r} is neither a pinned requirement nor a hash"
            found[-1] = (found[-1][0], found[-1][1] + 1)
    return found


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~;\[ ]", name)[0]).lower()


def _project() -> dict[str, object]:
    read: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return read


def _tracked() -> list[Path]:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.parametrize("name", LOCKED)
def test_every_requirement_is_pinned_and_hashed(name: str) -> None:
    found = _requirements(name)
    assert found
    assert [package for package, hashes in found if not hashes] == []


@pytest.mark.parametrize("name", LOCKED)
def test_requirements_name_no_place_to_get_them_from(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.lstrip().startswith("#") and _SOURCE.search(line)] == []
    assert [line for line in lines if re.search(r"(?i)index|find-links|file:|https?://", line)] == []


@pytest.mark.parametrize("name", LOCKED)
def test_what_builds_the_project_is_locked_too(name: str) -> None:
    """It is installed without isolation, so that nothing unchecked comes in by the way."""
    assert "setuptools" in {package for package, _ in _requirements(name)}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "--require-hashes -r requirements.txt" in makefile
    assert "--no-deps --no-build-isolation -e ." in makefile


def test_what_the_project_declares_is_locked() -> None:
    project = _project()
    dependencies, extras = project["dependencies"], project["optional-dependencies"]
    assert isinstance(dependencies, list)
    assert isinstance(extras, dict)
    for name, declared in (("requirements.txt", dependencies), ("requirements-dev.txt", extras["dev"])):
        locked = {_normal(package) for package, _ in _requirements(name)}
        assert {_normal(line) for line in declared} <= locked, name


def test_both_locks_agree() -> None:
    """Installed one after the other into one environment."""

    def pins(name: str) -> set[str]:
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        return {line.rstrip("\\ ") for line in lines if _PIN.match(line)}

    shared = {_normal(pin) for pin in pins(LOCKED[0])} & {_normal(pin) for pin in pins(LOCKED[1])}
    assert {p for p in pins(LOCKED[0]) if _normal(p) in shared} == {p for p in pins(LOCKED[1]) if _normal(p) in shared}


def test_the_wheel_holds_the_package_and_nothing_else(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    shutil.copytree(ROOT / "monitor", tree / "monitor", ignore=shutil.ignore_patterns("__pycache__"))
    for other in ("tests", "config", "storage", "benchmarks"):
        (tree / other).mkdir()
        (tree / other / "stray.py").write_text("", encoding="utf-8")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tree)
    build = "import sys; from setuptools import build_meta; print(build_meta.build_wheel(sys.argv[1]))"
    made = subprocess.run([sys.executable, "-c", build, str(tmp_path)], cwd=tree, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        names = wheel.namelist()
        told = wheel.read(next(n for n in names if n.endswith(".dist-info/METADATA"))).decode()
        commands = wheel.read(next(n for n in names if n.endswith("entry_points.txt"))).decode()
    assert {name.split("/")[0] for name in names} == {"monitor", f"postwatch-{_project()['version']}.dist-info"}
    sources = {p.relative_to(ROOT).as_posix() for p in (ROOT / "monitor").rglob("*.py")}
    assert sources | {"monitor/py.typed"} <= set(names)
    assert "postwatch = monitor.cli:main" in commands
    assert "License-Expression: Apache-2.0" in told


def test_the_version_stands_once_and_the_project_repeats_it() -> None:
    from monitor import __version__

    assert _project()["version"] == __version__


def test_nothing_tracked_tells_of_the_machine_that_made_it() -> None:
    # Only where a path begins: people's folders, and this very checkout.
    places = rf"(?<![\w}}.])(?:/(?:home|Users)/\w+/|/(?:root)/|{re.escape(str(ROOT))}/)"
    registries = r"--(?:extra-)?index-url|registry = \{? ?\"?https|\"resolved\":"
    telling = re.compile(f"{places}|{registries}")
    culprits = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in _tracked()
        if path != Path(__file__) and (found := telling.search(path.read_bytes().decode("utf-8", "replace")))
    ]
    assert not culprits, "these tell of a machine or a registry:\n" + "\n".join(culprits)


def test_nothing_that_the_tool_remembers_is_tracked() -> None:
    kept = re.compile(r"storage/(?:\.gitignore|README\.md|schema\.sql|queries/\w+\.sql)")
    names = [path.relative_to(ROOT).as_posix() for path in _tracked()]
    assert [name for name in names if name.startswith("storage/") and not kept.fullmatch(name)] == []
    assert [name for name in names if name.endswith((".db", ".pem", ".key", ".secret", ".pyc"))] == []


@pytest.mark.parametrize("path", sorted((ROOT / "benchmarks").glob("*.py")), ids=lambda path: path.stem)
def test_a_benchmark_that_needs_a_corpus_is_left_out_without_one(path: Path) -> None:
    if "--corpus" not in path.read_text(encoding="utf-8"):
        return
    done = subprocess.run([sys.executable, path], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert re.match(r"skipped: .*--corpus", done.stderr)
