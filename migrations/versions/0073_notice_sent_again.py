"""Know a notice by the form that it came with, so that a form sent again publishes it once.

An officer whose answer was lost reloads the page, and the browser sends everything again. Notices
have numbers that the register gives; the id of what was sent tells the second from another notice.
"""

from alembic import op

revision = "0073_notice_sent_again"
down_revision = "0072_work_that_stands_still"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        alter table notices add column request_id uuid;
        alter table notices add constraint uq_notices_request_id unique (request_id);
    """)


def downgrade() -> None:
    op.execute("alter table notices drop column request_id")
