"""add_news_articles

Revision ID: 4c933d25a4f3
Revises: bacda292c693
Create Date: 2025-09-27 10:48:09.552831
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "4c933d25a4f3"
down_revision = "bacda292c693"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "news_articles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stock_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=1000), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["stock_id"], ["stocks.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("url"),
    )
    op.create_index(op.f("ix_news_articles_stock_id"), "news_articles", ["stock_id"], unique=False)


def downgrade() -> None:
    op.drop_table("news_articles")
