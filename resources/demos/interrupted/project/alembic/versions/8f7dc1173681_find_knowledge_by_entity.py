"""find knowledge by entity

Revision ID: 8f7dc1173681
Revises: 6a2a7dcf630a
Create Date: 2025-10-19 15:10:22.540019
"""
from alembic import op

# revision identifiers, used by Alembic.
revision = "8f7dc1173681"
down_revision = "6a2a7dcf630a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_knowledge_links_entity_id", "knowledge_links", ["entity_id"])


def downgrade() -> None:
    op.drop_index("ix_knowledge_links_entity_id", table_name="knowledge_links")
