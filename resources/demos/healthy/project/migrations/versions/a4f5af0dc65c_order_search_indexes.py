"""order search indexes

Revision ID: a4f5af0dc65c
Revises: 5834d124d067
Create Date: 2025-04-09 17:12:03
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "a4f5af0dc65c"
down_revision = "5834d124d067"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_orders_customer_placed", "orders", ["customer_id", "placed_at"])
    op.create_index("ix_orders_open", "orders", ["placed_at"], postgresql_where=sa.text("status = 'new'"))


def downgrade() -> None:
    op.drop_index("ix_orders_open", table_name="orders")
    op.drop_index("ix_orders_customer_placed", table_name="orders")
