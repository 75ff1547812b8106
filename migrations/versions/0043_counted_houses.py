"""A collation that counts, so that house 2/1 of a village comes before 10, as on the street."""

from alembic import op

revision = "0043_counted_houses"
down_revision = "0042_screening"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("create collation counted (provider = icu, locale = 'und-u-kn-true')")


def downgrade() -> None:
    op.execute("drop collation counted")
