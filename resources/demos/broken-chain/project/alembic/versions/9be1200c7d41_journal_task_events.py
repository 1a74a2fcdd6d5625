"""journal task events

Revision ID: 9be1200c7d41
Revises: 70ce1c8a1b98
Create Date: 2025-10-16 10:15:40
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "9be1200c7d41"
down_revision = "70ce1c8a1b98"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("journal_task_events", sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True), schema="habits")
    op.create_index("ix_journal_task_events_user_id", "journal_task_events", ["user_id"], schema="habits")


def downgrade() -> None:
    op.drop_index("ix_journal_task_events_user_id", table_name="journal_task_events", schema="habits")
    op.drop_column("journal_task_events", "completed_at", schema="habits")
