"""habit events index

Revision ID: 851ee9cc2247
Revises: 0fe056ea3115
Create Date: 2025-09-24 16:51:20
"""
from alembic import op

# revision identifiers, used by Alembic.
revision = "851ee9cc2247"
down_revision = "0fe056ea3115"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_habit_events_user_occurred", "habit_events", ["user_id", "occurred_on"], schema="habits")


def downgrade() -> None:
    op.drop_index("ix_habit_events_user_occurred", table_name="habit_events", schema="habits")
