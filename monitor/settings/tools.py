"""`config/tools.toml`, declared: tools of others that a case links to, as addresses with gaps."""

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from monitor.settings.table import Table

GAPS = ("image", "url", "handle", "latitude", "longitude", "day", "claim")
"""What an address may ask for: the platform's own public picture, the post's address, its author's handle, the place, the day on which it was
posted, what is claimed. A tool whose gap a case cannot fill is not shown."""


def _template(value: str) -> str:
    unknown = [gap for gap in re.findall(r"\{(.*?)\}", value) if gap not in GAPS]
    if unknown:
        raise ValueError(f"{{{unknown[0]}}} is no gap that we fill; there are: {', '.join(GAPS)}")
    parts = urlsplit(re.sub(r"\{.*?\}", "0", value))
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("write an address that begins with https://")
    if "{" in value.split("://", 1)[-1].split("/", 1)[0]:
        raise ValueError("the host must stand there as it is: it is shown to whoever is about to ask it")
    return value


class Tool(Table):
    """A tool of somebody else, opened in a tab of its own. It learns what is worked on: links show only once a case's switch lets them, each with the host that it asks."""

    name: str = Field(description="What the link says.", examples=["Map"], min_length=1, max_length=60)
    url: Annotated[str, AfterValidator(_template)] = Field(
        description="Its address; gaps {image}, {url}, {handle}, {latitude}, {longitude}, {day}, {claim} are filled, percent-encoded.",
        examples=["https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=16/{latitude}/{longitude}"],
        max_length=500,
    )


class ToolFile(Table):
    """`config/tools.toml`."""

    tool: tuple[Tool, ...] = ()


USUAL = (
    ("Google Lens", "https://lens.google.com/uploadbyurl?url={image}"),
    ("TinEye", "https://www.tineye.com/search?url={image}"),
    ("Yandex images", "https://yandex.com/images/search?url={image}&rpt=imageview"),
    ("Bing images", "https://www.bing.com/images/searchbyimage?cbir=ssbi&imgurl={image}"),
    ("Fact checks", "https://toolbox.google.com/factcheck/explorer/search/{claim}"),
    ("Wayback Machine", "https://web.archive.org/web/*/{url}"),
    (
        "OpenStreetMap",
        "https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=16/{latitude}/{longitude}",
    ),
    ("Sun", "https://www.suncalc.org/#/{latitude},{longitude},16/{day}/12:00/1/3"),
)
"""What the file holds as it is shipped: addresses change, so they are the newsroom's to edit."""
