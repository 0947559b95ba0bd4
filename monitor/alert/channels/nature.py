"""Whether a channel is read by people or by programs, and whether others can read along: told by its URL's scheme."""

import re

_MACHINES = re.compile(r"webhook\+https?|console|jsons?|xmls?|forms?|syslog")
_OURS = re.compile(r"webhook\+https?|console|mailtos?|syslog")


def _scheme(url: str) -> str:
    return url.strip().partition("://")[0].lower()


def for_machines(url: str) -> bool:
    """Whether programs read it, each alert by itself."""
    return _MACHINES.fullmatch(_scheme(url)) is not None


def of_others(url: str) -> bool:
    """Whether it runs over a service of somebody else, who can read what is sent."""
    return _OURS.fullmatch(_scheme(url)) is None


def takes_pictures(url: str) -> bool:
    """Whether we know how to put a picture into its messages."""
    return _scheme(url) in ("mailto", "mailtos")
