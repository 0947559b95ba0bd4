"""RSS, Atom and JSON Feed from bytes. The door of feedparser. `read.feed_of` is what a reader came for."""
