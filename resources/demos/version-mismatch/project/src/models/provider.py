"""Financial providers and what a user connected to them."""
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from src.models.base import Base, Identified


class Provider(Identified, Base):
    __tablename__ = "providers"

    user_id = sa.Column(sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False)
    provider_key = sa.Column(sa.String(50), nullable=False)
    alias = sa.Column(sa.String(100), nullable=False)

    __table_args__ = (
        sa.UniqueConstraint("user_id", "alias", name="unique_user_provider_alias"),
        sa.Index("ix_providers_provider_key", "provider_key"),
        sa.Index("ix_providers_user_id", "user_id"),
    )


class ProviderConnection(Identified, Base):
    __tablename__ = "provider_connections"

    provider_id = sa.Column(sa.ForeignKey("providers.id", ondelete="CASCADE"), nullable=False, unique=True)
    status = sa.Column(
        sa.Enum("PENDING", "ACTIVE", "EXPIRED", "REVOKED", "ERROR", name="providerstatus"), nullable=False
    )
    connected_at = sa.Column(sa.DateTime(timezone=True))
    last_sync_at = sa.Column(sa.DateTime(timezone=True))
    next_sync_at = sa.Column(sa.DateTime(timezone=True))
    error_count = sa.Column(sa.Integer, nullable=False, server_default="0")
    error_message = sa.Column(sa.Text)


class ProviderToken(Identified, Base):
    __tablename__ = "provider_tokens"

    connection_id = sa.Column(
        sa.ForeignKey("provider_connections.id", ondelete="CASCADE"), nullable=False, unique=True
    )
    access_token_encrypted = sa.Column(sa.Text, nullable=False)
    refresh_token_encrypted = sa.Column(sa.Text)
    expires_at = sa.Column(sa.DateTime(timezone=True))
    refresh_count = sa.Column(sa.Integer, nullable=False, server_default="0")


class ProviderAuditLog(Identified, Base):
    __tablename__ = "provider_audit_logs"

    connection_id = sa.Column(sa.ForeignKey("provider_connections.id", ondelete="CASCADE"), nullable=False)
    user_id = sa.Column(sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False)
    action = sa.Column(sa.String(100), nullable=False)
    details = sa.Column(postgresql.JSONB)
    ip_address = sa.Column(sa.String(45))
    user_agent = sa.Column(sa.Text)

    __table_args__ = (
        sa.Index("ix_provider_audit_logs_action", "action"),
        sa.Index("ix_provider_audit_logs_connection_id", "connection_id"),
    )
