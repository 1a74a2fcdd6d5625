"""quiet hours for reminders

Revision ID: 64d0f7e00c13
Revises: 383e5ca08364
Create Date: 2025-10-03 10:44:58
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "64d0f7e00c13"
down_revision = "383e5ca08364"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("habit_reminders", sa.Column("quiet_from", sa.Time(), nullable=True), schema="habits")
    op.add_column("habit_reminders", sa.Column("quiet_until", sa.Time(), nullable=True), schema="habits")


def downgrade() -> None:
    op.drop_column("habit_reminders", "quiet_until", schema="habits")
    op.drop_column("habit_reminders", "quiet_from", schema="habits")
