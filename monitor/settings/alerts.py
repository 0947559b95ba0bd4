"""`[alerts]` of `config/postwatch.toml`, declared: when alerts go out, and what we tell of ourselves."""

from datetime import time
from typing import Annotated

from pydantic import AfterValidator, Field

from monitor.settings.kinds import Seconds
from monitor.settings.table import Table


def _time_of_day(value: str) -> str:
    try:
        time.fromisoformat(value)
    except ValueError:
        raise ValueError('write a time of day such as "08:00"') from None
    return value


class AlertOptions(Table):
    """When alerts go out that need not go at once, and how we tell that we ourselves are alive."""

    digest_at: Annotated[str, AfterValidator(_time_of_day)] = Field(
        "08:00",
        description="When the daily digest goes out, in the zone of [desk] timezone; to somebody of people.toml in their own.",
    )
    group_wait: Seconds = Field(300, description="How long an urgent alert waits for others to go with it.")
    group_interval: Seconds = Field(300, description="The least time between two such groups.")
    storm_after: int = Field(
        30, ge=1, description="More single messages than this in ten minutes to people become one summary a channel."
    )
    storm_after_machines: int = Field(
        300, ge=1, description="The same for channels that take each alert by itself (grouping none), in one minute."
    )
    late_after: Seconds = Field(
        3600, description="What a channel of people missed in an outage that was longer comes in one summary."
    )
    late_after_machines: Seconds = Field(
        14_400,
        description="The same for channels that take each alert by itself, if more than late_most wait; else each comes by itself.",
    )
    late_most: int = Field(5, ge=1, description="See late_after_machines.")
    broken_after: int = Field(3, ge=1, description="A watch whose looks fail so often in a row is told of as broken.")
    silence_after: Seconds = Field(
        86_400,
        description="The shortest silence of an account or feed that is told of; it must also be twice as long as any before.",
    )
    heartbeat_url: str = Field(
        "",
        description="An address that is asked for while all is well, as dead man's switches (healthchecks and the like) expect.",
    )
    heartbeat_url_env: str = Field("", description="The environment variable (or that name with _FILE) that holds it.")
    heartbeat_every: Seconds = Field(300, description="How often.")
