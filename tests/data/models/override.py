# A class that changes a mixin's column. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Mixin:
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(10))


class A(Mixin, Base):
    __tablename__ = "a"
    name = sa.Column(sa.String(99), nullable=False)


class B(Mixin, Base):
    __tablename__ = "b"
