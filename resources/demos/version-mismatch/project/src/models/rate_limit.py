"""Requests that were refused. No revision creates this table yet: it is the next thing to autogenerate."""
import sqlalchemy as sa

from src.models.base import Base, Identified


class RateLimitAuditLog(Identified, Base):
    __tablename__ = "rate_limit_audit_logs"

    ip_address = sa.Column(sa.String(45), nullable=False)
    endpoint = sa.Column(sa.String(255), nullable=False)
    rule_name = sa.Column(sa.String(100), nullable=False)
    limit = sa.Column(sa.Integer, nullable=False)
    window_seconds = sa.Column(sa.Integer, nullable=False)

    __table_args__ = (sa.Index("ix_rate_limit_audit_logs_endpoint", "endpoint"),)
