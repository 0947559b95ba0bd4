"""Which of an attachment's addresses to fetch."""

from monitor.model.post import Attachment, Variant

_MANIFESTS = ("application/x-mpegurl", "application/vnd.apple.mpegurl", "application/dash+xml")


def is_manifest(content_type: str) -> bool:
    """Whether it is a list of segments rather than a file."""
    return content_type.partition(";")[0].strip().lower() in _MANIFESTS


def best_variant(attachment: Attachment) -> Variant | None:
    """The MP4 of the highest bit rate, else another file, else a manifest, else the attachment's own address."""

    def rank(variant: Variant) -> tuple[int, int]:
        form = (
            0 if is_manifest(variant.content_type) else 2 if variant.content_type.lower().startswith("video/mp4") else 1
        )
        return form, variant.bit_rate or 0

    if attachment.variants:
        return max(attachment.variants, key=rank)
    return Variant(attachment.url, "") if attachment.url else None
