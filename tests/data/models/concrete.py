# Concrete inheritance. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Shape(Base):
    __tablename__ = "shape"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String)


class Circle(Shape):
    __tablename__ = "circle"
    id = sa.Column(sa.Integer, primary_key=True)
    radius = sa.Column(sa.Float)
    __mapper_args__ = {"concrete": True}
