"""merge reviews and stock

Revision ID: 5834d124d067
Revises: d306b17b7319, ed2bd7e6935c
Create Date: 2025-03-25 09:00:44
"""
from alembic import op

# revision identifiers, used by Alembic.
revision = "5834d124d067"
down_revision = ("d306b17b7319", "ed2bd7e6935c")
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
