"""Who hears of a fact: `decide` asks the newsroom's rules. Pure."""

from monitor.alert.rules.decision import RULES, Decision, decide, met

__all__ = ["RULES", "Decision", "decide", "met"]
