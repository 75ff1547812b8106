"""Count people as they come and go, so that the figures above a list do not count everybody anew.

One row a subdistrict, role, level and state, moved by the statement that moves the people. Figures
only, and the application has no right to them but through the function that judges the scope.
"""

from alembic import op

revision = "0033_people_tallies"
down_revision = "0032_named_by_key"
branch_labels = None
depends_on = None

TABLE = """
create table people_tallies (
    path text not null,
    role text not null,
    level text default '' not null,
    status text not null,
    people bigint not null,
    constraint pk_people_tallies primary key (path, role, level, status)
);
grant select, insert, update, delete on people_tallies to jpt_loader;

insert into people_tallies
select substring(path from '^(?:[^.]*[.]){1,4}'), role, coalesce(level, ''), status, count(*)
from accounts group by 1, 2, 3, 4;
"""

TRIGGERS = """
create function jpt_tally_people() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if tg_op = 'INSERT' then
        insert into people_tallies as t
        select substring(path from '^(?:[^.]*[.]){1,4}'), role, coalesce(level, ''), status, count(*)
        from fresh group by 1, 2, 3, 4 order by 1, 2, 3, 4
        on conflict (path, role, level, status) do update set people = t.people + excluded.people;
    elsif tg_op = 'DELETE' then
        insert into people_tallies as t
        select substring(path from '^(?:[^.]*[.]){1,4}'), role, coalesce(level, ''), status, -count(*)
        from gone group by 1, 2, 3, 4 order by 1, 2, 3, 4
        on conflict (path, role, level, status) do update set people = t.people + excluded.people;
    else
        insert into people_tallies as t
        select substring(path from '^(?:[^.]*[.]){1,4}'), role, coalesce(level, ''), status, sum(n)
        from (select path, role, level, status, 1 as n from fresh
            union all select path, role, level, status, -1 from gone) moved
        group by 1, 2, 3, 4 having sum(n) <> 0 order by 1, 2, 3, 4
        on conflict (path, role, level, status) do update set people = t.people + excluded.people;
    end if;
    return null;
end $$;
revoke all on function jpt_tally_people() from public;
create trigger tally_added after insert on accounts referencing new table as fresh
    for each statement execute function jpt_tally_people();
create trigger tally_gone after delete on accounts referencing old table as gone
    for each statement execute function jpt_tally_people();
create trigger tally_moved after update on accounts
    referencing old table as gone new table as fresh
    for each statement execute function jpt_tally_people();
"""

COUNTS = """
create or replace function jpt_people_counts(within text)
returns table (role text, status text, n bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if jpt_officer_around(within) is not true then
        return;
    end if;
    if within ~ '^([^.]*[.]){5,}' then  -- one village: nobody counted so finely
        return query select a.role, a.status, count(*) from accounts a
            where a.path ^@ within and (a.level is null or a.level = any (jpt_levels_below()))
            group by a.role, a.status;
    else
        return query select t.role, t.status, sum(t.people)::bigint from people_tallies t
            where t.path ^@ within and (t.level = '' or t.level = any (jpt_levels_below()))
            group by t.role, t.status having sum(t.people) > 0;
    end if;
end $$;
"""


def upgrade() -> None:
    for made in (TABLE, TRIGGERS, COUNTS):
        op.execute(made)


def downgrade() -> None:
    raise RuntimeError("cannot be taken back: the figures would have to be counted anew")
