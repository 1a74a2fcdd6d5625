"""People who sign in."""
import sqlalchemy as sa

from src.models.base import Base, Identified


class User(Identified, Base):
    __tablename__ = "users"

    email = sa.Column(sa.String(255), nullable=False)
    name = sa.Column(sa.String(255), nullable=False)
    password_hash = sa.Column(sa.String(255))
    email_verified = sa.Column(sa.Boolean, nullable=False, server_default=sa.false())
    email_verified_at = sa.Column(sa.DateTime(timezone=True))
    failed_login_attempts = sa.Column(sa.Integer, nullable=False, server_default="0")
    account_locked_until = sa.Column(sa.DateTime(timezone=True))
    last_login_at = sa.Column(sa.DateTime(timezone=True))
    last_login_ip = sa.Column(sa.String(45))

    __table_args__ = (sa.Index("ix_users_email", "email", unique=True),)
