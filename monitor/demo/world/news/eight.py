"""An article that embeds posts of eight platforms, in the markup that each of them hands out; nobody in it is real."""

from datetime import datetime
from html import escape

from monitor.demo.world.news.article import NewsArticle
from monitor.demo.world.social.oembed import blockquote
from monitor.demo.world.x.state import XPost, XState

PLATFORMS = ("x", "youtube", "instagram", "tiktok", "facebook", "telegram", "bluesky", "mastodon")
_EMBEDS = {
    "youtube": '<iframe src="https://www.youtube-nocookie.com/embed/demo_DEMO-1" title="Harbour, morning (demo)" allowfullscreen></iframe>',
    "instagram": '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/DemoDEMOde1/?utm_source=ig_embed">'
    '<a href="https://www.instagram.com/p/DemoDEMOde1/">A post shared by Selane Ferries (demo)</a></blockquote>'
    '<script async src="https://www.instagram.com/embed.js"></script>',
    "tiktok": '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@ferryfan_demo/video/7300000000000000001" '
    'data-video-id="7300000000000000001"><section><a href="https://www.tiktok.com/@ferryfan_demo">@ferryfan_demo</a> '
    "<p>Waving along (demo)</p></section></blockquote>",
    "facebook": '<div class="fb-post" data-href="https://www.facebook.com/portselane.demo/posts/1000000000000017"></div>',
    "telegram": '<script async src="https://telegram.org/js/telegram-widget.js?22" data-telegram-post="selane_demo/413" data-width="100%"></script>',
    "bluesky": '<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:demodemodemodemodemodemo/app.bsky.feed.post/3demodemo2224">'
    "<p>The new ferry is blue (demo).</p>&mdash; Ferry Fan (demo) "
    '<a href="https://bsky.app/profile/did:plc:demodemodemodemodemodemo/post/3demodemo2224">today</a></blockquote>',
    "mastodon": '<iframe class="mastodon-embed" src="https://social.demo.invalid/@apron_demo/116000000000000001/embed"></iframe>',
}
_WORDS = {
    "x": "It began on X, where a former deputy minister showed the goodbye of Port Selane to whoever would look.",
    "youtube": "The harbour camera saw the same morning from the other side of the bay, and saw mostly fog.",
    "instagram": "The ferry company had its own picture up within the hour, and its captain wearing a clean shirt.",
    "tiktok": "Somebody set the waving to music, which the premier's office called respectful on the whole.",
    "facebook": "The port put its statement where it puts all its statements, and answered the first nine comments.",
    "telegram": "The channel of the airport named the minute at which the second engine started, and no other.",
    "bluesky": "A friend of ferries had eyes for nothing but the new paint, and was thanked for it.",
    "mastodon": "And one who watches the apron had been there an hour before, when there was nothing to see.",
}


def through_eight_windows(state: XState, post: XPost, at: datetime) -> NewsArticle:
    """The article; `post` is what it embeds from X."""
    embeds = {"x": blockquote(state, post), **_EMBEDS}
    blocks = [block for name in PLATFORMS for block in (f"<p>{escape(_WORDS[name])}</p>", embeds[name])]
    title = "One goodbye, seen through eight windows"
    return NewsArticle(
        "evening", "eight-windows", title, "Oskar Lindhav", at, tuple(blocks), lead="Demo: all posts here are invented."
    )
