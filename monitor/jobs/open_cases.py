"""Opening a case on a post, a citation or an article: one case for each, however often it is asked for."""

from monitor import clock
from monitor.errors import WrongUse
from monitor.model.case import Hand, Opening
from monitor.platforms import PLATFORMS
from monitor.store import audit, cases, custody, posts
from monitor.store.open import Store
from monitor.verify.questions import VERSION, as_rows


def on_post(store: Store, platform: str, post_id: str) -> Opening:
    """About a post that we keep, by the id of any version. Raises WrongUse when we keep none."""
    row = posts.find(store, platform, post_id)
    if row is None:
        raise WrongUse(f"we keep no post {post_id[:100]} of {platform[:30]}: watch it first (postwatch add ADDRESS)")
    found = store.one(
        "SELECT p.post_id, p.posted_at, a.handle, a.name FROM post p JOIN account a ON a.id = p.account_id WHERE p.id = ?",
        row,
    )
    assert found is not None
    return Opening(
        "post",
        f"post:{platform}:{found['post_id']}",
        _title(platform, found["handle"], found["name"], found["posted_at"]),
        platform=platform,
        post_id=found["post_id"],
        post=row,
    )


def on_article(store: Store, number: int) -> Opening:
    """About an article as a whole. Raises WrongUse when there is none."""
    found = store.one("SELECT id, url, title FROM article WHERE id = ?", number)
    if found is None:
        raise WrongUse(f"there is no article {number}")
    return Opening("article", f"article:{number}", str(found["title"] or found["url"])[:300], article_id=number)


def on_citation(store: Store, number: int) -> Opening:
    """About one place where an article cites a post. Raises WrongUse when there is none."""
    found = store.one(
        """SELECT c.id, c.platform, c.cited_post_id AS cited, c.article_id, l.post, p.post_id, p.posted_at, t.handle, t.name, a.title, a.url
        FROM citation c JOIN article a ON a.id = c.article_id LEFT JOIN link l ON l.citation_id = c.id AND l.state = 'confirmed'
        LEFT JOIN post p ON p.id = l.post LEFT JOIN account t ON t.id = p.account_id WHERE c.id = ?""",
        number,
    )
    if found is None:
        raise WrongUse(f"there is no citation {number}")
    what = _title(found["platform"], found["handle"], found["name"], found["posted_at"])
    return Opening(
        "citation",
        f"citation:{number}",
        f"{what} in: {str(found['title'] or found['url'])[:200]}",
        platform=found["platform"],
        post_id=found["post_id"] or found["cited"],
        post=found["post"],
        citation_id=number,
        article_id=found["article_id"],
    )


def run(store: Store, about: Opening, hand: Hand) -> tuple[int, bool]:
    """The case's number, and whether it is new."""
    now = clock.now()
    with store.change():
        number, new = cases.open_case(store, about, hand, as_rows(), VERSION, now)
        if new:
            audit.note(store, hand.author, "open case", f"case:{number}", now, detail={"about": about.subject})
            custody.append(
                store, "case-opened", f"case:{number}", {"about": about.subject, "template": VERSION}, agent=hand.author
            )
    return number, new


def _title(platform: str, handle: object, name: object, posted_at: object) -> str:
    """Without the post's words: they may have to be purged, and a case stays."""
    known = PLATFORMS.get(platform)
    who = f"@{handle}" if handle else str(name or "unknown account")
    day = f", {str(posted_at)[:10]}" if posted_at else ""
    return f"{who} on {known.title if known else platform}{day}"
