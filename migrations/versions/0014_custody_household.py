"""Remember whose household an interview in custody is about, so that its panel can say so.

The envelope is sealed, so the register could not tell afterwards. No foreign key: an interview is
also in custody because its household is on no list. Names of everybody who had to do with a
household come from one function, by the household and the asker's areas.
"""

from alembic import op

revision = "0014_custody_household"
down_revision = "0013_map_places"
branch_labels = None
depends_on = None

CUSTODY = """
set local lock_timeout = '5s';
alter table custody add column household_id uuid;
create index ix_custody_household_id on custody (household_id) where resolved_at is null;

create function jpt_household_people(household uuid)
returns table (id uuid, name_th text, is_assigned boolean)
language sql stable security definer set search_path = public, pg_temp as $$
    with house as (
        select h.id, h.round_id, h.village_code from households h
        where jpt_reviews() and h.id = household and h.path ^@ any (jpt_areas())
    ), assigned as (
        select s.account_id as id from house h join assignments s on s.round_id = h.round_id
            and s.village_code = h.village_code and s.ended_at is null
            and (s.household_id is null or s.household_id = h.id)
    ), told as (
        select r.author_id as id from house h join interviews i on i.household_id = h.id
            join revisions r on r.interview_id = i.id
        union
        select c.carried_by from house h join custody c on c.household_id = h.id
            and c.resolved_at is null
        union
        select c.carried_by from house h join interviews i on i.household_id = h.id
            join custody c on c.interview_id = i.id and c.resolved_at is null
    )
    select a.id, a.name_th, a.id in (select s.id from assigned s)
    from accounts a where a.id in (select t.id from told t union select s.id from assigned s)
$$;
drop function jpt_interview_people(uuid);
revoke all on function jpt_household_people(uuid) from public;
grant execute on function jpt_household_people(uuid) to jpt_app;
"""

BACK = """
create function jpt_interview_people(interview uuid) returns table (id uuid, name_th text)
language sql stable security definer set search_path = public, pg_temp as $$
    select distinct a.id, a.name_th
    from revisions r join accounts a on a.id = r.author_id
    where jpt_reviews() and r.interview_id = interview and r.path ^@ any (jpt_areas())
$$;
revoke all on function jpt_interview_people(uuid) from public;
grant execute on function jpt_interview_people(uuid) to jpt_app;
drop function jpt_household_people(uuid);
drop index ix_custody_household_id;
alter table custody drop column household_id;
"""


def upgrade() -> None:
    op.execute(CUSTODY)


def downgrade() -> None:
    op.execute(BACK)
