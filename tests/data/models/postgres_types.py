# Types of PostgreSQL. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class A(Base):
    __tablename__ = "a"
    id = sa.Column(pg.UUID(as_uuid=True), primary_key=True)
    data = sa.Column(pg.JSONB, nullable=False, server_default=sa.text("'{}'::jsonb"))
    tags = sa.Column(pg.ARRAY(sa.String))
    ip = sa.Column(pg.INET)
    __table_args__ = (sa.Index("ix_tags", "tags", postgresql_using="gin"),)
