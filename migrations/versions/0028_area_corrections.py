"""Let officers correct a village of their area and keep its local administrations.

The areas themselves stay readable only: the one function here changes what may be wrong about a
village (name, number, local administration, point), inside the asker's areas and only from the
revision they saw. Local administrations are rows of their own, held by row policies.
"""

from alembic import op

revision = "0028_area_corrections"
down_revision = "0027_volunteer_list"
branch_labels = None
depends_on = None

VILLAGES = """
alter table villages add column revision bigint default 1 not null;

create function jpt_correct_village(village text, seen bigint, name text, number integer,
    administration bigint, at_point text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if jpt_role() is distinct from 'officer' or not exists (
            select from areas a where a.code = village and a.level = 'village'
                and a.path ^@ any (jpt_areas())) then
        return false;
    end if;
    update villages v set moo = number, local_administration_id = administration,
            point = st_geomfromewkt(at_point), point_problem = null, revision = v.revision + 1
        where v.code = village and v.revision = seen;
    if not found then
        return false;
    end if;
    update areas a set name_th = name, updated_at = now() where a.code = village;
    return true;
end $$;
revoke all on function jpt_correct_village(text, bigint, text, integer, bigint, text) from public;
grant execute on function jpt_correct_village(text, bigint, text, integer, bigint, text) to jpt_app;
"""

ADMINISTRATIONS = """
alter table local_administrations add column revision bigint default 1 not null;
create function jpt_runs(area text) returns boolean language sql stable parallel safe as $$
    select jpt_role() = 'officer' and exists (
        select from areas a where a.code = area and a.path ^@ any (jpt_areas()))
$$;

alter table local_administrations enable row level security;
alter table local_administrations force row level security;
create policy owner on local_administrations to jpt_owner using (true) with check (true);
create policy everybody on local_administrations for select to jpt_app using (true);
create policy officer_adds on local_administrations for insert to jpt_app
    with check (jpt_runs(district_code));
create policy officer on local_administrations for update to jpt_app
    using (jpt_runs(district_code)) with check (jpt_runs(district_code));
alter table local_administration_areas enable row level security;
alter table local_administration_areas force row level security;
create policy owner on local_administration_areas to jpt_owner using (true) with check (true);
create policy everybody on local_administration_areas for select to jpt_app using (true);
create policy officer_adds on local_administration_areas for insert to jpt_app
    with check (jpt_runs(subdistrict_code));
create policy officer on local_administration_areas for update to jpt_app
    using (jpt_runs(subdistrict_code)) with check (jpt_runs(subdistrict_code));
create policy officer_removes on local_administration_areas for delete to jpt_app
    using (jpt_runs(subdistrict_code));
grant insert, update on local_administrations to jpt_app;
grant insert, update, delete on local_administration_areas to jpt_app;
"""


def upgrade() -> None:
    op.execute(VILLAGES)
    op.execute(ADMINISTRATIONS)


def downgrade() -> None:
    tables = ("local_administrations", "local_administration_areas")
    op.execute("drop policy officer_removes on local_administration_areas")
    for table in tables:
        for policy in ("owner", "everybody", "officer_adds", "officer"):
            op.execute(f"drop policy {policy} on {table}")
        op.execute(f"alter table {table} no force row level security, disable row level security")
    op.execute("""
        revoke insert, update on local_administrations from jpt_app;
        revoke insert, update, delete on local_administration_areas from jpt_app;
        drop function jpt_runs(text);
        drop function jpt_correct_village(text, bigint, text, integer, bigint, text);
        alter table local_administrations drop column revision;
        alter table villages drop column revision;
    """)
