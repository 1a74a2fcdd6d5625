"""All tables."""
import uuid

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()

UUID = postgresql.UUID(as_uuid=True)


class User(Base):
    __tablename__ = "users"

    id = sa.Column(UUID, primary_key=True, default=uuid.uuid4)
    username = sa.Column(sa.String(50), nullable=False, unique=True)
    email = sa.Column(sa.String(255), nullable=False, unique=True)
    password_hash = sa.Column(sa.String(255), nullable=False)
    is_active = sa.Column(sa.Boolean, nullable=False, server_default=sa.true())
    created_at = sa.Column(sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now())

    sessions = relationship("ExtractionSession", back_populates="user")


class ExtractionSession(Base):
    __tablename__ = "extraction_sessions"

    id = sa.Column(UUID, primary_key=True, default=uuid.uuid4)
    user_id = sa.Column(UUID, sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True)
    name = sa.Column(sa.String(200), nullable=False)
    status = sa.Column(sa.Enum("uploaded", "extracting", "done", "failed", name="session_status"), nullable=False)
    created_at = sa.Column(sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now())

    user = relationship("User", back_populates="sessions")
    screenshots = relationship("Screenshot", back_populates="session")


class Screenshot(Base):
    __tablename__ = "screenshots"

    id = sa.Column(UUID, primary_key=True, default=uuid.uuid4)
    session_id = sa.Column(
        UUID, sa.ForeignKey("extraction_sessions.id", ondelete="CASCADE"), nullable=False, index=True
    )
    file_name = sa.Column(sa.String(255), nullable=False)
    width = sa.Column(sa.Integer, nullable=False)
    height = sa.Column(sa.Integer, nullable=False)

    session = relationship("ExtractionSession", back_populates="screenshots")


class DesignToken(Base):
    __tablename__ = "design_tokens"

    id = sa.Column(UUID, primary_key=True, default=uuid.uuid4)
    screenshot_id = sa.Column(UUID, sa.ForeignKey("screenshots.id", ondelete="CASCADE"), nullable=False, index=True)
    category = sa.Column(sa.String(40), nullable=False)
    name = sa.Column(sa.String(120), nullable=False)
    value = sa.Column(postgresql.JSONB, nullable=False)
    confidence = sa.Column(sa.Numeric(4, 3))

    __table_args__ = (sa.UniqueConstraint("screenshot_id", "category", "name", name="uq_design_tokens_name"),)
