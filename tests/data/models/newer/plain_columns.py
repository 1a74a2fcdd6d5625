# Column of 1.x below a base of 2.x, and unannotated mapped_column. The MetaData is called metadata.
from sqlalchemy import Column, DateTime, Enum, ForeignKey, Integer, Sequence, String, Text, func
from sqlalchemy.dialects.postgresql import ARRAY, INET
from sqlalchemy.orm import DeclarativeBase, declarative_mixin, mapped_column


class Base(DeclarativeBase):
    __allow_unmapped__ = True
    id = Column(Integer, primary_key=True)


metadata = Base.metadata


@declarative_mixin
class Mixed:
    region = Column(String(3), primary_key=True)
    at = Column(DateTime, server_default=func.now())


class Host(Mixed, Base):
    __tablename__ = "host"
    address: str = Column(INET, nullable=False)
    tags = mapped_column(ARRAY(Text), server_default="{}")
    state = mapped_column(Enum("up", "down", name="host_state"), nullable=False)
    number = mapped_column(Integer, Sequence("host_number"), index=True)


class Guest(Base):
    __tablename__ = "guest"
    name = Column(String)
