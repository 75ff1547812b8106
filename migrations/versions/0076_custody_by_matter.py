"""Count what waits in custody as the desk lists it: the sides of one conflict are one matter.

Readiness said two where the desk showed one. Every village is judged again, also since the limits
of checks 4, 7 and 8 are no longer rounded before they are looked at.
"""

from alembic import op

revision = "0076_custody_by_matter"
down_revision = "0075_lists_put_right"
branch_labels = None
depends_on = None

PLACE = """
create or replace function jpt_quality_place(round text, village text) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
    select jsonb_build_object(
        'path', a.path, 'subdistrict', v.subdistrict_code,
        'area', jsonb_build_object(
            'is_active', a.is_active and t.is_active,
            'is_in_place', a.parent_code = t.code and a.path = t.path || a.code || '.',
            'has_boundary', t.boundary is not null,
            'has_administration', v.local_administration_id is not null,
            'is_covered', exists (select from local_administration_areas l
                where l.local_administration_id = v.local_administration_id
                    and l.subdistrict_code = t.code)),
        'group', (
            select jsonb_build_object('members', count(*), 'agencies', count(distinct m.agency_key),
                'state', count(*) filter (where m.sector = 'state'),
                'private', count(*) filter (where m.sector = 'private'),
                'people', count(*) filter (where m.sector = 'people'),
                'minutes', (select count(*) from working_group_minutes n
                    where n.subdistrict_code = t.code and n.round_id = round
                        and n.withdrawn_at is null))
            from working_group_members m where m.subdistrict_code = t.code
                and m.round_id = round and m.ended_at is null),
        'collectors', jpt_quality_collectors(round, village, t.path),
        'register', (select jsonb_build_object('houses', g.houses, 'people', g.people)
            from register_totals g where g.round_id = round and g.village_code = village),
        'explained', (
            select coalesce(jsonb_object_agg(e.subject, e.figure), '{}') from (
                select distinct on (e.subject) e.subject, e.figure from explanations e
                where e.village_code = village and e.round_id = round
                order by e.subject, e.id desc) e),
        'back_check', jpt_back_check_facts(round, village),
        'custody', (select count(distinct (c.reason, c.interview_id)) from custody c
            where c.resolved_at is null and c.path = a.path),
        'findings', (select count(*) from findings f
            where f.village_code = village and f.state = 'open' and f.round_id = round
                and f.source not in ('income', 'back_check')))
    from villages v join areas a on a.code = v.code join areas t on t.code = v.subdistrict_code
    where v.code = village and jpt_role() = 'reckoner'
$$;
"""
AGAIN = "insert into quality_due select village_code from village_quality"


def upgrade() -> None:
    op.execute(PLACE)
    op.execute(AGAIN)


def downgrade() -> None:
    raise RuntimeError("cannot be taken back: figures would be wrong again")
