"""A small internet on loopback, for the demo and the tests.

    from monitor.demo.world import World, faults

    with World() as world:
        world.write_home(tmp_path)
        world.news.fault("/courier/*", faults.delay(2), times=1)
        ...
        assert world.sink.attempts()

Servers: `x` (X's API), `news`, `video`, `sink` (webhooks), `social` (sources without key), `public`
(what other platforms say of single posts). Each has `url`, `host_port`,
`requests`, `fault(...)` and `mend()`; `story` holds the cast and what happens.
"""

from monitor.demo.world import faults
from monitor.demo.world.faults import Fault
from monitor.demo.world.server import Server, StaticServer
from monitor.demo.world.world import World

__all__ = ["Fault", "Server", "StaticServer", "World", "faults"]
