"""invoices

Revision ID: 9d8c7b6a5f4e
Revises: 0badc0ffee00
Create Date: 2025-02-03 04:05:06

"""
from alembic import op

revision = "9d8c7b6a5f4e"
down_revision = "0badc0ffee00"
branch_labels = None
depends_on = None


def upgrade():
    op.execute("CREATE TABLE invoices (id integer PRIMARY KEY)")


def downgrade():
    op.execute("DROP TABLE invoices")
