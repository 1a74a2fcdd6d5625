"""add user notes

Revision ID: 7173074fc645
Revises: b4d1c7a09e25
Create Date: 2025-10-19 09:08:14.260773
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "7173074fc645"
down_revision = "b4d1c7a09e25"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "user_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_profiles.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade() -> None:
    op.drop_table("user_notes")
