"""Tell the officer that somebody with the same ID number was closed or refused before.

The index of the number stays when an account is closed so that it is known again; until now nobody
was told. A telephone alone says too little: families share it, and it is gone with the account.
"""

from alembic import op

revision = "0070_registered_before"
down_revision = "0069_volunteer_figures"
branch_labels = None
depends_on = None

HEAD = """
create or replace function jpt_people_alike(accounts uuid[])
returns table (account uuid, other uuid, same_id boolean, same_phone boolean, role text,
    status text, name_th text, path text, is_visible boolean)
language sql stable security definer set search_path = public, pg_temp as $$
    select d.account_id, o.account_id,
        coalesce(o.national_id_index = d.national_id_index, false),
        coalesce(o.phone_index = d.phone_index, false), b.role, b.status,
        case when jpt_manages(b.path, b.level) then b.name_th end,
        case when jpt_manages(b.path, b.level) then b.path
            else array_to_string((string_to_array(b.path, '.'))[1:3], '.') || '.' end,
        jpt_manages(b.path, b.level)
    from person_details d
        join accounts a on a.id = d.account_id and jpt_manages(a.path, a.level)
        cross join lateral (
            select e.* from person_details e where e.national_id_index = d.national_id_index
            union
            select e.* from person_details e where e.phone_index = d.phone_index) o
        join accounts b on b.id = o.account_id and """
TAIL = """
    where d.account_id = any (accounts) and o.account_id <> d.account_id
    order by d.account_id, """
NOW = (
    "(b.status not in ('closed', 'refused') or o.national_id_index = d.national_id_index)",
    "b.status in ('closed', 'refused'), ",
)
BEFORE = ("b.status not in ('closed', 'refused')", "")
END = """b.name_th
    limit 500
$$
"""


def upgrade() -> None:
    op.execute(HEAD + NOW[0] + TAIL + NOW[1] + END)


def downgrade() -> None:
    op.execute(HEAD + BEFORE[0] + TAIL + BEFORE[1] + END)
