"""orders

Revision ID: 2b3c4d5e6f7a
Revises: 1a2b3c4d5e6f
Create Date: 2025-02-03 04:05:06

"""
from alembic import op

revision = "2b3c4d5e6f7a"
down_revision = "1a2b3c4d5e6f"
branch_labels = None
depends_on = None


def upgrade():
    op.execute("CREATE TABLE orders (id integer PRIMARY KEY)")


def downgrade():
    op.execute("DROP TABLE orders")
