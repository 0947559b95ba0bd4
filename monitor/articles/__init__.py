"""Pages of publishers: fetched, read, and searched for the posts that they cite."""
