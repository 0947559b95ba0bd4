"""PeerTube: how it writes its addresses and embeds its posts."""
