"""How X describes a file attached to a post."""

import re
from typing import Final

from monitor.model.post import Attachment, MediaKind, Variant
from monitor.platforms.x import fields

_KINDS: Final[dict[str, MediaKind]] = {"video": "video", "animated_gif": "gif", "photo": "photo"}
_KEY = re.compile(r"[0-9A-Za-z_-]{1,60}")


def key_of(value: object) -> str | None:
    """A media key, such as "7_1234"; None for what is none."""
    return value if isinstance(value, str) and _KEY.fullmatch(value) else None


def attachment_of(value: object, warnings: list[str]) -> Attachment | None:
    """The attachment; None, with a warning, for what has no usable key or is of an unknown type."""
    media = fields.table(value)
    key = key_of(media.get("media_key"))
    kind = _KINDS.get(str(media.get("type")))
    if key is None or kind is None:
        warnings.append(f"schema drift: a file {media.get('media_key')!a:.40} of type {media.get('type')!a:.40}")
        return None
    variants = [_variant_of(key, variant, warnings) for variant in fields.array(media.get("variants"))]
    return Attachment(
        key=key,
        kind=kind,
        url=fields.text(media.get("url")),
        preview_url=fields.text(media.get("preview_image_url")),
        variants=tuple(variant for variant in variants if variant),
        duration_ms=fields.number(media.get("duration_ms")),
        width=fields.number(media.get("width")),
        height=fields.number(media.get("height")),
        alt_text=fields.text(media.get("alt_text")),
    )


def _variant_of(key: str, value: object, warnings: list[str]) -> Variant | None:
    variant = fields.table(value)
    url = fields.text(variant.get("url"))
    if not url:
        warnings.append(f"schema drift: file {key} has a variant without an address")
        return None
    return Variant(url, fields.text(variant.get("content_type")) or "", fields.number(variant.get("bit_rate")))
