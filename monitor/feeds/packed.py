"""Lists served as .gz files, which are packed beside any coding of the answer."""

from monitor.errors import NotUnderstood
from monitor.net.decoding import Decoder

_GZIP = b"\x1f\x8b"


def unpacked(content: bytes, most: int) -> tuple[bytes, str]:
    """The content without gzip, and what was wrong with it ("" for nothing): a file that breaks off gives what came.

    Raises TooLarge beyond `most` bytes.
    """
    if not content.startswith(_GZIP):
        return content, ""
    decoder = Decoder("gzip", most)
    fault = ""
    try:
        for start in range(0, len(content), 65_536):
            decoder.feed(content[start : start + 65_536])
    except NotUnderstood as error:
        fault = f"its gzip data is damaged: {error}"
    if not fault and not decoder.is_complete:
        fault = "its gzip data breaks off"
    return bytes(decoder.content), fault
