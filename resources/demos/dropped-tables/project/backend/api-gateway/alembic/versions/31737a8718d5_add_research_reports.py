"""add_research_reports

Revision ID: 31737a8718d5
Revises: 4c933d25a4f3
Create Date: 2025-10-09 16:33:57.208846
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "31737a8718d5"
down_revision = "4c933d25a4f3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "research_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("stock_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["stock_id"], ["stocks.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_research_reports_user_id"), "research_reports", ["user_id"], unique=False)


def downgrade() -> None:
    op.drop_table("research_reports")
