# Names that need quotes. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class A(Base):
    __tablename__ = "Mixed Case"
    Id = sa.Column(sa.Integer, primary_key=True)
    order = sa.Column(sa.Integer, index=True, unique=True)
