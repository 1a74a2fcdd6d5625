"""Tokens handed out to users; only their hashes are kept."""
import sqlalchemy as sa

from src.models.base import Base, Identified


class RefreshToken(Identified, Base):
    __tablename__ = "refresh_tokens"

    user_id = sa.Column(sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False)
    token_hash = sa.Column(sa.String(255), nullable=False)
    expires_at = sa.Column(sa.DateTime(timezone=True), nullable=False)
    revoked_at = sa.Column(sa.DateTime(timezone=True))
    device_info = sa.Column(sa.Text)
    ip_address = sa.Column(sa.String(45))

    __table_args__ = (
        sa.Index("ix_refresh_tokens_token_hash", "token_hash", unique=True),
        sa.Index("ix_refresh_tokens_user_id", "user_id"),
    )


class EmailVerificationToken(Identified, Base):
    __tablename__ = "email_verification_tokens"

    user_id = sa.Column(sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False)
    token_hash = sa.Column(sa.String(255), nullable=False)
    expires_at = sa.Column(sa.DateTime(timezone=True), nullable=False)
    used_at = sa.Column(sa.DateTime(timezone=True))

    __table_args__ = (
        sa.Index("ix_email_verification_tokens_token_hash", "token_hash", unique=True),
        sa.Index("ix_email_verification_tokens_user_id", "user_id"),
    )


class PasswordResetToken(Identified, Base):
    __tablename__ = "password_reset_tokens"

    user_id = sa.Column(sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False)
    token_hash = sa.Column(sa.String(255), nullable=False)
    expires_at = sa.Column(sa.DateTime(timezone=True), nullable=False)
    used_at = sa.Column(sa.DateTime(timezone=True))
    ip_address = sa.Column(sa.String(45))

    __table_args__ = (
        sa.Index("ix_password_reset_tokens_token_hash", "token_hash", unique=True),
        sa.Index("ix_password_reset_tokens_user_id", "user_id"),
    )
