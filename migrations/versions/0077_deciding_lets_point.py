"""Decide while something points at the interview: a village being judged, a finding being told.

A decision held household and interview with their keys, so it waited for whoever had just written a
row that names them, and many decided at once could wait with the reckoner or the finder in a ring.
"""

from alembic import op

revision = "0077_deciding_lets_point"
down_revision = "0076_custody_by_matter"
branch_labels = None
depends_on = None


def _deciding() -> str:
    """The function as it was made, under the name that it has had since 0054."""
    script = op.get_context().environment_context.script  # type: ignore[union-attr]
    made: str = script.get_revision("0036_deciding").module.DECIDING
    body = made.split("revoke all on function")[0]
    return body.replace(
        "create function jpt_decide(", "create or replace function jpt_decide_seen("
    )


def upgrade() -> None:
    op.execute(_deciding().replace("for update;", "for no key update;"))


def downgrade() -> None:
    op.execute(_deciding())
