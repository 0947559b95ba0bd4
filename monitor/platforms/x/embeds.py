"""How X's posts are embedded: widgets.js blockquotes, rendered frames, AMP, and the ids that lazy loaders keep."""

import re

from monitor.platforms.markup import BareId, Markup, on

MARKUP = Markup(
    names=frozenset({"twitter", "tweet", "x", "xpost", "tweets"}),
    containers=frozenset(
        {"twitter-tweet", "twitter-video", "twitter-tweet-rendered", "twitter-quote", "react-tweet-theme"}
    ),
    bare_ids=(
        BareId("data-tweet-id"),
        BareId("data-tweetid"),
        BareId("data-twitter-id"),
        BareId("data-twitter-tweet-id"),
        BareId("data-tweet"),
        BareId("tweet-id"),
        BareId("tweetid"),
        BareId("data-status-id", needs_name=True),
        BareId("id", on("tweet", "react-tweet", "x-tweet")),
        BareId("status", on("embetty-tweet")),
    ),
    calls=(
        re.compile(r"""createTweet(?:Embed)?\(\s*['"]([0-9]{6,20})['"]"""),
        re.compile(r"""createVideo\(\s*['"]([0-9]{6,20})['"]"""),
    ),
    call_signs=("createtweet", "createvideo"),
)
