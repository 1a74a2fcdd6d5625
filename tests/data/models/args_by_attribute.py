# Indexes and constraints that name attributes. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Thing(Base):
    __tablename__ = "thing"
    id = sa.Column(sa.Integer, primary_key=True)
    first = sa.Column(sa.String)
    at = sa.Column(sa.DateTime)
    __table_args__ = (
        sa.Index("ix_first", first, at.desc()),
        sa.UniqueConstraint(first, at),
    )
