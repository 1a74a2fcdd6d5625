# Columns whose name is not the attribute's. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class A(Base):
    __tablename__ = "a"
    key = sa.Column("id", sa.Integer, primary_key=True)
    label_ = sa.Column("label", sa.String, index=True)
