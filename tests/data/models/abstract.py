# Abstract bases. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Model(Base):
    __abstract__ = True
    id = sa.Column(sa.Integer, primary_key=True)


class A(Model):
    __tablename__ = "a"


class B(Model):
    __tablename__ = "b"
    a_id = sa.Column(sa.Integer, sa.ForeignKey("a.id"))
