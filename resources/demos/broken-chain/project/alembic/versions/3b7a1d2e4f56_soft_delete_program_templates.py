"""soft delete for program_templates

Revision ID: 3b7a1d2e4f56
Revises: 2a3f4c9d1cde
Create Date: 2025-09-02 15:40:07
"""
from alembic import op

# revision identifiers, used by Alembic.
revision = "3b7a1d2e4f56"
down_revision = "2a3f4c9d1cde"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # 1) The mark
    op.execute(
        """
        ALTER TABLE habits.program_templates
        ADD COLUMN IF NOT EXISTS is_deleted boolean NOT NULL DEFAULT false;
        """
    )
    # 2) A title may be used again once its program is archived
    op.execute(
        """
        CREATE UNIQUE INDEX program_templates_title_active_idx
        ON habits.program_templates (title)
        WHERE is_deleted = false;
        """
    )
    # 3) Nobody can be assigned to an archived program
    op.execute(
        """
        CREATE OR REPLACE FUNCTION habits.prevent_assign_to_deleted() RETURNS trigger AS $$
        BEGIN
            IF EXISTS (
                SELECT 1 FROM habits.program_templates
                WHERE id = NEW.program_template_id AND is_deleted
            ) THEN
                RAISE EXCEPTION 'program template % is archived', NEW.program_template_id;
            END IF;
            RETURN NEW;
        END;
        $$ LANGUAGE plpgsql;
        """
    )
    # 4)
    op.execute(
        """
        CREATE TRIGGER trg_prevent_assign_deleted_program
        BEFORE INSERT OR UPDATE OF program_template_id ON habits.user_program_assignments
        FOR EACH ROW EXECUTE FUNCTION habits.prevent_assign_to_deleted();
        """
    )
    # 5) The way to archive
    op.execute(
        """
        CREATE OR REPLACE FUNCTION habits.archive_program_template(p_id uuid) RETURNS void AS $$
            UPDATE habits.program_templates SET is_deleted = true, updated_at = now() WHERE id = p_id;
        $$ LANGUAGE sql;
        """
    )


def downgrade() -> None:
    op.execute("DROP FUNCTION IF EXISTS habits.archive_program_template(uuid)")
    op.execute("DROP TRIGGER IF EXISTS trg_prevent_assign_deleted_program ON habits.user_program_assignments")
    op.execute("DROP FUNCTION IF EXISTS habits.prevent_assign_to_deleted()")
    op.execute("DROP INDEX IF EXISTS habits.program_templates_title_active_idx")
    op.execute("ALTER TABLE habits.program_templates DROP COLUMN IF EXISTS is_deleted")
