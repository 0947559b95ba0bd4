"""`postwatch --help` in the order in which a newcomer meets the commands."""

from collections.abc import Mapping, Sequence

import click
from click.shell_completion import CompletionItem

from monitor.cli.late import briefs

SECTIONS: Mapping[str, Sequence[str]] = {
    "Without a home": ("check", "inspect", "match", "demo"),
    "Begin": ("init", "add", "remove", "watches"),
    "Work": ("run", "once", "desk", "api"),
    "Look": ("status", "posts", "articles", "links", "observations", "media", "search", "searches", "spend"),
    "Verify": ("cases",),
    "Tell": ("alerts", "rules"),
    "Evidence": ("keep", "export", "retention"),
    "Look after": ("doctor", "jobs", "backup", "restore", "completion", "version"),
}
_MORE = "More"


class SectionedGroup(click.Group):
    """A group that lists its commands by section; a command without one stands last, under "More"."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the sections."""
        known = [name for names in SECTIONS.values() for name in names]
        more = [name for name in self.list_commands(ctx) if name not in known]
        for title, names in (*SECTIONS.items(), (_MORE, more)):
            rows = [(name, self._brief(name)) for name in names if name in self.commands]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands that begin so, without loading them."""
        names = [name for name in self.list_commands(ctx) if name.startswith(incomplete)]
        own = [CompletionItem(name, help=self._brief(name)) for name in names]
        return own + click.Command.shell_complete(self, ctx, incomplete)

    def _brief(self, name: str) -> str:
        return briefs().get(name) or first_sentence(self.commands[name])


def first_sentence(command: click.Command) -> str:
    """What a command does, in its first sentence."""
    opening = " ".join((command.help or "").split("\n\n")[0].replace("\b", "").split())
    for mark in (". ", ": "):
        head, found, _ = opening.partition(mark)
        if found and len(head) > 20:
            opening = head
    return opening.removesuffix(".")
