"""merge heads before 2.0

Revision ID: f07c31aa90be
Revises: 9be1200c7d41, c51d88e02f6a
Create Date: 2025-10-20 09:00:00
"""
from alembic import op

# revision identifiers, used by Alembic.
revision = "f07c31aa90be"
down_revision = ("9be1200c7d41", "c51d88e02f6a")
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
