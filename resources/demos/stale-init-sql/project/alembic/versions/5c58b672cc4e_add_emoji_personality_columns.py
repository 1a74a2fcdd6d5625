"""add emoji personality columns

Revision ID: 5c58b672cc4e
Revises: 20251011_baseline_v106
Create Date: 2025-10-13 02:05:41.622117
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "5c58b672cc4e"
down_revision = "20251011_baseline_v106"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("characters", sa.Column("emoji_frequency", sa.String(length=50), nullable=True))
    op.add_column("characters", sa.Column("emoji_style", sa.String(length=50), nullable=True))
    op.add_column("characters", sa.Column("emoji_combination", sa.String(length=50), nullable=True))
    op.add_column("characters", sa.Column("emoji_placement", sa.String(length=50), nullable=True))
    op.add_column("characters", sa.Column("emoji_age_demographic", sa.String(length=50), nullable=True))
    op.add_column("characters", sa.Column("emoji_cultural_influence", sa.String(length=50), nullable=True))


def downgrade() -> None:
    op.drop_column("characters", "emoji_cultural_influence")
    op.drop_column("characters", "emoji_age_demographic")
    op.drop_column("characters", "emoji_placement")
    op.drop_column("characters", "emoji_combination")
    op.drop_column("characters", "emoji_style")
    op.drop_column("characters", "emoji_frequency")
