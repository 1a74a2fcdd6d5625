"""Stocks that are followed."""
import sqlalchemy as sa

from .base import Base


class Stock(Base):
    __tablename__ = "stocks"

    id = sa.Column(sa.Integer, primary_key=True)
    symbol = sa.Column(sa.String(10), nullable=False, unique=True, index=True)
    name = sa.Column(sa.String(255), nullable=False)
    sector = sa.Column(sa.String(100))
    is_active = sa.Column(sa.Boolean, nullable=False, server_default=sa.true())
