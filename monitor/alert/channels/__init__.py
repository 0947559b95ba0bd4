"""How an alert reaches people: `open_channel` gives the sender of a channel, by the scheme of its URL."""

from monitor.alert.channels.sender import Sender
from monitor.alert.channels.table import CHANNELS, open_channel, pairs

__all__ = ["CHANNELS", "Sender", "open_channel", "pairs"]
