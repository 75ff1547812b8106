"""Settings, read once from the environment into one frozen dataclass."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

VERSION = "0.1.0"


@dataclass(frozen=True)
class Config:
    """Everything that differs between one installation and another."""

    database_url: str
    owner_url: str = ""
    loader_url: str = ""
    reader_url: str = ""
    var: Path = field(default_factory=lambda: Path("var"))
    demo: bool = False
    testing: bool = False
    behind_tls: bool = False
    trusted_proxies: int = 0
    pool_size: int = 8
    basemap_pmtiles: str = ""
    basemap_tile_url: str = ""
    basemap_attribution: str = ""
    checkpoints_file: str = ""

    @property
    def keys(self) -> Path:
        """The folder of keys; never in the database or its backups."""
        return self.var / "keys"

    @property
    def evidence(self) -> Path:
        """The folder of sealed evidence, by digest."""
        return self.var / "evidence"

    @property
    def documents(self) -> Path:
        """The folder of documents that officers hand out, by digest."""
        return self.var / "documents"

    @property
    def checkpoints(self) -> Path:
        """The audit chain's signed checkpoints; best on another disk than the database's."""
        return Path(self.checkpoints_file or self.var / "checkpoints" / "audit.jws")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Config:
        """Read JPT_* variables; a missing database address is a clear error."""
        database_url = environment.get("JPT_DATABASE_URL", "")
        if not database_url:
            raise RuntimeError("JPT_DATABASE_URL is not set: start with bin/run")
        return cls(
            database_url=database_url,
            owner_url=environment.get("JPT_OWNER_URL", ""),
            loader_url=environment.get("JPT_LOADER_URL", ""),
            reader_url=environment.get("JPT_READER_URL", ""),
            var=Path(environment.get("JPT_VAR", "var")).absolute(),
            demo=environment.get("JPT_DEMO", "") == "1",
            testing=environment.get("JPT_TESTING", "") == "1",
            behind_tls=environment.get("JPT_BEHIND_TLS", "") == "1",
            trusted_proxies=int(environment.get("JPT_TRUSTED_PROXIES", "0")),
            pool_size=int(environment.get("JPT_POOL_SIZE", "8")),
            basemap_pmtiles=environment.get("JPT_BASEMAP_PMTILES", ""),
            basemap_tile_url=environment.get("JPT_BASEMAP_TILE_URL", ""),
            basemap_attribution=environment.get("JPT_BASEMAP_ATTRIBUTION", ""),
            checkpoints_file=environment.get("JPT_CHECKPOINTS", ""),
        )
