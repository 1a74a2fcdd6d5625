"""product reviews

Revision ID: a67bb2e764af
Revises: 4d193931f13f
Create Date: 2025-03-04 11:55:37
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "a67bb2e764af"
down_revision = "4d193931f13f"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("stars", sa.SmallInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name="ck_reviews_stars"),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name="fk_reviews_customer", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_reviews_product", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("product_id", "customer_id", name="uq_reviews_once"),
    )


def downgrade() -> None:
    op.drop_table("reviews")
