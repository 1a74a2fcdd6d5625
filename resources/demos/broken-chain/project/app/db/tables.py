"""All 16 tables of the service."""
import uuid

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from app.db.models import Base

UUID = postgresql.UUID(as_uuid=True)


def reference(target: str, ondelete: str, **options) -> sa.Column:
    """A column that points at the id of another table."""
    options.setdefault("nullable", False)
    return sa.Column(UUID, sa.ForeignKey(f"habits.{target}.id", ondelete=ondelete), **options)


class Identified:
    """A UUID key and the time of creation."""

    id = sa.Column(UUID, primary_key=True, default=uuid.uuid4)
    created_at = sa.Column(sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now())


class Changeable(Identified):
    """As above, with the time of the last change."""

    updated_at = sa.Column(sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now())


class HabitTemplate(Changeable, Base):
    __tablename__ = "habit_templates"

    slug = sa.Column(sa.String, nullable=False, unique=True)
    title = sa.Column(sa.String, nullable=False)
    short_description = sa.Column(sa.Text)
    hero_image_url = sa.Column(sa.String)
    description = sa.Column(sa.Text)
    level = sa.Column(sa.Integer)
    default_duration_days = sa.Column(sa.Integer, nullable=False, server_default="7")
    tags = sa.Column(sa.JSON)


class LessonTemplate(Changeable, Base):
    __tablename__ = "lesson_templates"

    slug = sa.Column(sa.String, nullable=False, unique=True)
    title = sa.Column(sa.String, nullable=False)
    summary = sa.Column(sa.Text)
    estimated_minutes = sa.Column(sa.Integer)
    metadata_ = sa.Column("metadata", sa.JSON)


class ProgramTemplate(Changeable, Base):
    __tablename__ = "program_templates"

    slug = sa.Column(sa.String)
    title = sa.Column(sa.String, nullable=False)
    description = sa.Column(sa.Text)
    cover_image_url = sa.Column(sa.String)
    is_deleted = sa.Column(sa.Boolean, nullable=False, server_default=sa.false())
    metadata_ = sa.Column("metadata", sa.JSON)

    __table_args__ = (
        sa.Index("program_templates_slug_idx", "slug", unique=True, postgresql_where=sa.text("slug IS NOT NULL")),
        sa.Index(
            "program_templates_title_active_idx",
            "title",
            unique=True,
            postgresql_where=sa.text("is_deleted = false"),
        ),
    )


class ProgramStepTemplate(Identified, Base):
    __tablename__ = "program_step_templates"

    program_template_id = reference("program_templates", "CASCADE")
    habit_template_id = reference("habit_templates", "RESTRICT", nullable=True)
    title = sa.Column(sa.String, nullable=False)
    step_index = sa.Column(sa.Integer, nullable=False)
    duration_days = sa.Column(sa.Integer, nullable=False, server_default="7")
    unlock_after_days = sa.Column(sa.Integer, nullable=False, server_default="0")

    __table_args__ = (sa.UniqueConstraint("program_template_id", "step_index"),)


class StepLessonTemplate(Identified, Base):
    __tablename__ = "step_lesson_templates"

    program_step_template_id = reference("program_step_templates", "CASCADE")
    lesson_template_id = reference("lesson_templates", "RESTRICT")
    day_index = sa.Column(sa.Integer, nullable=False)

    __table_args__ = (sa.UniqueConstraint("program_step_template_id", "day_index"),)


class LessonSegment(Identified, Base):
    __tablename__ = "lesson_segments"

    lesson_template_id = reference("lesson_templates", "CASCADE")
    position = sa.Column(sa.Integer, nullable=False)
    kind = sa.Column(sa.String(32), nullable=False, server_default="text")
    content = sa.Column(sa.JSON, nullable=False)

    __table_args__ = (sa.UniqueConstraint("lesson_template_id", "position"),)


class StepDailyPlan(Identified, Base):
    __tablename__ = "step_daily_plans"

    program_step_template_id = reference("program_step_templates", "CASCADE")
    day_index = sa.Column(sa.Integer, nullable=False)
    plan = sa.Column(sa.JSON, nullable=False)
    coach_note = sa.Column(sa.Text)

    __table_args__ = (sa.UniqueConstraint("program_step_template_id", "day_index"),)


class UserProgramAssignment(Changeable, Base):
    __tablename__ = "user_program_assignments"

    user_id = sa.Column(UUID, nullable=False)
    program_template_id = reference("program_templates", "RESTRICT")
    start_date = sa.Column(sa.Date, nullable=False)
    status = sa.Column(sa.String(16), nullable=False, server_default="active")
    timezone = sa.Column(sa.String(64), nullable=False, server_default="UTC")

    __table_args__ = (
        sa.CheckConstraint("status IN ('active', 'paused', 'finished')", name="ck_assignments_status"),
        sa.Index("ix_user_program_assignments_user_id", "user_id"),
    )


class HabitEvent(Identified, Base):
    __tablename__ = "habit_events"

    user_id = sa.Column(UUID, nullable=False)
    assignment_id = reference("user_program_assignments", "CASCADE")
    habit_template_id = reference("habit_templates", "RESTRICT")
    occurred_on = sa.Column(sa.Date, nullable=False)
    response = sa.Column(sa.String(16), nullable=False)

    __table_args__ = (sa.Index("ix_habit_events_user_occurred", "user_id", "occurred_on"),)


class LessonEvent(Identified, Base):
    __tablename__ = "lesson_events"

    user_id = sa.Column(UUID, nullable=False)
    assignment_id = reference("user_program_assignments", "CASCADE")
    lesson_template_id = reference("lesson_templates", "RESTRICT")
    completed_at = sa.Column(sa.DateTime(timezone=True))
    seconds_spent = sa.Column(sa.Integer)


class JournalTaskEvent(Identified, Base):
    __tablename__ = "journal_task_events"

    user_id = sa.Column(UUID, nullable=False)
    assignment_id = reference("user_program_assignments", "SET NULL", nullable=True)
    task_slug = sa.Column(sa.String, nullable=False)
    entry = sa.Column(sa.Text)
    completed_at = sa.Column(sa.DateTime(timezone=True))

    __table_args__ = (sa.Index("ix_journal_task_events_user_id", "user_id"),)


class LessonTask(Identified, Base):
    __tablename__ = "lesson_tasks"

    lesson_template_id = reference("lesson_templates", "CASCADE")
    title = sa.Column(sa.String, nullable=False)
    position = sa.Column(sa.Integer, nullable=False, server_default="0")
    is_optional = sa.Column(sa.Boolean, nullable=False, server_default=sa.false())


class TemplateAccess(Identified, Base):
    __tablename__ = "template_access"

    program_template_id = reference("program_templates", "CASCADE")
    user_id = sa.Column(UUID, nullable=False)
    permission = sa.Column(sa.String(16), nullable=False)
    granted_by = sa.Column(UUID)

    __table_args__ = (
        sa.UniqueConstraint("program_template_id", "user_id"),
        sa.CheckConstraint("permission IN ('view', 'edit', 'own')", name="ck_template_access_permission"),
    )


class TemplateProvenance(Identified, Base):
    __tablename__ = "template_provenance"

    program_template_id = reference("program_templates", "CASCADE")
    origin = sa.Column(sa.String(16), nullable=False)
    forked_from_id = reference("program_templates", "SET NULL", nullable=True)
    source_url = sa.Column(sa.String)

    __table_args__ = (
        sa.CheckConstraint("origin IN ('system', 'user', 'fork')", name="ck_template_provenance_origin"),
    )


class HabitReminder(Identified, Base):
    __tablename__ = "habit_reminders"

    assignment_id = reference("user_program_assignments", "CASCADE")
    local_time = sa.Column(sa.Time, nullable=False)
    is_enabled = sa.Column(sa.Boolean, nullable=False, server_default=sa.true())
    quiet_from = sa.Column(sa.Time)
    quiet_until = sa.Column(sa.Time)


class UserStepProgress(Changeable, Base):
    __tablename__ = "user_step_progress"

    assignment_id = reference("user_program_assignments", "CASCADE")
    program_step_template_id = reference("program_step_templates", "RESTRICT")
    percent_done = sa.Column(sa.SmallInteger, nullable=False, server_default="0")

    __table_args__ = (
        sa.UniqueConstraint("assignment_id", "program_step_template_id"),
        sa.CheckConstraint("percent_done BETWEEN 0 AND 100", name="ck_user_step_progress_percent"),
    )
