# An index made after its class. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Thing(Base):
    __tablename__ = "thing"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String)


sa.Index("ix_lower", sa.func.lower(Thing.name))
