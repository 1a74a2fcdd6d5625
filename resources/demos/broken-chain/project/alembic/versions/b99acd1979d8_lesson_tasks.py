"""lesson tasks

Revision ID: b99acd1979d8
Revises: 64d0f7e00c13
Create Date: 2025-10-07 14:18:36
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "b99acd1979d8"
down_revision = "64d0f7e00c13"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "lesson_tasks", sa.Column("is_optional", sa.Boolean(), server_default=sa.false(), nullable=False), schema="habits"
    )


def downgrade() -> None:
    op.drop_column("lesson_tasks", "is_optional", schema="habits")
