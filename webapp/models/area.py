"""Areas from province to village, their boundaries, and the local administrations."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text, true
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, moment_now, number_key, point, polygons, string


class Area(Base):
    """One area by its official code; `path` names every area above it, ending in a dot."""

    __tablename__ = "areas"
    __table_args__ = (
        CheckConstraint(
            "level in ('country', 'province', 'district', 'subdistrict', 'village')", "level"
        ),
        CheckConstraint("right(path, 1) = '.'", "path_ends_in_a_dot"),
        Index("ix_areas_boundary", "boundary", postgresql_using="gist"),
        Index("ix_areas_parent_code", "parent_code"),
        Index("ix_areas_level_path", "level", "path", postgresql_where=text("level <> 'village'")),
        Index(
            "ix_areas_without_boundary",
            "level",
            postgresql_where=text("boundary is null and level <> 'village'"),
        ),
        Index(
            "ix_areas_village_name",
            "name_th",
            postgresql_ops={"name_th": "text_pattern_ops"},
            postgresql_where=text("level = 'village'"),
        ),
        UniqueConstraint("path"),
    )

    code: Mapped[string] = mapped_column(primary_key=True)
    level: Mapped[string]
    parent_code: Mapped[string | None] = mapped_column(ForeignKey("areas.code"))
    path: Mapped[string]
    name_th: Mapped[string]
    name_en: Mapped[string | None]
    is_active: Mapped[bool] = mapped_column(server_default=true())
    registry_version: Mapped[string | None]
    boundary: Mapped[polygons | None]
    boundary_simple: Mapped[polygons | None]
    boundary_source: Mapped[string | None]
    updated_at: Mapped[moment_now]


class LocalAdministration(Base):
    """An อปท.; its type is part of its identity."""

    __tablename__ = "local_administrations"
    __table_args__ = (
        UniqueConstraint("type", "name_th", "district_code"),
        Index("ix_local_administrations_district_code", "district_code"),
    )

    id: Mapped[number_key]
    code: Mapped[string | None]
    type: Mapped[string]
    name_th: Mapped[string]
    district_code: Mapped[string] = mapped_column(ForeignKey("areas.code"))
    revision: Mapped[int] = mapped_column(BigInteger, server_default=text("1"))


class LocalAdministrationArea(Base):
    """Which subdistricts an อปท. covers, wholly or in part."""

    __tablename__ = "local_administration_areas"
    __table_args__ = (
        CheckConstraint("coverage in ('full', 'partial')", "coverage"),
        Index("ix_local_administration_areas_subdistrict_code", "subdistrict_code"),
    )

    local_administration_id: Mapped[int] = mapped_column(
        ForeignKey("local_administrations.id"), primary_key=True
    )
    subdistrict_code: Mapped[string] = mapped_column(ForeignKey("areas.code"), primary_key=True)
    coverage: Mapped[string]


class Village(Base):
    """What only a village or urban community has; its area row carries name and path."""

    __tablename__ = "villages"
    __table_args__ = (
        CheckConstraint("kind in ('village', 'community')", "kind"),
        Index("ix_villages_subdistrict_code", "subdistrict_code"),
        Index("ix_villages_local_administration_id", "local_administration_id"),
        Index("ix_villages_point", "point", postgresql_using="gist"),
    )

    code: Mapped[string] = mapped_column(ForeignKey("areas.code"), primary_key=True)
    subdistrict_code: Mapped[string] = mapped_column(ForeignKey("areas.code"))
    moo: Mapped[int]
    kind: Mapped[string]
    local_administration_id: Mapped[int | None] = mapped_column(
        ForeignKey("local_administrations.id")
    )
    point: Mapped[point | None]
    point_problem: Mapped[string | None]
    revision: Mapped[int] = mapped_column(BigInteger, server_default=text("1"))
