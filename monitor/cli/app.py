"""The commands in one table, the home, and what exit codes mean.

0 well; 1 an input failed; 2 unusable settings; 3 something of this run failed for good; 4, 5 `check` found
posts that are gone, or not answered; 64 wrong use; 75 home in use.
"""

import io
import os
import sys
from pathlib import Path

import click

from monitor import __version__
from monitor.cli.late import LateCommands
from monitor.cli.sections import SectionedGroup
from monitor.errors import HomeInUse, PostwatchError, UnusableSettings, WrongUse

COMMANDS = {
    "init": "initiating",
    "add": "adding",
    "remove": "watches",
    "watches": "watches",
    "run": "working",
    "once": "working",
    "desk": "desk",
    "api": "desk",
    "inspect": "inspecting",
    "check": "checking",
    "match": "matching",
    "keep": "keeping",
    "posts": "listings",
    "articles": "listings",
    "links": "listings",
    "cases": "cases",
    "alerts": "alerting",
    "rules": "ruling",
    "searches": "searching",
    "observations": "observing",
    "search": "listings",
    "media": "listings",
    "jobs": "listings",
    "export": "exporting",
    "retention": "retaining",
    "backup": "backing_up",
    "restore": "backing_up",
    "status": "status",
    "spend": "listings",
    "doctor": "doctor",
    "completion": "completing",
    "demo": "starting",
    "version": "starting",
}
"""Each command, and the module of this package that writes it under its name."""

EXIT_SETTINGS, EXIT_USAGE, EXIT_IN_USE = 2, 64, 75


@click.group(
    cls=SectionedGroup,
    commands=LateCommands(COMMANDS),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="The home is --home DIR (anywhere on the line), else POSTWATCH_HOME, else this folder.",
)
@click.version_option(__version__, prog_name="postwatch")
def cli() -> None:
    """Watches the posts that news articles cite, keeps copies, links them back, and tells the desk.

    \b
    Try:  postwatch demo
          postwatch inspect https://example.org/article
          postwatch init
    """


def main() -> None:
    """Runs the command line and ends the process with its exit code."""
    # httpx loads its own command line, and rich with it, unless that is missing: a quarter of a second at every start.
    sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # None: importing it fails, which httpx expects
    _speak_utf8()
    sys.exit(_run(sys.argv[1:]))


def _speak_utf8() -> None:
    """JSON Lines are UTF-8, whatever cron's locale; what is no character becomes an escape that JSON knows, too."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def _run(arguments: list[str]) -> int:
    try:
        result = cli.main(args=_take_home(arguments), prog_name="postwatch", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as exc:
        return exc.exit_code
    except click.exceptions.Abort:
        print("postwatch: stopped", file=sys.stderr)
        return 130
    except click.ClickException as exc:
        exc.show()
        return EXIT_USAGE
    except BrokenPipeError:
        # The reader of our output has gone: nothing is wrong, and nothing more can be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except UnusableSettings as exc:
        for mistake in exc.mistakes:
            print(f"postwatch: {mistake}", file=sys.stderr)
        return EXIT_SETTINGS
    except PostwatchError as exc:
        print(f"postwatch: {exc}", file=sys.stderr)
        return EXIT_IN_USE if isinstance(exc, HomeInUse) else EXIT_USAGE if isinstance(exc, WrongUse) else 1
    except OSError as exc:
        print(f"postwatch: {exc.filename or 'this machine'}: {exc.strerror or exc}", file=sys.stderr)
        return 1
    except Exception as exc:
        from monitor.store.open import LedgerError

        if not isinstance(exc, LedgerError):
            raise
        print(f"postwatch: the database: {exc}: `postwatch doctor` tells more", file=sys.stderr)
        return 1


def _take_home(arguments: list[str]) -> list[str]:
    """Takes --home DIR from anywhere on the line and makes it the home of this process."""
    rest: list[str] = []
    n = 0
    while n < len(arguments):
        word = arguments[n]
        if word == "--":
            return rest + arguments[n:]
        if word == "--home" or word.startswith("--home="):
            value = word.partition("=")[2] if "=" in word else (arguments[n + 1] if n + 1 < len(arguments) else "")
            if not value:
                raise click.UsageError("--home needs a folder")
            os.environ["POSTWATCH_HOME"] = str(Path(value).absolute())
            n += 1 if "=" in word else 2
            continue
        rest.append(word)
        n += 1
    return rest
