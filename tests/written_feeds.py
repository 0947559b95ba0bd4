"""Feeds in the shapes that platforms and publishers write them, with a fictional cast."""

YOUTUBE_URL = "https://www.youtube.com/feeds/videos.xml?channel_id=UCharbourlightsdemo00001"
YOUTUBE = b"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns="http://www.w3.org/2005/Atom">
 <id>yt:channel:harbourlightsdemo00001</id><yt:channelId>harbourlightsdemo00001</yt:channelId><title>Harbour Lights</title>
 <link rel="alternate" href="https://www.youtube.com/channel/UCharbourlightsdemo00001"/>
 <published>2020-01-01T00:00:00+00:00</published>
 <entry><id>yt:video:qUAYqUAYq02</id><yt:videoId>qUAYqUAYq02</yt:videoId><yt:channelId>UCharbourlightsdemo00001</yt:channelId>
  <title>Ferry leaves the quay</title><link rel="alternate" href="https://www.youtube.com/watch?v=qUAYqUAYq02"/>
  <author><name>Harbour Lights</name><uri>https://www.youtube.com/channel/UCharbourlightsdemo00001</uri></author>
  <published>2026-11-22T10:00:00+00:00</published><updated>2026-11-22T11:00:00+00:00</updated>
  <media:group><media:title>Ferry leaves the quay</media:title>
   <media:content url="https://www.youtube.com/v/qUAYqUAYq02?version=3" type="application/x-shockwave-flash"/>
   <media:thumbnail url="https://i.ytimg.com/vi/qUAYqUAYq02/hqdefault.jpg" width="480" height="360"/>
   <media:description>Filmed at dawn.
Wind &lt; 3 knots.</media:description></media:group></entry>
 <entry><id>yt:video:qUAYqUAYq01</id><yt:videoId>qUAYqUAYq01</yt:videoId><yt:channelId>UCharbourlightsdemo00001</yt:channelId>
  <title>Crane test</title><author><name>Harbour Lights</name></author><published>2026-11-20T10:00:00+00:00</published></entry>
</feed>"""

MASTODON_URL = "https://boats.example/@olga_pier.rss"
MASTODON = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/">
 <channel><title>Olga Pier</title><link>https://boats.example/@olga_pier</link><generator>Mastodon v4.5.1</generator>
  <item><guid isPermaLink="true">https://boats.example/@olga_pier/115593200000000002</guid>
   <link>https://boats.example/@olga_pier/115593200000000002</link><pubDate>Sun, 22 Nov 2026 10:00:00 +0000</pubDate>
   <description>&lt;p&gt;The ferry &amp;amp; the crane.&lt;br /&gt;See &lt;a href="https://news.example/quay"&gt;&lt;span
 class="invisible"&gt;https://&lt;/span&gt;news.example/quay&lt;/a&gt;&lt;/p&gt;&lt;p&gt;More tomorrow.&lt;/p&gt;</description>
   <media:content url="https://files.boats.example/a.mp4" type="video/mp4" fileSize="1200" medium="video"><media:rating
 scheme="urn:simple">nonadult</media:rating><media:description type="plain">A ferry turns</media:description></media:content>
   <media:content url="https://files.boats.example/b.png" type="image/png" medium="image"><media:description
 type="plain">A crane</media:description></media:content></item>
  <item><guid isPermaLink="true">https://boats.example/@olga_pier/115593100000000001</guid>
   <link>https://boats.example/@olga_pier/115593100000000001</link><pubDate>Sat, 21 Nov 2026 10:00:00 +0000</pubDate>
   <description>&lt;p&gt;First light.&lt;/p&gt;</description></item>
 </channel></rss>"""

BLUESKY_URL = "https://bsky.app/profile/did:plc:demodemodemodemodemodemo/rss"
BLUESKY = b"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>
 <link>https://bsky.app/profile/marek.demo.example</link><title>@marek.demo.example - Marek of the Docks</title>
 <item><link>https://bsky.app/profile/marek.demo.example/post/3m6a2b3c4d52e</link><description>Fog over the docks
again</description><pubDate>22 Nov 2026 10:00 +0000</pubDate>
  <guid isPermaLink="false">at://did:plc:demodemodemodemodemodemo/app.bsky.feed.post/3m6a2b3c4d52e</guid></item>
</channel></rss>"""

BRIDGE_URL = "https://bridge.example/telegram/dockwatch"
BRIDGE = b"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>
 <title>Dock Watch</title><link>https://t.me/s/dockwatch</link>
 <item><title>The gate is open. Lorries are moving...</title>
  <description><![CDATA[<p>The gate is open. Lorries are moving again.</p><script>alert(1)</script>]]></description>
  <link>https://t.me/dockwatch/42</link><guid isPermaLink="false">https://t.me/dockwatch/42</guid>
  <pubDate>Sun, 22 Nov 2026 09:00:00 GMT</pubDate><enclosure url="/files/42.mp4" type="video/mp4" length="10"/>
  <enclosure url="/files/42.ogg" type="audio/ogg" length="10"/><enclosure url="/files/42.zip" type="application/zip"/></item>
 <item><description>Words without a date or a link</description><guid isPermaLink="false">a note with spaces</guid></item>
</channel></rss>"""

RSS_URL = "https://news.example/feeds/all.xml"
RSS = b"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbour &amp;amp; Coast</title><link>https://news.example/</link>
 <item><title>Undated note</title><link>/notes/1</link></item>
 <item><title>Old: quay closed</title><link>https://news.example/quay</link><guid isPermaLink="false">art-1</guid>
  <pubDate>Fri, 20 Nov 2026 08:00:00 +0100</pubDate><dc:creator>Ida Brandt</dc:creator><description>Short.</description>
  <content:encoded><![CDATA[<p>The quay is closed.</p><p>Until May.</p>]]></content:encoded></item>
 <item><title>New: quay open</title><link>https://news.example/open</link><guid isPermaLink="false">art-2</guid>
  <pubDate>Sun, 22 Nov 2026 08:00:00 +0000</pubDate></item>
</channel></rss>"""

ATOM = b"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Coast</title>
 <link href="https://coast.example/"/><updated>2026-11-22T10:00:00Z</updated><id>urn:coast</id>
 <entry><title type="html">Tide &lt;b&gt;rises&lt;/b&gt;</title><id>urn:coast:1</id><link href="../a/1"/>
  <updated>2026-11-22T10:00:00Z</updated><author><name>Ida Brandt</name></author><author><name>Per Holm</name></author>
  <summary>High water at noon.</summary></entry></feed>"""

JSON_FEED = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "Coast", "home_page_url": "https://coast.example/",
 "authors": [{"name": "The desk"}], "items": [
  {"id": 7, "url": "/a/7", "title": "Seven", "content_html": "<p>One</p><p>Two</p>",
   "date_published": "2026-11-20T10:00:00+01:00"},
  {"id": "8", "url": "https://coast.example/a/8", "title": "Eight \\ud800", "content_text": "Plain & simple",
   "date_published": "2026-11-22T10:00:00Z", "date_modified": "2026-11-22T12:00:00Z", "authors": [{"name": "Ida Brandt"}],
   "attachments": [{"url": "/8.mp4", "mime_type": "video/mp4", "duration_in_seconds": 12}]},
  {"title": "no id"}, "no item"]}"""
