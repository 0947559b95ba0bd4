"""One host for all keyless sources:

/feeds/videos.xml?channel_id=UC...      YouTube's channel feed
/@name.rss, /@name/ID                   Mastodon's feed, and a post's page with its video
/profile/did:.../rss                    Bluesky's feed
/oembed?url=                            X's oEmbed
/watch/NAME                             a page with a <video>, for a generic extractor
"""

import hashlib
import re
from html import escape

from monitor.demo.world.http import Request, Response, html_response, not_found
from monitor.demo.world.server import Server
from monitor.demo.world.social.feeds import feed_of
from monitor.demo.world.social.oembed import oembed
from monitor.demo.world.social.posts import Platform, Profile
from monitor.demo.world.x.state import XState

_PATHS = (
    (re.compile(r"/@(\w+)\.rss"), "mastodon"),
    (re.compile(r"/profile/(did:[\w:.%-]+)/rss"), "bluesky"),
)
_POST = re.compile(r"/@(\w+)/(\d+)")
_NO_ICON = '<link rel="icon" href="data:,">'


class SocialServer(Server):
    """Profiles are changed while it runs; `x` is where oEmbed looks."""

    def __init__(self, x: XState) -> None:
        super().__init__()
        self._x = x
        self.profiles: list[Profile] = []
        self._videos: dict[str, tuple[str, str]] = {}

    def add_profile(self, platform: Platform, profile_id: str, name: str, handle: str) -> Profile:
        """A new account without posts."""
        profile = Profile(platform, profile_id, name, handle)
        self.profiles.append(profile)
        return profile

    def feed_url(self, profile: Profile) -> str:
        """Where the account's feed is served."""
        if profile.platform == "youtube":
            return f"{self.url}/feeds/videos.xml?channel_id={profile.id}"
        return (
            f"{self.url}/@{profile.id}.rss"
            if profile.platform == "mastodon"
            else f"{self.url}/profile/{profile.id}/rss"
        )

    def put_video_page(self, name: str, title: str, video_url: str) -> str:
        """Serves a page with a `<video>`; its address."""
        self._videos[f"/watch/{name}"] = (title, video_url)
        return f"{self.url}/watch/{name}"

    def answer(self, request: Request) -> Response:
        """A feed, an oEmbed answer, or a page."""
        if request.path == "/oembed":
            return oembed(self._x, request)
        if request.path in self._videos:
            return _video_page(*self._videos[request.path])
        if request.path == "/feeds/videos.xml":
            return self._feed(request, "youtube", request.query.get("channel_id", ""))
        for pattern, platform in _PATHS:
            match = pattern.fullmatch(request.path)
            if match:
                return self._feed(request, platform, match[1])
        match = _POST.fullmatch(request.path)
        return self._post_page(*match.groups()) if match else not_found()

    def _feed(self, request: Request, platform: str, profile_id: str) -> Response:
        for profile in self.profiles:
            if (profile.platform, profile.id) == (platform, profile_id):
                content_type, text = feed_of(profile, self.url)
                body = text.encode()
                etag = f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'
                if request.headers.get("if-none-match") == etag:
                    return Response(304, (("ETag", etag),))
                return Response(200, (("Content-Type", content_type), ("ETag", etag)), body)
        return not_found()

    def _post_page(self, name: str, post_id: str) -> Response:
        for profile in self.profiles:
            for post in profile.posts if profile.platform == "mastodon" and profile.id == name else ():
                if post.id == post_id:
                    return _video_page(f"{profile.name}: {post.text}", post.video_url)
        return not_found()


def _video_page(title: str, video_url: str | None) -> Response:
    player = f'<video src="{video_url}" controls width="640" height="360"></video>' if video_url else ""
    card = f'<meta property="og:video" content="{video_url}"><meta property="og:video:type" content="video/mp4">'
    head = f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>{_NO_ICON}'
    return html_response(
        f"{head}{card if video_url else ''}</head><body><h1>{escape(title)}</h1>{player}<p>demo</p></body></html>"
    )
