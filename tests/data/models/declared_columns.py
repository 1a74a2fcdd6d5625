# Declared columns with foreign keys. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base, declared_attr

Base = declarative_base()
metadata = Base.metadata


class Owner(Base):
    __tablename__ = "owner"
    id = sa.Column(sa.Integer, primary_key=True)


class Owned:
    @declared_attr
    def owner_id(cls):
        return sa.Column(sa.ForeignKey("owner.id"), nullable=False)


class Car(Owned, Base):
    __tablename__ = "car"
    id = sa.Column(sa.Integer, primary_key=True)


class Dog(Owned, Base):
    __tablename__ = "dog"
    id = sa.Column(sa.Integer, primary_key=True)
