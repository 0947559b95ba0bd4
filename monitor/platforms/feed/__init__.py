"""Feeds of posts: YouTube's, Mastodon's, Bluesky's, and any other. No key is needed."""
