"""stock movements

Revision ID: ed2bd7e6935c
Revises: 86edcc8f07a1
Create Date: 2025-03-20 13:47:29
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "ed2bd7e6935c"
down_revision = "86edcc8f07a1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stock_movements",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("change <> 0", name="ck_stock_movements_change"),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_stock_movements_product", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_stock_movements_product_moved", "stock_movements", ["product_id", "moved_at"])


def downgrade() -> None:
    op.drop_index("ix_stock_movements_product_moved", table_name="stock_movements")
    op.drop_table("stock_movements")
