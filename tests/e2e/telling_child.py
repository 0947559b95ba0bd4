"""A process of its own that tells facts and works the outbox, as `once` does after a poll: `python telling_child.py HOME COUNT KIND
PRIORITY`. Told again, the same facts are no new alerts."""

import sys
from pathlib import Path

from monitor import clock
from monitor.jobs.context import Context
from monitor.jobs.engine import Engine
from monitor.jobs.home import lock, recover
from monitor.jobs.telling import tell
from monitor.model.alert import Fact
from monitor.settings import load


def main(home: str, count: str, kind: str, priority: str) -> None:
    settings = load(Path(home))
    with lock(settings):
        context = Context(settings)
        recover(context)
        for n in range(int(count)):
            fact = Fact(
                kind,
                f"{kind}:x:{n}",
                f"Fact {n} of the demo",
                clock.now(),
                priority,
                platform="x",
                text=f"Words {n}",
                payload={"platform": "x", "post_id": str(n), "text": f"Words {n}", "articles": []},
            )
            with context.store.change():
                tell(context, fact)
        Engine(context).drain()
        context.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
