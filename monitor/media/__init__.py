"""Files of posts: fetched, read and kept, each dangerous step in a process that can be killed."""
