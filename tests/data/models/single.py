# Single-table inheritance. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Person(Base):
    __tablename__ = "person"
    id = sa.Column(sa.Integer, primary_key=True)
    kind = sa.Column(sa.String(20))
    __mapper_args__ = {"polymorphic_on": kind}


class Manager(Person):
    level = sa.Column(sa.Integer, index=True)
    __mapper_args__ = {"polymorphic_identity": "manager"}
