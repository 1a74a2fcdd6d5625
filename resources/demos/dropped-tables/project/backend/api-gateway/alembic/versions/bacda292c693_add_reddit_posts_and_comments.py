"""add_reddit_posts_and_comments

Revision ID: bacda292c693
Revises: 66c4993635d4
Create Date: 2025-09-14 19:02:31.117540
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "bacda292c693"
down_revision = "66c4993635d4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reddit_posts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reddit_id", sa.String(length=20), nullable=False),
        sa.Column("subreddit", sa.String(length=100), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("primary_ticker", sa.String(length=10), nullable=True),
        sa.Column("sentiment_score", sa.Float(), nullable=True),
        sa.Column("posted_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("reddit_id"),
    )
    op.create_index(op.f("ix_reddit_posts_primary_ticker"), "reddit_posts", ["primary_ticker"], unique=False)
    op.create_table(
        "reddit_comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("reddit_id", sa.String(length=20), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("score", sa.Integer(), server_default="0", nullable=False),
        sa.Column("posted_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["reddit_posts.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("reddit_id"),
    )
    op.create_index(op.f("ix_reddit_comments_post_id"), "reddit_comments", ["post_id"], unique=False)


def downgrade() -> None:
    op.drop_table("reddit_comments")
    op.drop_table("reddit_posts")
