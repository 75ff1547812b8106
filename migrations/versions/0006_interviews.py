"""Keep interviews, every revision as received, people, evidence, receipts and custody.

Revisions, members and receipts are only ever added: the application has no right to change or
remove them, so a certified figure can be traced to what the household said. An evidence file may
arrive before the revision that lists it, so it stands on its own until then.
"""

from alembic import op

revision = "0006_interviews"
down_revision = "0005_households"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE interviews (
    id UUID NOT NULL,
    round_id TEXT NOT NULL,
    household_id UUID NOT NULL,
    village_code TEXT NOT NULL,
    path TEXT NOT NULL,
    author_id UUID NOT NULL,
    device_id UUID NOT NULL,
    head_digest BYTEA NOT NULL,
    head_number INTEGER NOT NULL,
    state TEXT NOT NULL,
    mode TEXT NOT NULL,
    outcome TEXT NOT NULL,
    has_conflict BOOLEAN DEFAULT false NOT NULL,
    people INTEGER NOT NULL,
    hard_open INTEGER NOT NULL,
    soft_open INTEGER NOT NULL,
    evidence_grade TEXT NOT NULL,
    evidence_due INTEGER NOT NULL,
    point geometry(POINT,4326),
    accuracy DOUBLE PRECISION,
    position_inside BOOLEAN,
    village_distance DOUBLE PRECISION,
    interviewed_on DATE NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    changed_xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT pk_interviews PRIMARY KEY (id),
    CONSTRAINT ck_interviews_state CHECK (state in ('received', 'returned', 'accepted', 'custody')),
    CONSTRAINT ck_interviews_evidence_grade CHECK (evidence_grade in ('none', 'weak', 'good')),
    CONSTRAINT ck_interviews_mode CHECK (mode in ('doorstep', 'paper')),
    CONSTRAINT fk_interviews_round_id FOREIGN KEY(round_id) REFERENCES rounds (id),
    CONSTRAINT fk_interviews_household_id FOREIGN KEY(household_id) REFERENCES households (id),
    CONSTRAINT fk_interviews_village_code FOREIGN KEY(village_code) REFERENCES villages (code),
    CONSTRAINT fk_interviews_author_id FOREIGN KEY(author_id) REFERENCES accounts (id)
);
CREATE INDEX ix_interviews_author_id ON interviews (author_id, id);
CREATE INDEX ix_interviews_changed_xid ON interviews (changed_xid);
CREATE INDEX ix_interviews_device_id ON interviews (device_id);
CREATE INDEX ix_interviews_household_id ON interviews (household_id);
CREATE INDEX ix_interviews_path ON interviews (path text_pattern_ops);
CREATE INDEX ix_interviews_point ON interviews USING gist (point);
CREATE INDEX ix_interviews_round_id ON interviews (round_id);
CREATE INDEX ix_interviews_village_code ON interviews (village_code, state, id);

CREATE TABLE revisions (
    interview_id UUID NOT NULL,
    digest BYTEA NOT NULL,
    number INTEGER NOT NULL,
    based_on BYTEA[] NOT NULL,
    path TEXT NOT NULL,
    author_id UUID NOT NULL,
    device_id UUID NOT NULL,
    signature BYTEA NOT NULL,
    questionnaire_id TEXT NOT NULL,
    app TEXT NOT NULL,
    ingest_key TEXT NOT NULL,
    envelope BYTEA NOT NULL,
    answers JSONB NOT NULL,
    evaluation JSONB NOT NULL,
    findings JSONB DEFAULT '[]' NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE,
    received_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    changed_xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT pk_revisions PRIMARY KEY (interview_id, digest),
    CONSTRAINT ck_revisions_number CHECK (number >= 1),
    CONSTRAINT fk_revisions_interview_id FOREIGN KEY(interview_id) REFERENCES interviews (id),
    CONSTRAINT fk_revisions_author_id FOREIGN KEY(author_id) REFERENCES accounts (id)
);
CREATE INDEX ix_revisions_author_id ON revisions (author_id);
CREATE INDEX ix_revisions_received_at ON revisions (received_at);

CREATE TABLE members (
    interview_id UUID NOT NULL,
    digest BYTEA NOT NULL,
    ordinal INTEGER NOT NULL,
    member TEXT NOT NULL,
    path TEXT NOT NULL,
    author_id UUID NOT NULL,
    name TEXT NOT NULL,
    sex TEXT,
    birth TEXT,
    national_id_sealed BYTEA,
    national_id_index BYTEA,
    CONSTRAINT pk_members PRIMARY KEY (interview_id, digest, ordinal),
    CONSTRAINT fk_members_interview_id_digest FOREIGN KEY(interview_id, digest) REFERENCES revisions (interview_id, digest)
);
CREATE INDEX ix_members_national_id_index ON members (national_id_index) WHERE national_id_index is not null;

CREATE TABLE evidence (
    interview_id UUID NOT NULL,
    sealed_sha256 BYTEA NOT NULL,
    kind TEXT,
    media_type TEXT,
    sha256 BYTEA,
    sealed_size INTEGER,
    taken_at TEXT,
    listed_in BYTEA,
    path TEXT,
    author_id UUID,
    ingest_key TEXT,
    received_at TIMESTAMP WITH TIME ZONE,
    decoded_at TIMESTAMP WITH TIME ZONE,
    decode_problem TEXT,
    width INTEGER,
    height INTEGER,
    difference_hash BIGINT,
    CONSTRAINT pk_evidence PRIMARY KEY (interview_id, sealed_sha256),
    CONSTRAINT ck_evidence_kind CHECK (kind is null or kind in ('photo', 'signature', 'signature_strokes', 'other_photo'))
);
CREATE INDEX ix_evidence_sealed_sha256 ON evidence (sealed_sha256);
CREATE INDEX ix_evidence_undecoded ON evidence (received_at) WHERE received_at is not null and listed_in is not null and decoded_at is null;

CREATE TABLE receipts (
    interview_id UUID NOT NULL,
    digest BYTEA NOT NULL,
    level TEXT NOT NULL,
    jws TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_receipts PRIMARY KEY (interview_id, digest, level),
    CONSTRAINT ck_receipts_level CHECK (level in ('custody', 'data', 'complete'))
);

CREATE TABLE custody (
    id BIGINT GENERATED BY DEFAULT AS IDENTITY,
    interview_id UUID NOT NULL,
    digest BYTEA NOT NULL,
    reason TEXT NOT NULL,
    path TEXT,
    envelope BYTEA,
    ingest_key TEXT,
    device_id UUID,
    signature BYTEA,
    carried_by UUID,
    received_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    resolved_at TIMESTAMP WITH TIME ZONE,
    resolution TEXT,
    CONSTRAINT pk_custody PRIMARY KEY (id),
    CONSTRAINT ck_custody_reason CHECK (reason in ('unreadable', 'unknown_version', 'unknown_author', 'not_assigned', 'hand_in', 'conflict', 'second_interview', 'late', 'late_change')),
    CONSTRAINT uq_custody_interview_id_digest UNIQUE (interview_id, digest)
);
CREATE INDEX ix_custody_open ON custody (path) WHERE resolved_at is null;
"""

RIGHTS = """
alter table interviews enable row level security;
alter table interviews force row level security;
create policy owner on interviews to jpt_owner using (true) with check (true);
alter table revisions enable row level security;
alter table revisions force row level security;
create policy owner on revisions to jpt_owner using (true) with check (true);
alter table members enable row level security;
alter table members force row level security;
create policy owner on members to jpt_owner using (true) with check (true);
alter table evidence enable row level security;
alter table evidence force row level security;
create policy owner on evidence to jpt_owner using (true) with check (true);
alter table receipts enable row level security;
alter table receipts force row level security;
create policy owner on receipts to jpt_owner using (true) with check (true);
alter table custody enable row level security;
alter table custody force row level security;
create policy owner on custody to jpt_owner using (true) with check (true);

grant select, insert, update on interviews, evidence, custody to jpt_app;
grant select, insert on revisions, members, receipts to jpt_app;
grant select, insert, update, delete on interviews, revisions, members, evidence, receipts, custody
    to jpt_loader;

create trigger touch before update on interviews for each row execute function jpt_touch();

create policy area on interviews for select to jpt_app
    using (jpt_reviews() and path ^@ any (jpt_areas()));
create policy author on interviews for select to jpt_app
    using (jpt_role() = 'volunteer' and author_id = jpt_account());
create policy intake on interviews to jpt_app
    using (jpt_role() = 'intake' and id = any (jpt_interviews()))
    with check (jpt_role() = 'intake' and id = any (jpt_interviews()));

create policy area on revisions for select to jpt_app
    using (jpt_reviews() and path ^@ any (jpt_areas()));
create policy author on revisions for select to jpt_app
    using (jpt_role() = 'volunteer' and author_id = jpt_account());
create policy intake on revisions to jpt_app
    using (jpt_role() = 'intake' and interview_id = any (jpt_interviews()))
    with check (jpt_role() = 'intake' and interview_id = any (jpt_interviews()));

create policy area on members for select to jpt_app
    using (jpt_reviews() and path ^@ any (jpt_areas()));
create policy author on members for select to jpt_app
    using (jpt_role() = 'volunteer' and author_id = jpt_account());
create policy intake on members to jpt_app
    using (jpt_role() = 'intake' and interview_id = any (jpt_interviews()))
    with check (jpt_role() = 'intake' and interview_id = any (jpt_interviews()));

create policy area on evidence for select to jpt_app
    using (jpt_reviews() and path ^@ any (jpt_areas()));
create policy author on evidence for select to jpt_app
    using (jpt_role() = 'volunteer' and author_id = jpt_account());
create policy intake on evidence to jpt_app
    using (jpt_role() = 'intake' and interview_id = any (jpt_interviews()))
    with check (jpt_role() = 'intake' and interview_id = any (jpt_interviews()));

create policy decoder on evidence to jpt_app
    using (jpt_role() = 'decoder') with check (jpt_role() = 'decoder');

create policy intake on receipts to jpt_app
    using (jpt_role() = 'intake' and interview_id = any (jpt_interviews()))
    with check (jpt_role() = 'intake' and interview_id = any (jpt_interviews()));

create function jpt_flag_conflict(interview uuid) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
    update interviews set has_conflict = true where id = interview and jpt_role() = 'intake'
$$;
revoke all on function jpt_flag_conflict(uuid) from public;
grant execute on function jpt_flag_conflict(uuid) to jpt_app;

create policy area on custody for select to jpt_app
    using (jpt_reviews() and path ^@ any (jpt_areas()));
create policy intake on custody to jpt_app
    using (jpt_role() = 'intake' and interview_id = any (jpt_interviews()))
    with check (jpt_role() = 'intake' and interview_id = any (jpt_interviews()));
"""


def upgrade() -> None:
    op.execute(TABLES)
    op.execute(RIGHTS)


def downgrade() -> None:
    op.execute("""
        drop function jpt_flag_conflict(uuid);
        drop table custody;
        drop table receipts;
        drop table evidence;
        drop table members;
        drop table revisions;
        drop table interviews;
    """)
