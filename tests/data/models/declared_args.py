# Declared table arguments. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base, declared_attr

Base = declarative_base()
metadata = Base.metadata


class Unique:
    id = sa.Column(sa.Integer, primary_key=True)
    code = sa.Column(sa.String)

    @declared_attr
    def __table_args__(cls):
        return (sa.UniqueConstraint("code", name="uq_" + cls.__tablename__),)


class A(Unique, Base):
    __tablename__ = "a"


class B(Unique, Base):
    __tablename__ = "b"
