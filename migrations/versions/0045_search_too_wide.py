"""Say that a search by name meets more people than it looks at, so that its list never seems whole."""

from alembic import op

revision = "0045_search_too_wide"
down_revision = "0044_triage"
branch_labels = None
depends_on = None

WIDE = """
create function jpt_people_search_is_cut(within text, wanted_role text, wanted_status text,
    begins text) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    sound text := '(b.level is null or b.level = any ($5))'
        || case when within <> 'TH.' then ' and b.path ^@ $1' else '' end
        || case when wanted_role is not null then ' and b.role = $2' else '' end
        || case when wanted_status is not null then ' and b.status = $3' else '' end;
    cut boolean;
begin
    if jpt_officer_around(within) is not true then
        return null;
    end if;
    execute format('select
        exists (select from accounts b where b.name_th ^@ $4 and b.status <> ''closed'' and %1$s
            order by b.name_th using ~<~ offset 500 limit 1)
        or exists (select from accounts b where b.family_th ^@ $4 and b.status <> ''closed'' and %1$s
            order by b.family_th using ~<~ offset 500 limit 1)
        or exists (select from accounts b where b.username ^@ lower($4) and %1$s
            order by b.username using ~<~ offset 500 limit 1)', sound)
    into cut using within, wanted_role, wanted_status, begins, jpt_levels_below();
    return cut;
end $$;
revoke all on function jpt_people_search_is_cut(text, text, text, text) from public;
grant execute on function jpt_people_search_is_cut(text, text, text, text) to jpt_app;
"""


def upgrade() -> None:
    op.execute(WIDE)


def downgrade() -> None:
    op.execute("drop function jpt_people_search_is_cut(text, text, text, text)")
