"""Attributes of any element: those that never cite, those that name a platform, those that may then hold the bare id of a post."""

from monitor.platforms import PLATFORMS

NAMES = {name: platform.name for platform in PLATFORMS.values() for name in platform.markup.names}
"""What pages call the platforms, lower-case -> the platform."""
CONTAINERS = {name: platform.name for platform in PLATFORMS.values() for name in platform.markup.containers}
"""Classes of official embeds -> the platform."""

BUTTONS = frozenset(name for platform in PLATFORMS.values() for name in platform.markup.buttons)
"""Classes of their buttons."""

SILENT = frozenset(
    ("class", "id", "alt", "aria-label", "name", "placeholder", "data-clipboard-text", "data-share-url")
)  # fmt: skip
"""What stands in these is looked at nowhere."""

PROVIDERS = (
    "data-embed-type", "data-provider", "data-embed-provider", "data-type", "data-service", "data-platform", "data-network",
    "data-media-type", "data-plyr-provider", "data-provider-name", "data-video-provider", "data-video-type", "data-content-type", "data-source", "type", "provider", "media-type",
)  # fmt: skip

PROVIDED_IDS = (
    "data-embed-id", "data-id", "data-embed-file", "data-post-id", "data-content-id", "data-external-id", "data-media-id",
    "data-embed", "data-key", "data-item-id", "data-video-id", "data-src", "data-code", "media-id", "embed-id", "content-id", "post-id", "video-id",
)  # fmt: skip
