# Columns of many types. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Thing(Base):
    __tablename__ = "thing"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(40), nullable=False)
    text = sa.Column(sa.Text)
    price = sa.Column(sa.Numeric(10, 2), server_default="0")
    at = sa.Column(sa.DateTime(timezone=True), server_default=sa.func.now())
    flag = sa.Column(sa.Boolean, default=False, nullable=False)
