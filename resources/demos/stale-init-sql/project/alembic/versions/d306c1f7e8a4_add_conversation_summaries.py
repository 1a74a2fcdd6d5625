"""add conversation summaries

Revision ID: d306c1f7e8a4
Revises: 5c58b672cc4e
Create Date: 2025-10-14 18:26:33.402871
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "d306c1f7e8a4"
down_revision = "5c58b672cc4e"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "conversation_summaries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade() -> None:
    op.drop_table("conversation_summaries")
