"""Who may be named for a forum is found by name where there are many, and asked for one by one."""

from alembic import op

revision = "0071_askers_by_name"
down_revision = "0070_registered_before"
branch_labels = None
depends_on = None

BEFORE = ("village text", "", "300")
NOW = (
    "village text, wanted text, chosen uuid[], most integer",
    "and (chosen is null or a.id = any (chosen)) "
    "and (wanted = '' or strpos(lower(a.name_th), lower(wanted)) > 0)",
    "most",
)


def candidates(arguments: str, narrowed: str, most: str) -> str:
    """The function with these arguments; it applies the asker's scope itself."""
    return f"""
        create function jpt_forum_candidates({arguments})
        returns table (account_id uuid, name_th text, role text, level text, works_here boolean)
        language plpgsql stable security definer set search_path = public, pg_temp as $$
        declare
            here constant text := (select a.path from areas a where a.code = village
                and a.level = 'village' and a.path ^@ any (jpt_areas()));
            parts constant text[] := string_to_array(here, '.');
        begin
            if here is null or jpt_reviews() is not true then
                return;
            end if;
            return query
            with working as (
                select s.account_id as id, bool_or(s.village_code = village) as here,
                    true as collects
                from villages v join villages o on o.subdistrict_code = v.subdistrict_code
                    join assignments s on s.village_code = o.code and s.ended_at is null
                where v.code = village
                group by 1
                union all
                select distinct g.account_id, false, false from grants g
                where g.ended_at is null and g.area_code = any (parts[3:5])
            )
            select a.id, a.name_th, a.role, a.level, w.here
            from working w join accounts a on a.id = w.id and w.collects = (a.role = 'volunteer')
            where a.status = 'active' and a.role in ('volunteer', 'inspector', 'officer')
                {narrowed}
            order by 5, a.role = 'volunteer', a.name_th, a.id
            limit {most};
        end $$
    """  # noqa: S608 (text of our own)


def replace(old: str, new: tuple[str, str, str]) -> None:
    """The one is gone, the other is there for the application alone."""
    op.execute(f"drop function jpt_forum_candidates({old})")
    op.execute(candidates(*new))
    types = ", ".join(one.split()[1] for one in new[0].split(", "))
    op.execute(f"revoke all on function jpt_forum_candidates({types}) from public")
    op.execute(f"grant execute on function jpt_forum_candidates({types}) to jpt_app")


def upgrade() -> None:
    replace("text", NOW)


def downgrade() -> None:
    replace("text, text, uuid[], integer", BEFORE)
