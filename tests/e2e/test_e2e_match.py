"""`postwatch match`: two files in, a line an article out, without a home."""

import json
import subprocess
import sys
from pathlib import Path

ARTICLE = {
    "page": "farewell",
    "url": "https://news.example/2024/06/20/farewell",
    "title": "Unusual farewells",
    "text": "The visit to Bergland ended at the airport of Karsk.\nAnton Heraschuk posted the farewell video on platform X. “The president and the "
    "marshal could not stop waving to each other,” commented the former deputy minister.",
    "published_at": "2024-06-20T10:08:00+00:00",
    "language": "en",
    "posts": "not looked at",
}
POST = {
    "platform": "x",
    "post_id": "1803500000000000001",
    "handle": "@Geraschuk_en",
    "author_name": "Anton Geraschuk",
    "text": "The president and the marshal can't stop waving at each other.",
    "created_at": "2024-06-19T19:00:00Z",
}


def posts() -> list[dict[str, object]]:
    others = [
        {"platform": "x", "post_id": str(n), "handle": f"acct{n % 9}", "author_name": None, "created_at": f"2024-06-{1 + n % 20:02}T08:00:00Z",
         "text": f"Exhibition of clocks, room {n}"}
        for n in range(1, 120)
    ]  # fmt: skip
    return [*others, POST]


def written(path: Path, lines: list[object]) -> Path:
    path.write_text(
        "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines), encoding="utf-8"
    )
    return path


def match(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "monitor", "match", *arguments]
    environment = {"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": ""}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60)


def test_a_line_an_article_with_suggestions_and_evidence(tmp_path: Path) -> None:
    articles = written(tmp_path / "a.jsonl", [ARTICLE, {"page": "empty", "text": ""}])
    pool = written(tmp_path / "p.jsonl", posts())
    done = match(tmp_path, "--articles", str(articles), "--posts", str(pool), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    first, second = map(json.loads, done.stdout.splitlines())
    assert first["page"] == "farewell"
    best = first["suggestions"][0]
    assert (best["post_id"], best["level"], best["platform"]) == (POST["post_id"], "strong", "x")
    assert 0.5 < best["score"] <= 1
    assert {"kind", "article", "paragraph", "post", "weight"} == best["evidence"][0].keys()
    assert len(first["suggestions"]) <= 15
    assert second["page"] == "empty"


def test_a_person_reads_passages_side_by_side(tmp_path: Path) -> None:
    articles = written(tmp_path / "a.jsonl", [ARTICLE])
    pool = written(tmp_path / "p.jsonl", posts())
    told = match(tmp_path, "--articles", str(articles), "--posts", str(pool)).stdout
    assert "Unusual farewells" in told
    assert "strong" in told
    assert "stop waving**" in told
    assert "Anton Geraschuk (@Geraschuk_en)" in told


def test_what_cannot_be_used_is_told_with_its_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    articles = written(
        tmp_path / "a.jsonl", [ARTICLE, "{", [1], {"title": "no page"}, {**ARTICLE, "page": "b", "text": 5}]
    )
    pool = written(tmp_path / "p.jsonl", [*posts(), {"post_id": "7"}])
    done = match(tmp_path, "--articles", str(articles), "--posts", str(pool), "--json")
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    for place in (
        "a.jsonl:2:",
        "a.jsonl:3:",
        'a.jsonl:4: "page" is missing',
        'a.jsonl:5: "text" must be a text',
        'p.jsonl:121: "platform" is missing',
    ):
        assert place in done.stderr


def test_a_file_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    done = match(tmp_path, "--articles", "none.jsonl", "--posts", "none.jsonl")
    assert done.returncode == 64
    assert "none.jsonl" in done.stderr


def test_the_aliases_of_a_home_name_accounts(tmp_path: Path) -> None:
    made = subprocess.run(
        [sys.executable, "-m", "monitor", "init"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )
    assert made.returncode == 0, made.stderr
    aliases = tmp_path / "config" / "aliases.toml"
    aliases.write_text(
        aliases.read_text(encoding="utf-8") + '\n[[alias]]\nhandle = "@acct3"\nnames = ["The Man of the Quay"]\n',
        encoding="utf-8",
    )
    text = "The Man of the Quay spoke of his exhibition of clocks, room 12."
    articles = written(tmp_path / "a.jsonl", [{**ARTICLE, "text": text, "published_at": "2024-06-13T10:00:00Z"}])
    pool = written(tmp_path / "p.jsonl", posts())
    done = match(tmp_path, "--articles", str(articles), "--posts", str(pool), "--json")
    assert done.returncode == 0, done.stderr
    best = json.loads(done.stdout)["suggestions"][0]
    assert best["post_id"] == "12"
    assert any(reason["kind"] == "name" for reason in best["evidence"])
