"""orders and order lines

Revision ID: 9e9cda4ed424
Revises: 1b194e2b1dce
Create Date: 2025-02-03 10:41:18
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "9e9cda4ed424"
down_revision = "1b194e2b1dce"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "orders",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("new", "paid", "sent", "cancelled", name="order_status"),
            server_default="new",
            nullable=False,
        ),
        sa.Column("placed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name="fk_orders_customer", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "order_lines",
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("line_number", sa.SmallInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_price_cents", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity > 0", name="ck_order_lines_quantity"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_order_lines_order", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_order_lines_product", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("order_id", "line_number"),
    )


def downgrade() -> None:
    op.drop_table("order_lines")
    op.drop_table("orders")
    op.execute("DROP TYPE order_status")
