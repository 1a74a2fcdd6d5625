# Unique and indexed columns. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Thing(Base):
    __tablename__ = "thing"
    id = sa.Column(sa.Integer, primary_key=True)
    a = sa.Column(sa.String, unique=True)
    b = sa.Column(sa.String, index=True)
    c = sa.Column(sa.String, index=True, unique=True)
