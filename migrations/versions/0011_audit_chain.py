"""Number the audit entries and chain them by hash, so that no later change goes unseen.

A process of its own seals what has been committed: it numbers the entries in an order that nobody
can choose afterwards and hashes each together with the one before. Sealing takes no lock that a
writer takes, so no act waits for it. Nobody but the owner can change a seal, and the signed
checkpoints outside the database show it when even the owner does.
"""

from alembic import op

revision = "0011_audit_chain"
down_revision = "0010_own_scope_only"
branch_labels = None
depends_on = None

TABLES = """
ALTER TABLE audit_entries ADD COLUMN before JSONB;
ALTER TABLE audit_entries ADD COLUMN after JSONB;
CREATE INDEX ix_audit_entries_act ON audit_entries (act, id);
CREATE INDEX ix_audit_entries_at ON audit_entries (at);

CREATE TABLE audit_seals (
    number BIGINT NOT NULL,
    entry_id BIGINT NOT NULL,
    entry_xid xid8 NOT NULL,
    entry_digest BYTEA NOT NULL,
    chain BYTEA NOT NULL,
    sealed_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_audit_seals PRIMARY KEY (number),
    CONSTRAINT uq_audit_seals_entry_id UNIQUE (entry_id),
    CONSTRAINT fk_audit_seals_entry_id FOREIGN KEY(entry_id) REFERENCES audit_entries (id)
);
"""

RIGHTS = """
alter table audit_seals enable row level security;
alter table audit_seals force row level security;
create policy owner on audit_seals to jpt_owner using (true) with check (true);
grant select, insert on audit_seals to jpt_app;
grant select on audit_seals to jpt_loader;
revoke update, delete on audit_entries from jpt_loader;

create policy sealer on audit_seals for select to jpt_app using (jpt_role() = 'sealer');
create policy sealer_adds on audit_seals for insert to jpt_app
    with check (jpt_role() = 'sealer');
"""

UNSEALED = """
create function jpt_audit_unsealed(after_xid xid8, after_id bigint, most integer)
returns setof audit_entries
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if jpt_role() is distinct from 'sealer' then
        return;
    end if;
    -- every transaction before the horizon has ended: nothing can appear behind what is sealed
    return query select e.* from audit_entries e
        where e.changed_xid >= after_xid and (e.changed_xid > after_xid or e.id > after_id)
            and e.changed_xid < pg_snapshot_xmin(pg_current_snapshot())
        order by e.changed_xid, e.id limit most;
end $$;
"""

LISTED = """
create function jpt_audit_list(within text, wanted_act text, person uuid, since timestamptz,
    until timestamptz, before_id bigint, most integer)
returns table (id bigint, at timestamptz, act text, path text, actor_id uuid, actor_th text,
    subject jsonb, before jsonb, after jsonb, number bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    area text;
    page text := '';
begin
    if jpt_role() is distinct from 'officer' then
        return;
    end if;
    foreach area in array coalesce(jpt_areas(), '{}') loop
        continue when within is not null and not within ^@ area and not area ^@ within;
        if within is not null and within ^@ area then
            area := within;
        end if;
        -- literals, so that the plan fits this area and these filters
        page := page || case when page = '' then '' else ' union ' end
            || format('(select e.* from audit_entries e where %s', case when area = 'TH.'
                then 'true' else format('e.path >= %L and e.path < %L', area, area || '~') end)
            || case when wanted_act is null then '' else format(' and e.act = %L', wanted_act) end
            || case when person is null then '' else format(' and e.actor_id = %L', person) end
            || case when since is null then '' else format(' and e.at >= %L', since) end
            || case when until is null then '' else format(' and e.at < %L', until) end
            || case when before_id is null then '' else format(' and e.id < %L', before_id) end
            || format(' order by e.id desc limit %s)', most);
    end loop;
    if page = '' then
        return;
    end if;
    return query execute 'select e.id, e.at, e.act, e.path, e.actor_id, a.name_th, e.subject,
            e.before, e.after, s.number
        from (' || page || ') e left join accounts a on a.id = e.actor_id
            left join audit_seals s on s.entry_id = e.id
        order by e.id desc limit ' || most;
end $$;

create function jpt_audit_head() returns table (number bigint, sealed_at timestamptz, waiting bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    select s.number, s.sealed_at, (select count(*) from (
            select from audit_entries e where e.changed_xid >= s.entry_xid
                and (e.changed_xid > s.entry_xid or e.id > s.entry_id) limit 1000) behind)
    from audit_seals s where jpt_role() = 'officer' order by s.number desc limit 1
$$;
"""

SIGNATURES = (
    "jpt_audit_unsealed(xid8, bigint, integer)",
    "jpt_audit_list(text, text, uuid, timestamptz, timestamptz, bigint, integer)",
    "jpt_audit_head()",
)


def upgrade() -> None:
    for made in (TABLES, RIGHTS, UNSEALED, LISTED):
        op.execute(made)
    op.execute(f"revoke all on function {', '.join(SIGNATURES)} from public")
    op.execute(f"grant execute on function {', '.join(SIGNATURES)} to jpt_app")


def downgrade() -> None:
    op.execute(f"drop function {', '.join(SIGNATURES)}")
    op.execute("""
        drop table audit_seals;
        grant update, delete on audit_entries to jpt_loader;
        drop index ix_audit_entries_act;
        drop index ix_audit_entries_at;
        alter table audit_entries drop column before, drop column after;
    """)
