"""How Truth Social's posts are embedded: frames, beside a script that sets their height."""

from monitor.platforms.markup import BareId, Markup

MARKUP = Markup(
    names=frozenset({"truthsocial", "truth-social", "truth_social"}), bare_ids=(BareId("data-truthsocial-id"),)
)
