# __table_args__ that is a dictionary with a schema-less comment. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Thing(Base):
    __tablename__ = "thing"
    id = sa.Column(sa.Integer, primary_key=True)
    __table_args__ = {"comment": "only a dictionary"}
