# Comments on tables and columns. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class A(Base):
    __tablename__ = "a"
    __table_args__ = {"comment": "a table"}
    id = sa.Column(sa.Integer, primary_key=True, comment="the key")
    name = sa.Column(sa.String, comment="it's a name")
