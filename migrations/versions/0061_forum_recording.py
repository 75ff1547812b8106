"""A house whose absence an officer has explained keeps no village from its forum.

How far a village's recording is, as the draw of its sample looks at it: a house of the list that
nobody visited is waited for unless it has its reason.
"""

from alembic import op

revision = "0061_forum_recording"
down_revision = "0060_areas_by_code"
branch_labels = None
depends_on = None

RECORDING = """
create function jpt_forum_recording(village text, out interviewed integer, out closed integer,
    out waiting integer)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    round constant text := (select r.id from rounds r where r.is_current);
    explained integer;
begin
    if jpt_reviews() is not true or not exists (
        select from areas a where a.code = village and a.path ^@ any (jpt_areas())) then
        return;
    end if;
    select count(*) into explained from households h cross join lateral (
            select c.reason from reconciliations c where c.household_id = h.id
            order by c.id desc limit 1) told
    where h.village_code = village and h.round_id = round and h.state = 'todo'
        and told.reason <> 'open';
    select p.received + p.returned + p.accepted, p.closed + explained,
        p.todo + p.custody - explained
    into interviewed, closed, waiting
    from village_progress p where p.round_id = round and p.village_code = village;
end $$;
revoke all on function jpt_forum_recording(text) from public;
grant execute on function jpt_forum_recording(text) to jpt_app;
"""


def upgrade() -> None:
    op.execute(RECORDING)


def downgrade() -> None:
    op.execute("drop function jpt_forum_recording(text)")
