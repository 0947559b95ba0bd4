"""Where something was recorded: latitude and longitude as people write them, and how exact that is."""

import math

PRECISIONS = (10, 100, 1_000, 10_000, 100_000)
"""Metres: a doorway, a building, a quarter, a town, a region."""


def coordinates(text: str) -> tuple[float, float]:
    """Latitude and longitude in degrees from "50.4501, 30.5234". Raises ValueError, which says what to write."""
    parts = text.replace(";", ",").split(",") if "," in text or ";" in text else text.split()
    try:
        latitude, longitude = (float(part.strip().rstrip("°")) for part in parts)
    except ValueError:
        raise ValueError('write latitude and longitude in degrees, such as "50.4501, 30.5234"') from None
    if not (math.isfinite(latitude) and abs(latitude) <= 90):
        raise ValueError("the latitude lies between -90 and 90")
    if not (math.isfinite(longitude) and abs(longitude) <= 180):
        raise ValueError("the longitude lies between -180 and 180")
    return latitude, longitude
