"""Exporting: gathers what the store and the vault hold of a post or an article, logs the export, writes the bag."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from monitor import clock
from monitor.evidence.bag import BagParts, write_bag
from monitor.evidence.card import Card, page_of
from monitor.jobs.draw_cards import card_of
from monitor.jobs.review_cases import review_of
from monitor.media.vault import Vault
from monitor.places import Places
from monitor.store import articles, cases, cases_dossier, contents, custody, links, media, posts, reading, received
from monitor.store.open import Store


def find_post(store: Store, platform: str | None, post_id: str) -> int | None:
    """The post's row, by the id of any of its versions."""
    if platform:
        return posts.find(store, platform, post_id)
    rows = store.all("SELECT platform FROM post WHERE post_id = ?", post_id)
    return posts.find(store, rows[0]["platform"], post_id) if len(rows) == 1 else posts.find(store, "x", post_id)


def find_article(store: Store, which: str) -> int | None:
    """The article's row, by any of its addresses or its number."""
    found = articles.find(store, which)
    if found is None and which.isdigit():
        row = store.value("SELECT id FROM article WHERE id = ?", int(which))
        found = None if row is None else int(str(row))
    return found


class _Gathered:
    """What goes into a bag, each file once."""

    def __init__(self, places: Places, store: Store) -> None:
        self.store = store
        self.vault = Vault(places.vault)
        self.subjects: dict[str, None] = {}
        self.media: dict[str, Path] = {}
        self.received: dict[str, Path] = {}
        self.web: dict[str, Path] = {}
        self.answers: dict[str, bytes] = {}
        self.captures: dict[int, dict[str, object]] = {}
        self.metadata: dict[str, bytes] = {}
        self.cards: list[Card] = []

    def post(self, row: int) -> None:
        found = self.store.one("SELECT * FROM post WHERE id = ?", row)
        assert found is not None
        name = f"{found['platform']}-{found['post_id']}"
        self.subjects[f"post:{found['platform']}:{found['post_id']}"] = None
        described = reading.posts(self.store, row=row)[0]
        versions = self.store.all(
            "SELECT version_id, raw_sha256, posted_at, seen_at, text_sha256 FROM post_version WHERE post = ?", row
        )
        observations = self.store.all(
            "SELECT method, at, seen, detail, raw_sha256, metrics FROM observation WHERE platform = ? AND post_id = ? ORDER BY id",
            found["platform"],
            found["post_id"],
        )
        self.metadata[f"post-{_safe(name)}.json"] = _json(
            {
                **described,
                "version_list": [{**dict(v), "text": contents.text(self.store, v["text_sha256"])} for v in versions],
                "observations": [dict(o) for o in observations],
                "articles": links.articles_citing(self.store, row),
                "received": received.of_post(self.store, found["platform"], found["post_id"]),
            }
        )
        for item in [*versions, *observations]:
            self._raw(item["raw_sha256"])
        self.cards.append(card_of(self.store, row, len(self.cards) + 1))
        self._files(row)
        for given in received.of_post(self.store, found["platform"], found["post_id"]):
            self._file(given["sha256"], "received")
            self._file(given["contact_sheet"], "received")
        self._captures_of_post(found["platform"], found["post_id"])
        for number in cases.of_post(self.store, row):
            self.case(number)

    def case(self, number: int) -> None:
        """What the desk found and decided. Comments, and who holds rights, stay in the house."""
        told = cases_dossier.case(self.store, number)
        if told is None or f"case-{number}.json" in self.metadata:
            return
        self.subjects[f"case:{number}"] = None
        rights = told.pop("rights")
        assert isinstance(rights, list)
        kept = [{k: v for k, v in right.items() if k not in ("holder", "note")} for right in rights]
        told.pop("comments")
        acts = [{k: line[k] for k in ("at", "actor", "action")} for line in cases_dossier.history(self.store, number)]
        self.metadata[f"case-{number}.json"] = _json({**told, "rights": kept, "history": acts[::-1]})
        review = review_of(self.store, told)
        if review is not None:
            self.metadata[f"mediareview-{number}.json"] = _json(review)
        finds = told["finds"]
        assert isinstance(finds, list)
        for found in finds:
            self._file(found["sha256"], "media" if found["kind"] == "frame" else "received")
            copy = found["copy_sha256"]
            if copy and self.store.value("SELECT 1 FROM object WHERE sha256 = ? AND purged_at IS NULL", copy):
                self.web[f"{copy}.warc.gz"] = self.vault.path_of(str(copy))
        for capture in self.store.all("SELECT * FROM capture WHERE subject = ?", f"case:{number}"):
            self._capture(dict(capture))

    def _raw(self, digest: str | None) -> None:
        raw = contents.find(self.store, digest) if digest else None
        if digest and raw is not None:
            self.answers[f"{digest}.json"] = raw

    def _files(self, row: int) -> None:
        for item in media.of_posts(self.store, [row]).get(row, []):
            for digest in (item["sha256"], item["contact_sheet"]):
                self._file(digest, "media")

    def _file(self, digest: object, folder: str) -> None:
        there = self.store.one("SELECT extension FROM object WHERE sha256 = ? AND purged_at IS NULL", digest)
        if there is not None:
            extension = there["extension"]
            files = self.received if folder == "received" else self.media
            files[f"{digest}.{extension or 'bin'}"] = self.vault.path_of(str(digest))

    def _captures_of_post(self, platform: str, post_id: str) -> None:
        rows = self.store.all(
            """SELECT * FROM capture WHERE subject = ? OR id IN (SELECT capture_id FROM observation WHERE platform = ? AND post_id = ?)""",
            f"post:{platform}:{post_id}",
            platform,
            post_id,
        )
        for row in rows:
            self._capture(dict(row))
            # The whole answer names other posts, too; the package of one post holds that post's own slice.
            if row["subject"].startswith(("account:", "posts:")):
                self.subjects[row["subject"]] = None

    def article(self, row: int) -> None:
        found = self.store.one("SELECT * FROM article WHERE id = ?", row)
        assert found is not None
        self.subjects[f"article:{found['url']}"] = None
        versions = self.store.all("SELECT * FROM article_version WHERE article_id = ? ORDER BY n", row)
        for version in versions:
            self.web[f"{version['warc_sha256']}.warc.gz"] = self.vault.path_of(version["warc_sha256"])
        cited = [r for r in links.listing(self.store, doubtful=True) if r["article_url"] == found["url"]]
        readings = [contents.find(self.store, v["reading_sha256"]) for v in versions]
        self.metadata[f"article-{row}.json"] = _json(
            {
                **dict(found),
                "versions": [
                    {**dict(v), "reading": json.loads(r) if r else None}
                    for v, r in zip(versions, readings, strict=True)
                ],
                "citations": cited,
            }
        )
        for capture in self.store.all("SELECT * FROM capture WHERE subject = ?", f"article:{found['url']}"):
            self._capture(dict(capture))
        for number in cases.of_article(self.store, row):
            self.case(number)

    def _capture(self, row: dict[str, Any]) -> None:
        self.captures[row["id"]] = {
            **row,
            "headers": json.loads(row["headers"]),
            "tools": json.loads(row["tools"]),
        }

    def parts(self, subject: str) -> BagParts:
        events = [(seq, body) for seq, _, _, body, _ in custody.events(self.store, list(self.subjects))]
        return BagParts(
            subject=subject,
            exported_at=clock.now(),
            media=self.media.items(),
            received=self.received.items(),
            answers=self.answers.items(),
            captures=self.captures.values(),
            events=events,
            web=self.web.items(),
            metadata=self.metadata.items(),
            page=page_of(self.cards) if self.cards else b"",
        )


def export_post(places: Places, store: Store, row: int, to: Path, agent: str) -> Path:
    """A bag of one post, with the articles that cite it."""
    gathered = _Gathered(places, store)
    gathered.post(row)
    for article in _citing(store, row):
        gathered.article(article)
    return _write(gathered, next(iter(gathered.subjects)), to, agent)


def export_article(places: Places, store: Store, row: int, to: Path, agent: str) -> Path:
    """A bag of one article, with the posts that it cites and we keep."""
    gathered = _Gathered(places, store)
    gathered.article(row)
    for post in _cited(store, row):
        gathered.post(post)
    return _write(gathered, next(iter(gathered.subjects)), to, agent)


def _citing(store: Store, post: int) -> Iterable[int]:
    rows = store.all(
        "SELECT DISTINCT c.article_id FROM link l JOIN citation c ON c.id = l.citation_id WHERE l.post = ? AND l.state = 'confirmed'",
        post,
    )
    return [row[0] for row in rows]


def _cited(store: Store, article: int) -> Iterable[int]:
    rows = store.all(
        """SELECT DISTINCT l.post FROM link l JOIN citation c ON c.id = l.citation_id
        WHERE c.article_id = ? AND l.state = 'confirmed' AND l.post IS NOT NULL""",
        article,
    )
    return [row[0] for row in rows]


def _write(gathered: _Gathered, subject: str, to: Path, agent: str) -> Path:
    names = sorted([*gathered.media, *gathered.received, *gathered.answers, *gathered.web, *gathered.metadata])
    with gathered.store.change():
        # Intent first: the log holds the export whether or not the bag reaches its place.
        custody.append(gathered.store, "export", subject, {"files": names, "to": to.name}, agent=agent)
    return write_bag(to, gathered.parts(subject))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _safe(name: str) -> str:
    return "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in name)[:120]
