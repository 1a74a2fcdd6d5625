"""stock levels

Revision ID: 86edcc8f07a1
Revises: 4d193931f13f
Create Date: 2025-03-06 15:08:51
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "86edcc8f07a1"
down_revision = "4d193931f13f"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stock_levels",
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("on_hand", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reorder_at", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_stock_levels_product", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("product_id"),
    )
    op.execute("INSERT INTO stock_levels (product_id) SELECT id FROM products")


def downgrade() -> None:
    op.drop_table("stock_levels")
