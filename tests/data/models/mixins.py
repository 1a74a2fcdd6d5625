# Mixins with columns. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Stamped:
    created = sa.Column(sa.DateTime, nullable=False, server_default=sa.func.now())


class Keyed:
    id = sa.Column(sa.Integer, primary_key=True)


class A(Keyed, Stamped, Base):
    __tablename__ = "a"
    name = sa.Column(sa.String)


class B(Stamped, Keyed, Base):
    __tablename__ = "b"
