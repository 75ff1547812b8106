"""Keep each village's counts beside its interviews, so that no page counts interviews.

Counts only, no people: a viewer may read them inside their areas.
"""

from alembic import op

revision = "0007_progress"
down_revision = "0006_interviews"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE village_progress (
    round_id TEXT NOT NULL,
    village_code TEXT NOT NULL,
    path TEXT NOT NULL,
    todo INTEGER DEFAULT 0 NOT NULL,
    received INTEGER DEFAULT 0 NOT NULL,
    returned INTEGER DEFAULT 0 NOT NULL,
    accepted INTEGER DEFAULT 0 NOT NULL,
    custody INTEGER DEFAULT 0 NOT NULL,
    closed INTEGER DEFAULT 0 NOT NULL,
    people INTEGER DEFAULT 0 NOT NULL,
    evidence_none INTEGER DEFAULT 0 NOT NULL,
    evidence_weak INTEGER DEFAULT 0 NOT NULL,
    evidence_good INTEGER DEFAULT 0 NOT NULL,
    surveyed INTEGER[] DEFAULT '{}' NOT NULL,
    failing INTEGER[] DEFAULT '{}' NOT NULL,
    households_not_met INTEGER[] DEFAULT '{}' NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_village_progress PRIMARY KEY (round_id, village_code),
    CONSTRAINT fk_village_progress_round_id FOREIGN KEY(round_id) REFERENCES rounds (id),
    CONSTRAINT fk_village_progress_village_code FOREIGN KEY(village_code) REFERENCES villages (code)
);
CREATE INDEX ix_village_progress_path ON village_progress (path text_pattern_ops);
CREATE INDEX ix_village_progress_village_code ON village_progress (village_code);
"""

RIGHTS = """
alter table village_progress enable row level security;
alter table village_progress force row level security;
create policy owner on village_progress to jpt_owner using (true) with check (true);

grant select, insert, update on village_progress to jpt_app;
grant select, insert, update, delete on village_progress to jpt_loader;
create policy area on village_progress for select to jpt_app
    using (jpt_role() in ('volunteer', 'inspector', 'viewer', 'officer')
           and path ^@ any (jpt_areas()));
create policy intake on village_progress to jpt_app
    using (jpt_role() = 'intake') with check (jpt_role() = 'intake');

create function jpt_add(a integer[], b integer[]) returns integer[]
language sql immutable parallel safe
    return (select coalesce(array_agg(coalesce(x, 0) + coalesce(y, 0) order by n), '{}')
            from unnest(a, b) with ordinality as t (x, y, n));
"""


def upgrade() -> None:
    op.execute(TABLES)
    op.execute(RIGHTS)


def downgrade() -> None:
    op.execute("""
        drop function jpt_add(integer[], integer[]); drop table village_progress;
    """)
