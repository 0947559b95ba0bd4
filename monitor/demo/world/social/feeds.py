"""Feeds of posts in the shapes that YouTube (Atom with media:group), Mastodon and Bluesky (RSS 2.0) serve."""

from datetime import datetime
from html import escape

from monitor.demo.world.http import http_date
from monitor.demo.world.social.posts import Profile, SocialPost

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def feed_of(profile: Profile, root: str) -> tuple[str, str]:
    """(content type, text) of the account's feed; `root` is the serving host's address."""
    if profile.platform == "youtube":
        return "text/xml; charset=UTF-8", _youtube(profile)
    if profile.platform == "mastodon":
        return "application/rss+xml; charset=utf-8", _mastodon(profile, root)
    return "application/rss+xml; charset=utf-8", _bluesky(profile)


def address_of(profile: Profile, post: SocialPost, root: str) -> str:
    """Where the feed says that the post stands. A Mastodon post stands on this very host."""
    if profile.platform == "youtube":
        return f"https://www.youtube.com/watch?v={post.id}"
    if profile.platform == "mastodon":
        return f"{root}/@{profile.id}/{post.id}"
    return f"https://bsky.app/profile/{profile.handle}/post/{post.id}"


def _offset(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S+00:00")


def _youtube(profile: Profile) -> str:
    channel = f"https://www.youtube.com/channel/{profile.id}"
    author = f"<author><name>{escape(profile.name)}</name><uri>{channel}</uri></author>"
    entries = "".join(_youtube_entry(profile, post, author) for post in profile.posts[:15])
    return (
        f'{_XML}<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/" '
        'xmlns="http://www.w3.org/2005/Atom">'
        f'<link rel="self" href="http://www.youtube.com/feeds/videos.xml?channel_id={profile.id}"/>'
        f"<id>yt:channel:{profile.id.removeprefix('UC')}</id><yt:channelId>{profile.id.removeprefix('UC')}</yt:channelId>"
        f'<title>{escape(profile.name)}</title><link rel="alternate" href="{channel}"/>{author}{entries}</feed>\n'
    )


def _youtube_entry(profile: Profile, post: SocialPost, author: str) -> str:
    return (
        f"<entry><id>yt:video:{post.id}</id><yt:videoId>{post.id}</yt:videoId><yt:channelId>{profile.id}</yt:channelId>"
        f'<title>{escape(post.title)}</title><link rel="alternate" href="https://www.youtube.com/watch?v={post.id}"/>'
        f"{author}<published>{_offset(post.at)}</published><updated>{_offset(post.changed_at or post.at)}</updated>"
        f"<media:group><media:title>{escape(post.title)}</media:title>"
        f'<media:content url="https://www.youtube.com/v/{post.id}?version=3" type="application/x-shockwave-flash" '
        'width="640" height="390"/>'
        f'<media:thumbnail url="https://i1.ytimg.com/vi/{post.id}/hqdefault.jpg" width="480" height="360"/>'
        f"<media:description>{escape(post.text)}</media:description><media:community>"
        '<media:starRating count="3" average="5.00" min="1" max="5"/><media:statistics views="120"/></media:community>'
        "</media:group></entry>\n"
    )


def _mastodon(profile: Profile, root: str) -> str:
    items = ""
    for post in profile.posts:
        url = address_of(profile, post, root)
        media = ""
        if post.video_url:
            media = (
                f'<media:content url="{post.video_url}" type="video/mp4" fileSize="66000" medium="video">'
                '<media:rating scheme="urn:simple">nonadult</media:rating>'
                '<media:description type="plain">demo video</media:description></media:content>'
            )
        words = escape(f"<p>{escape(post.text)}</p>")
        items += (
            f'<item><guid isPermaLink="true">{url}</guid><link>{url}</link><pubDate>{http_date(post.at)}</pubDate>'
            f"<description>{words}</description>{media}<category>demo</category></item>\n"
        )
    head = f"<title>{escape(profile.name)}</title><description>Public posts from @{profile.handle}</description>"
    return (
        f'{_XML}<rss version="2.0" xmlns:webfeeds="http://webfeeds.org/rss/1.0" '
        f'xmlns:media="http://search.yahoo.com/mrss/"><channel>{head}<link>{root}/@{profile.id}</link>'
        f"<generator>Mastodon v4.4.0</generator>\n{items}</channel></rss>\n"
    )


def _bluesky(profile: Profile) -> str:
    items = "".join(
        f"<item><link>{address_of(profile, post, '')}</link><description>{escape(post.text)}</description>"
        f"<pubDate>{post.at:%d %b %Y %H:%M} +0000</pubDate>"
        f'<guid isPermaLink="false">at://{profile.id}/app.bsky.feed.post/{post.id}</guid></item>\n'
        for post in profile.posts
    )
    return (
        f'{_XML}<rss version="2.0"><channel><description>demo</description>'
        f"<link>https://bsky.app/profile/{profile.handle}</link>"
        f"<title>@{profile.handle} - {escape(profile.name)}</title>\n"
        f"{items}</channel></rss>\n"
    )
