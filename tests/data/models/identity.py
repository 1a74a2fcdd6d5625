# Identity, computed columns and sequences. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class A(Base):
    __tablename__ = "a"
    id = sa.Column(sa.Integer, sa.Identity(always=True), primary_key=True)
    n = sa.Column(sa.Integer)
    twice = sa.Column(sa.Integer, sa.Computed("n * 2"))


class B(Base):
    __tablename__ = "b"
    id = sa.Column(sa.BigInteger, primary_key=True, autoincrement=False)
