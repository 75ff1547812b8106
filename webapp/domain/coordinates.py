"""A village's coordinates: read as typed, and what is wrong with them, in words."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from webapp.domain.identifiers import to_arabic_digits

MARGIN = 0.1
"""Degrees around a boundary's box within which a point is believed (about 11 km)."""

KNOWN_MAP_CENTRES = ((13.72707, 100.53409), (13.7563, 100.5018), (15.87, 100.9925))
"""Where map widgets open when nobody has moved them: Bangkok twice, and the middle of Thailand."""


@dataclass(frozen=True)
class Point:
    """A place on earth in WGS84 degrees."""

    latitude: float
    longitude: float

    def written(self) -> str:
        """Latitude first, as people write it; five decimals are a metre."""
        return f"{self.latitude:.5f}, {self.longitude:.5f}"


@dataclass(frozen=True)
class Box:
    """A rectangle of WGS84 degrees, and the Thai name of the area it goes round."""

    west: float
    south: float
    east: float
    north: float
    name_th: str

    def grown(self, degrees: float = MARGIN) -> Box:
        """The same box, larger by so many degrees on every side."""
        return Box(
            self.west - degrees,
            self.south - degrees,
            self.east + degrees,
            self.north + degrees,
            self.name_th,
        )

    def holds(self, point: Point) -> bool:
        """Whether the point lies inside."""
        return (
            self.south <= point.latitude <= self.north and self.west <= point.longitude <= self.east
        )


THAILAND = Box(97.34, 5.61, 105.64, 20.47, "ประเทศไทย")


@dataclass(frozen=True)
class CoordinateProblem:
    """Why a coordinate is not believed; `kind` is a stable word, the message is for people."""

    kind: str
    message_th: str


_MESSAGES = {
    "one_missing": "มีละติจูดหรือลองจิจูดเพียงค่าเดียว",
    "not_a_number": "พิกัดไม่ใช่ตัวเลข",
    "zero": "พิกัดเป็นศูนย์",
    "default_map_centre": "พิกัดเป็นจุดกลางแผนที่ที่ยังไม่ได้ปักหมุด",
    "utm_metres": "พิกัดเป็นเมตร (UTM) ไม่ใช่องศา",
    "swapped": "ละติจูดกับลองจิจูดสลับกัน",
    "lost_decimal_point": "จุดทศนิยมหายไป",
    "digit_wrong": "ตัวเลของศาผิดไปหนึ่งหลัก",
    "out_of_area": "พิกัดอยู่นอก{area}",
}
KINDS = tuple(_MESSAGES)


def read(latitude: str, longitude: str) -> Point | CoordinateProblem | None:
    """The point two typed values mean; None where both are empty."""
    texts = [to_arabic_digits(text).strip().replace(",", "") for text in (latitude, longitude)]
    if not any(texts):
        return None
    if not all(texts):
        return _problem("one_missing")
    try:
        point = Point(*(float(text) for text in texts))
    except ValueError:
        return _problem("not_a_number")
    finite = math.isfinite(point.latitude) and math.isfinite(point.longitude)
    return point if finite else _problem("not_a_number")


def problem_of(point: Point, box: Box, *, repeated: bool = False) -> CoordinateProblem | None:
    """What is wrong with a point that should lie in the box; None where it lies there.

    `repeated`: several rows of the list have exactly this point, as an untouched map centre does.
    """
    if abs(point.latitude) < 0.01 and abs(point.longitude) < 0.01:
        return _problem("zero")
    if box.holds(point):
        return None
    if repeated or any(
        math.dist((point.latitude, point.longitude), c) < 1e-4 for c in KNOWN_MAP_CENTRES
    ):
        return _problem("default_map_centre")
    if _looks_like_metres(point):
        return _problem("utm_metres", meant=_from_metres(point, box))
    for kind, meant in _slips(point):
        if box.holds(meant):
            return _problem(kind, meant=meant)
    return _problem("out_of_area", area=box.name_th)


def _problem(kind: str, *, meant: Point | None = None, area: str = "") -> CoordinateProblem:
    hint = f" (อาจเป็น {meant.written()})" if meant else ""
    return CoordinateProblem(kind, _MESSAGES[kind].format(area=area) + hint)


def _slips(point: Point) -> Iterator[tuple[str, Point]]:
    yield "swapped", Point(point.longitude, point.latitude)
    for kind, variants in (("lost_decimal_point", _rescaled), ("digit_wrong", _other_digits)):
        for latitude in variants(point.latitude):
            yield kind, Point(latitude, point.longitude)
        for longitude in variants(point.longitude):
            yield kind, Point(point.latitude, longitude)


def _rescaled(value: float) -> Iterator[float]:
    if abs(value) > 180:
        yield from (value / 10**places for places in range(1, 20))


def _other_digits(value: float) -> Iterator[float]:
    if abs(value) > 999:
        return
    whole = int(value)
    fraction = value - whole
    text = str(whole)
    for place, old in enumerate(text):
        for new in "0123456789":
            if new != old:
                yield int(text[:place] + new + text[place + 1 :]) + fraction


def _looks_like_metres(point: Point) -> bool:
    easting, northing = sorted((point.latitude, point.longitude))
    return 100_000 <= easting < 1_000_000 and 500_000 <= northing < 2_400_000


def _from_metres(point: Point, box: Box) -> Point | None:
    """Thailand lies in zones 47 and 48; the first that puts the point into the box is meant."""
    easting, northing = sorted((point.latitude, point.longitude))
    found = (from_utm(easting, northing, zone) for zone in (47, 48))
    return next((meant for meant in found if box.holds(meant)), None)


def from_utm(easting: float, northing: float, zone: int) -> Point:
    """UTM metres of the northern hemisphere as WGS84 degrees (Snyder 1987, pp. 63-64)."""
    axis, e2, scale = 6_378_137.0, 0.00669437999014, 0.9996
    ep2, root = e2 / (1 - e2), math.sqrt(1 - e2)
    e1 = (1 - root) / (1 + root)
    mu = northing / scale / (axis * (1 - e2 / 4 - 3 * e2**2 / 64 - 5 * e2**3 / 256))
    phi = (
        mu
        + (3 * e1 / 2 - 27 * e1**3 / 32) * math.sin(2 * mu)
        + (21 * e1**2 / 16 - 55 * e1**4 / 32) * math.sin(4 * mu)
        + 151 * e1**3 / 96 * math.sin(6 * mu)
    )
    sine, cosine, tangent = math.sin(phi), math.cos(phi), math.tan(phi)
    bend = 1 - e2 * sine**2
    n, t, c = axis / math.sqrt(bend), tangent**2, ep2 * cosine**2
    d = (easting - 500_000) / (n * scale)
    r = axis * (1 - e2) / bend**1.5
    north = phi - n * tangent / r * (
        d**2 / 2 - (5 + 3 * t + 10 * c - 4 * c**2 - 9 * ep2) * d**4 / 24
    )
    east = (d - (1 + 2 * t + c) * d**3 / 6) / cosine
    return Point(math.degrees(north), math.degrees(east) + zone * 6 - 183)
