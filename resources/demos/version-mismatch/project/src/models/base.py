"""What every table has in common."""
import uuid

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Identified:
    """A UUID key and the time of creation."""

    id = sa.Column(postgresql.UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)
    created_at = sa.Column(sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now())
