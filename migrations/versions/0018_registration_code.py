"""Let the registration code find its registration: `code` was taken for the area's own code.

In an SQL function a column's name goes before a parameter's, and areas have a `code`.
"""

from alembic import op

revision = "0018_registration_code"
down_revision = "0017_vault_keys"
branch_labels = None
depends_on = None

REGISTRATION = """
create or replace function jpt_registration(code bytea)
returns table (role text, status text, status_reason text, status_at timestamptz,
    registered_at timestamptz, username text, has_password boolean, area_th text)
language sql stable security definer set search_path = public, pg_temp as $$
    select a.role, a.status, case when a.status = 'refused' then a.status_reason end, a.status_at,
        d.registered_at, case when a.status = 'active' then a.username end,
        a.password_hash is not null, r.name_th
    from person_details d join accounts a on a.id = d.account_id
        left join areas r on r.path =
            array_to_string((string_to_array(a.path, '.'))[1:3], '.') || '.'
    where d.status_code_index = jpt_registration.code and jpt_role() = 'door'
        and jpt_registration.code = jpt_door_token()
$$;
"""


def upgrade() -> None:
    op.execute(REGISTRATION)


def downgrade() -> None:
    """The function stays: the one before could not be called at all."""
