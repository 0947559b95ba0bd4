"""X's oEmbed, as publish.x.com answers it: a post's blockquote, without a key."""

import re
from html import escape
from typing import Any

from monitor.demo.world.http import Request, Response, json_response
from monitor.demo.world.x.fields import shown_text
from monitor.demo.world.x.problems import trouble_with_post
from monitor.demo.world.x.state import XPost, XState

_STATUS = re.compile(r"https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/(?:i/web|i|\w+)/status(?:es)?/(\d+)")
_SCRIPT = '<script async src="https://platform.twitter.com/widgets.js" charset="utf-8"></script>\n'


def blockquote(state: XState, post: XPost) -> str:
    """The official embed, without the script."""
    author = state.accounts[post.author_id]
    words = escape(shown_text(post)).replace("\n", "<br>")
    address = f"https://twitter.com/{author.username}/status/{post.id}?ref_src=twsrc%5Etfw"
    picture = ""
    if post.media:
        picture = f' <a href="https://t.co/{post.id[-10:]}">pic.twitter.com/{post.id[-10:]}</a>'
    day = f"{post.created_at:%B} {post.created_at.day}, {post.created_at.year}"
    return (
        f'<blockquote class="twitter-tweet"><p lang="{post.language}" dir="ltr">{words}{picture}</p>'
        f'&mdash; {escape(author.name)} (@{author.username}) <a href="{address}">{day}</a></blockquote>\n'
    )


def oembed(state: XState, request: Request) -> Response:
    """`/oembed?url=`: 404 for what is gone or never was, 403 for what is protected."""
    match = _STATUS.match(request.query.get("url", ""))
    if match is None:
        return json_response({"error": "Not Found", "errors": [{"code": 34, "message": "Not Found"}]}, 404)
    with state.lock:
        trouble = trouble_with_post(state, match[1], "id")
        if trouble is not None:
            status = 403 if trouble["title"] == "Authorization Error" else 404
            return json_response({"error": "Sorry, you are not authorized" if status == 403 else "Not Found"}, status)
        post = state.posts[match[1]]
        author = state.accounts[post.author_id]
        html = blockquote(state, post)
    script = "" if request.query.get("omit_script") in ("1", "true", "t") else _SCRIPT
    content: dict[str, Any] = {
        "url": f"https://twitter.com/{author.username}/status/{post.id}",
        "author_name": author.name,
        "author_url": f"https://twitter.com/{author.username}",
        "html": html + script + "\n",
        "width": 550,
        "height": None,
        "type": "rich",
        "cache_age": "3153600000",
        "provider_name": "Twitter",
        "provider_url": "https://twitter.com",
        "version": "1.0",
    }
    return json_response(content)
