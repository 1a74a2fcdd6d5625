# An index in the class's body. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Thing(Base):
    __tablename__ = "thing"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String)
    by_name = sa.Index("ix_by_name", name)
