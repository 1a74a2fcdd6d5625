"""Reports that are written while the reader watches."""
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from .base import Base


class ResearchReport(Base):
    __tablename__ = "research_reports"

    id = sa.Column(sa.Integer, primary_key=True)
    user_id = sa.Column(sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True)
    stock_id = sa.Column(sa.ForeignKey("stocks.id", ondelete="SET NULL"))
    title = sa.Column(sa.String(255), nullable=False)
    content = sa.Column(sa.Text)
    created_at = sa.Column(sa.DateTime, nullable=False, server_default=sa.func.now())
    status = sa.Column(sa.String(20), nullable=False, server_default="completed", index=True)
    progress = sa.Column(sa.Integer, nullable=False, server_default="100")
    current_step = sa.Column(sa.String(255))
    partial_content = sa.Column(sa.Text)
    thinking = sa.Column(sa.Text)
    sources = sa.Column(postgresql.JSONB)
    model = sa.Column(sa.String(100))
    tokens_used = sa.Column(sa.Integer)
    error_message = sa.Column(sa.Text)
    started_at = sa.Column(sa.DateTime)
    completed_at = sa.Column(sa.DateTime)
