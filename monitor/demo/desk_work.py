"""What two invented people of the demo's newsroom have done at its desk: so that the kept home's cases show something."""

from pathlib import Path

from monitor.errors import PostwatchError
from monitor.jobs import keep_findings, open_cases, work_cases
from monitor.jobs.work_cases import Work
from monitor.model.case import Finding, Hand, Opening, Verdict
from monitor.settings import Settings, load
from monitor.store.open import Store, open_store

VERA, EDDA = Hand("user:demo-vera", "user:demo-vera"), Hand("user:demo-edda", "user:demo-edda")
_ANSWERS = (
    ("original", "No earlier copy in our archive; sharper and longer than the one that was sent to us.", "high"),
    ("who", "The account has posted from this airport for years; who held the camera is not said.", "some"),
    ("when", "The clock in the picture and the airport's board agree.", "high"),
    ("where", "The apron before the old terminal: lamp posts and hill line fit.", "high"),
    ("why", "It shows a farewell that both sides wanted to be seen.", "some"),
)


def fill(home: Path) -> None:
    """A case that is decided, one that waits for a second person, one that nobody has begun."""
    settings = load(home, {}, demand_secrets=False)
    with open_store(settings.database) as store:
        clips = store.all(
            """SELECT p.platform, p.post_id, m.sha256 FROM post p JOIN media m ON m.post = p.id AND m.state = 'kept' AND m.kind = 'video'
            GROUP BY p.id ORDER BY p.id LIMIT 2"""
        )
        for number, clip in enumerate(clips):
            work = _opened(store, open_cases.on_post(store, clip["platform"], clip["post_id"]))
            _examine(work, settings, clip["sha256"])
            verdict = work_cases.decide(work, _verdict(number))
            if number == 0:
                work_cases.sign_off(
                    Work(store, work.case, EDDA, work.seen), verdict, "agree", "The clock is legible in frame 0:01."
                )
        article = store.value("SELECT id FROM article ORDER BY id LIMIT 1")
        if article is not None:
            _opened(store, open_cases.on_article(store, int(str(article))))


def _opened(store: Store, about: Opening) -> Work:
    return Work(store, open_cases.run(store, about, VERA)[0], VERA, 2**53)


def _examine(work: Work, settings: Settings, sha256: str) -> None:
    for question, words, sure in _ANSWERS:
        work_cases.answer(work, question, words, sure)
    try:
        keep_findings.cut(work, keep_findings.vault_of(settings), sha256, 1.0, "The clock in the picture.")
    except PostwatchError:
        work_cases.add_finding(work, Finding("time", "The clock in the picture could not be cut out."))
    work_cases.set_place(work, 12.3456, 98.7654, 100, "An invented place: the demo's airport.")
    work_cases.comment(work, "Please look at the clock once more before you sign.")


def _verdict(number: int) -> Verdict:
    if number == 0:
        return Verdict(
            "authentic",
            "accurate",
            "The two waved until the plane was a dot",
            ("OriginalMediaContent",),
            "",
            "",
            "Original, at the place and hour that is said of it.",
        )
    return Verdict(
        "authentic",
        "missing context",
        "The plane left early",
        ("OriginalMediaContent", "DecontextualizedContent"),
        "It left on time; the clip begins late.",
        "",
        "Untouched, but it shows the second start.",
    )
