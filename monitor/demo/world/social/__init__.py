"""Sources without a key: feeds of posts as YouTube, Mastodon and Bluesky give them, X's oEmbed, pages with a video."""

from monitor.demo.world.social.posts import Profile, SocialPost
from monitor.demo.world.social.server import SocialServer

__all__ = ["Profile", "SocialPost", "SocialServer"]
