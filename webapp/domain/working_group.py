"""Who sits in a subdistrict's working group, as an officer enters them."""

from __future__ import annotations

import re
from dataclasses import dataclass

SECTORS = ("state", "private", "people")
LONGEST = 120
ENDINGS = ("ended", "removed")
"""Left the group; or was entered by mistake."""

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Seat:
    """A person, what they are there, and the agency and sector they come from."""

    name_th: str
    agency_th: str
    sector: str
    position_th: str = ""

    def tidy(self) -> Seat:
        """Without blanks at the ends, none doubled within."""
        name, agency, position = (
            _SPACE.sub(" ", one).strip() for one in (self.name_th, self.agency_th, self.position_th)
        )
        return Seat(name, agency, self.sector, position)

    @property
    def agency_key(self) -> str:
        """The agency without blanks, dots and case: typed twice it is still one agency."""
        return re.sub(r"[\s.\u200b]+", "", self.agency_th).casefold()
