"""Postwatch: the posts that news articles cite, watched, kept and linked back."""

__version__ = "0.1.0"
