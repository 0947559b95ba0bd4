"""The condition `has_video`."""

from monitor.model.alert import Fact
from monitor.settings.rules import Rule


def meets(fact: Fact, rule: Rule) -> bool:
    """Whether the fact has a video, or has none, as the rule wants it."""
    return rule.has_video is None or fact.has_video == rule.has_video
