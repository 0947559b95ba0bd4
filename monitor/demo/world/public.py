"""The free public answers of many platforms, each by its own path and in its own shape, from one table of posts.

`[check] endpoints` of a home, or of a test, points the platforms here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from html import escape
from urllib.parse import parse_qs, urlsplit

from monitor import clock
from monitor.demo.world.http import Request, Response, html_response, json_response, not_found
from monitor.demo.world.server import Server
from monitor.platforms.availability import QUESTIONS

_JPEG = b"\xff\xd8\xff\xe0demo\xff\xd9"


@dataclass(frozen=True, slots=True)
class PublicPost:
    """A post as its platform shows it to everybody."""

    platform: str
    id: str
    handle: str
    text: str
    at: datetime


class PublicServer(Server):
    """Posts come and go while it runs; what it does not know, it denies as each platform does."""

    def __init__(self) -> None:
        super().__init__()
        self._posts: dict[tuple[str, str], PublicPost] = {}
        self._answers: tuple[tuple[str, Callable[[Request, str], Response]], ...] = (
            ("/oembed", self._oembed),
            ("/vi/", self._youtube_picture),
            ("/xrpc/app.bsky.feed.getPostThread", self._bluesky),
            ("/api/v1/statuses/", self._mastodon),
            ("/api/info.json", self._reddit),
            ("/api/oembed.json", self._vimeo),
            ("/video/", self._dailymotion),
            ("/p/", self._instagram),
        )

    def endpoints(self) -> dict[str, str]:
        """What `[check] endpoints` holds: every platform, so that nobody else is asked."""
        return dict.fromkeys(sorted(QUESTIONS), self.url)

    def add(self, post: PublicPost) -> PublicPost:
        """Shows a post from now on."""
        self._posts[post.platform, post.id] = post
        return post

    def delete(self, platform: str, post_id: str) -> None:
        """Denies a post from now on."""
        self._posts.pop((platform, post_id), None)

    def answer(self, request: Request) -> Response:
        """The platform's answer, told by the path; all other paths are taken for Telegram's."""
        for start, found in self._answers:
            if request.path.startswith(start):
                return found(request, request.path[len(start) :])
        return self._telegram(request)

    def _oembed(self, request: Request, _rest: str) -> Response:
        parts = urlsplit(request.query.get("url", ""))
        if "youtube" in parts.netloc:
            return self._youtube(parse_qs(parts.query).get("v", [""])[0])
        return self._tiktok(parts.path.rpartition("/")[2])

    def _youtube(self, post_id: str) -> Response:
        post = self._posts.get(("youtube", post_id))
        if post is None:
            return Response(404, (("Content-Type", "text/html; charset=utf-8"),), b"Not Found")
        frame = f'<iframe src="https://www.youtube.com/embed/{post.id}?feature=oembed"></iframe>'
        owner = {"author_name": post.handle, "author_url": f"https://www.youtube.com/@{post.handle}"}
        return json_response({"title": post.text, **owner, "type": "video", "version": "1.0", "html": frame})

    def _youtube_picture(self, _request: Request, rest: str) -> Response:
        status = 200 if ("youtube", rest.partition("/")[0]) in self._posts else 404
        return Response(status, (("Content-Type", "image/jpeg"),), _JPEG)

    def _tiktok(self, post_id: str) -> Response:
        post = self._posts.get(("tiktok", post_id))
        if post is None:
            return json_response({"code": 400, "message": "Something went wrong"}, 400)
        owner = {"author_unique_id": post.handle, "author_name": post.handle}
        return json_response({"type": "video", "title": post.text, "embed_product_id": post.id, **owner, "html": ""})

    def _bluesky(self, request: Request, _rest: str) -> Response:
        uri = request.query.get("uri", "")
        post = self._posts.get(("bluesky", uri.rpartition("/")[2]))
        if post is None:
            return json_response({"error": "NotFound", "message": f"Post not found: {uri}"}, 400)
        record = {"text": post.text, "createdAt": clock.text(post.at)}
        return json_response({"thread": {"post": {"uri": uri, "author": {"handle": post.handle}, "record": record}}})

    def _mastodon(self, _request: Request, rest: str) -> Response:
        post = self._posts.get(("mastodon", rest))
        if post is None:
            return json_response({"error": "Record not found"}, 404)
        account = {"acct": post.handle, "display_name": post.handle}
        words = f"<p>{escape(post.text)}</p>"
        told = {"id": post.id, "created_at": clock.text(post.at), "edited_at": None, "content": words}
        return json_response({**told, "account": account})

    def _reddit(self, request: Request, _rest: str) -> Response:
        post = self._posts.get(("reddit", request.query.get("id", "").removeprefix("t3_")))
        children = []
        if post is not None:
            told = {"name": f"t3_{post.id}", "title": post.text, "author": post.handle, "selftext": ""}
            children = [{"kind": "t3", "data": {**told, "created_utc": post.at.timestamp()}}]
        return json_response({"kind": "Listing", "data": {"children": children}})

    def _vimeo(self, request: Request, _rest: str) -> Response:
        post = self._posts.get(("vimeo", request.query.get("url", "").rpartition("/")[2]))
        if post is None:
            return json_response({"error": "Not found"}, 404)
        owner = {"author_name": post.handle, "author_url": f"https://vimeo.com/{post.handle}"}
        return json_response({"type": "video", "video_id": int(post.id), "title": post.text, **owner})

    def _dailymotion(self, _request: Request, rest: str) -> Response:
        post = self._posts.get(("dailymotion", rest))
        if post is None:
            words = "This video does not exist or has been deleted."
            return json_response({"error": {"code": 404, "message": words, "type": "not_found"}}, 404)
        told = {"id": post.id, "title": post.text, "created_time": int(post.at.timestamp())}
        return json_response({**told, "owner.username": post.handle, "owner.screenname": post.handle})

    def _instagram(self, _request: Request, rest: str) -> Response:
        post = self._posts.get(("instagram", rest.partition("/")[0]))
        if post is None:
            return html_response('<!doctype html><body><div class="EmbedBrokenMedia">demo</div></body>')
        link = f'<a href="https://www.instagram.com/p/{post.id}/?utm_source=ig_embed">demo</a>'
        caption = f'<div class="Caption">{escape(post.text)}<div class="CaptionComments"></div></div>'
        return html_response(
            f'<!doctype html><body><span class="UsernameText">{post.handle}</span>{link}{caption}</body>'
        )

    def _telegram(self, request: Request) -> Response:
        name = request.path.strip("/")
        if "embed" not in request.query:
            return not_found()
        post = self._posts.get(("telegram", name))
        if post is None:
            return html_response(
                '<!doctype html><body><div class="tgme_widget_message_error">Post not found</div></body>'
            )
        words = f'<div class="tgme_widget_message_text js-message_text" dir="auto">{escape(post.text)}</div>'
        time = f'<time datetime="{clock.text(post.at)}">demo</time>'
        return html_response(
            f'<!doctype html><body><div class="tgme_widget_message js-widget_message" data-post="{post.id}">'
            f"{words}{time}</div></body>"
        )
