"""add knowledge tables

Revision ID: 6a2a7dcf630a
Revises: c64001afbd46
Create Date: 2025-10-19 14:32:50.118840
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "6a2a7dcf630a"
down_revision = "c64001afbd46"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "knowledge_sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "knowledge_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["knowledge_sources.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    # An index can't be built CONCURRENTLY inside a transaction. Entering this block commits the tables above.
    with op.get_context().autocommit_block():
        op.create_index(
            "uq_fact_entities_name",
            "fact_entities",
            ["entity_type", "entity_name"],
            unique=True,
            postgresql_concurrently=True,
        )
    op.create_table(
        "knowledge_links",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["fact_entities.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["entry_id"], ["knowledge_entries.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entry_id", "entity_id"),
    )


def downgrade() -> None:
    op.drop_table("knowledge_links")
    with op.get_context().autocommit_block():
        op.drop_index("uq_fact_entities_name", table_name="fact_entities", postgresql_concurrently=True)
    op.drop_table("knowledge_entries")
    op.drop_table("knowledge_sources")
