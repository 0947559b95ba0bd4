"""An article whose posts have met different fates, and what `postwatch check` says of it: a transcript for the README.

`python -m monitor.demo.check_story` prints it.
"""

import os
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from monitor import clock
from monitor.demo.world import World, faults
from monitor.demo.world.news.article import NewsArticle
from monitor.demo.world.public import PublicPost
from monitor.demo.world.social.oembed import blockquote

_VIDEO, _CHANNEL = "demoFERRY-1", "port_selane_demo/42"
_GONE = 4
_PROTECTED = b'{"error":"Sorry, you are not authorized to see this status.","request":"/oembed"}'


def told() -> str:
    """The command as it is typed, and what it prints: three posts that are there, two that are gone, one that nobody shows."""
    with World() as world, tempfile.TemporaryDirectory(prefix="postwatch-check-") as folder:
        url = _publish(world)
        world.write_home(Path(folder), watches="")
        known = {name: value for name, value in os.environ.items() if not name.startswith("POSTWATCH_")}
        command = [sys.executable, "-m", "monitor", "--home", folder, "check", url]
        done = subprocess.run(
            command, env={**known, **world.environment()}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
    if done.returncode != _GONE:
        raise RuntimeError(f"check ended with {done.returncode}: {done.stdout}")
    return f"$ postwatch check {url}\n{done.stdout}"


def _publish(world: World) -> str:
    x, story, now = world.x.state, world.story, clock.now()
    there = x.add_post(story.airport, "The new ferry enters the harbour (demo).", now - timedelta(days=3))
    gone = x.add_post(story.account, "Nobody will sail on this ferry (demo).", now - timedelta(days=700))
    locked = x.add_post(story.airport, "For our friends only (demo).", now - timedelta(days=2))
    x.delete_post(gone)
    world.social.fault(
        "/oembed", faults.answer(403, _PROTECTED), when=lambda r: r.query.get("url", "").endswith(f"/{locked.id}")
    )
    # TikTok's ids begin with the second in which they were made.
    clip = str(int((now - timedelta(days=3)).timestamp()) << 32)
    for platform, post_id, handle in (("youtube", _VIDEO, "harbourcam_demo"), ("tiktok", clip, "ferryfan_demo")):
        world.public.add(PublicPost(platform, post_id, handle, "The ferry (demo)", now - timedelta(days=3)))
    address = f"https://x.com/{story.airport.username}/status/{locked.id}"
    blocks = (
        "<p>Port Selane has a new ferry, and everybody had seen it before it was moored.</p>",
        blockquote(x, there),
        f'<p>The <a href="https://www.youtube.com/watch?v={_VIDEO}">harbour camera</a> showed it at dawn.</p>',
        f'<p>A clip <a href="https://www.tiktok.com/@ferryfan_demo/video/{clip}">went round the town</a> by noon.</p>',
        f'<p>Years ago a <a href="https://x.com/{story.account.username}/status/{gone.id}">sceptic</a> had mocked it.</p>',
        f'<p>The port\'s <a href="https://t.me/{_CHANNEL}">own channel</a> spoke of a trial run.</p>',
        f'<p>The airport <a href="{address}">answered</a> with a wink.</p>',
    )
    article = NewsArticle("courier", "the-new-ferry", "The new ferry", "Mira Tolvaj", now, blocks)
    return world.news.publish(article)


if __name__ == "__main__":
    sys.stdout.write(told())
