# A class with a table of its own. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class User(Base):
    __table__ = sa.Table(
        "users", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("n", sa.Text)
    )
