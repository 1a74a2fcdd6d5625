# Composite keys. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class A(Base):
    __tablename__ = "a"
    x = sa.Column(sa.Integer, primary_key=True)
    y = sa.Column(sa.String(3), primary_key=True)


class B(Base):
    __tablename__ = "b"
    id = sa.Column(sa.Integer, primary_key=True)
    x = sa.Column(sa.Integer)
    y = sa.Column(sa.String(3))
    __table_args__ = (sa.ForeignKeyConstraint(["x", "y"], ["a.x", "a.y"], name="fk_a"),)
