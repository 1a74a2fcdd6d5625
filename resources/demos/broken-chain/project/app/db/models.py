"""Base of all tables."""
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

from app.config import get_settings

Base = declarative_base(metadata=sa.MetaData(schema=get_settings().database_schema))
