"""X's API v2 as its published OpenAPI description (2.159) tells it, with its accounts and posts in memory."""

from monitor.demo.world.x.server import TOKEN, XServer
from monitor.demo.world.x.state import XAccount, XMedia, XPost

__all__ = ["TOKEN", "XAccount", "XMedia", "XPost", "XServer"]
