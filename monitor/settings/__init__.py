"""The newsroom's settings: `config/*.toml` and the environment -> one frozen `Settings`.

`load(home)` is the call a reader comes for. It is the only reader of config/, and tells all mistakes at once.
"""

from monitor.settings.channels import Channel
from monitor.settings.declared import Options
from monitor.settings.entries import AccountEntry, ArticleEntry, FeedEntry
from monitor.settings.load import Settings, WatchEntry, defaults, load
from monitor.settings.people import Escalation, Person
from monitor.settings.rules import Rule
from monitor.settings.secrets import Secrets

__all__ = [
    "AccountEntry",
    "ArticleEntry",
    "Channel",
    "Escalation",
    "FeedEntry",
    "Options",
    "Person",
    "Rule",
    "Secrets",
    "Settings",
    "WatchEntry",
    "defaults",
    "load",
]
