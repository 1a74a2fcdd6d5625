"""Users of the backend. Not to be confused with the front end's table user."""
import sqlalchemy as sa

from .base import Base


class User(Base):
    __tablename__ = "users"

    id = sa.Column(sa.Integer, primary_key=True)
    email = sa.Column(sa.String(255), nullable=False, unique=True, index=True)
    username = sa.Column(sa.String(100), nullable=False)
    hashed_password = sa.Column(sa.String(255), nullable=False)
    is_active = sa.Column(sa.Boolean, nullable=False, server_default=sa.true())
    created_at = sa.Column(sa.DateTime, nullable=False, server_default=sa.func.now())
