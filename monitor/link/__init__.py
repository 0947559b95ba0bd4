"""From articles to the posts they speak of without an address: `suggest.suggestions` is the call. Pure."""
