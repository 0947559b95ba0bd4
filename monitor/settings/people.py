"""`config/people.toml`, declared: who is reached over which channels, when not, and who comes next."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from monitor.model.quiet import Window, window
from monitor.settings.kinds import Seconds, time_zone
from monitor.settings.table import Table, Tags

Priority = Literal["flash", "urgent", "normal", "info"]


def _list(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _windows(value: tuple[str, ...]) -> tuple[str, ...]:
    for written in value:
        window(written)
    return value


def _zone(value: str) -> str:
    return time_zone(value) if value else ""


class Person(Table):
    """Somebody who is told of alerts. The channels stand in postwatch.toml; one that a person has is that person's alone."""

    name: str = Field(description="For people and for the log.", examples=["Night editor"], min_length=1)
    channels: Tags = Field((), description="Names of channels of postwatch.toml.", examples=[("night-mail",)])
    quiet: Annotated[tuple[str, ...], BeforeValidator(_list), AfterValidator(_windows)] = Field(
        (),
        description='Hours in which only `rings` comes through, such as "22:00-07:00" or ["mon-fri 22:00-07:00", "sat,sun 00:00-24:00"]; '
        "what waits comes in one message when they end.",
        examples=["22:00-07:00"],
    )
    zone: Annotated[str, AfterValidator(_zone)] = Field(
        "",
        description="The time zone of these hours; left out: [desk] timezone of postwatch.toml.",
        examples=["Europe/Warsaw"],
    )
    rings: Literal["flash", "urgent", "normal", "info", "never"] = Field(
        "flash",
        description='The least priority that comes through quiet hours: "flash", "urgent", "normal", "info", or "never" for none.',
    )
    desks: Tags = Field(
        (),
        description="Only what concerns these desks, or no desk in particular; left out: everything.",
        examples=[("world",)],
    )

    @property
    def windows(self) -> tuple[Window, ...]:
        """The quiet hours."""
        return tuple(window(written) for written in self.quiet)


class Escalation(Table):
    """A step: an alert that nobody acknowledged in time goes to these, too, until somebody does (`postwatch alerts ack`)."""

    after: Seconds = Field(description="How long after the alert.", examples=[600])
    priorities: tuple[Priority, ...] = Field(("flash",), description="Only alerts of these priorities.")
    desks: Tags = Field((), description="Only what concerns these desks; left out: all.")
    people: Tags = Field((), description="Names of people above: their channels.", examples=[("Night editor",)])
    channels: Tags = Field((), description="Names of channels of postwatch.toml.")
    again: Seconds | None = Field(None, description="Repeat it so long after; left out: never.", examples=["30m"])
    times: int = Field(1, ge=1, le=20, description="How often in all, with again.")

    @model_validator(mode="after")
    def _to_somebody(self) -> "Escalation":
        if not self.people and not self.channels:
            raise ValueError("write people or channels")
        if self.times > 1 and self.again is None:
            raise ValueError('times needs again, such as "30m"')
        return self


class PeopleFile(Table):
    """`config/people.toml`."""

    person: tuple[Person, ...] = ()
    escalation: tuple[Escalation, ...] = ()
