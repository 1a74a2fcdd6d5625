# MappedAsDataclass and registry of 2.x. The MetaData is called metadata.
import enum
from typing import Optional

from sqlalchemy import Column, Enum, ForeignKey, Integer, String, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column, registry, relationship


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    pass


metadata = Base.metadata


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


class Mode(str, enum.Enum):
    a = "A"
    b = "B"


links = Table(
    "links",
    Base.metadata,
    Column("left_id", ForeignKey("node.id"), primary_key=True),
    Column("right_id", ForeignKey("node.id"), primary_key=True),
)


class Node(Base):
    __tablename__ = "node"
    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    title: Mapped[str] = mapped_column(String(10), default="x")
    level: Mapped[Level] = mapped_column(default=Level.LOW)
    mode: Mapped[Mode] = mapped_column(Enum(Mode, name="modes", native_enum=False, length=30), repr=False)
    parent_id: Mapped[Optional[int]] = mapped_column(ForeignKey("node.id"), default=None)
    parent: Mapped[Optional["Node"]] = relationship(remote_side=[id], default=None)
    counted: Mapped[int] = mapped_column(Integer, insert_default=5, init=False, server_default="5")


other = registry(metadata=metadata)


@other.mapped_as_dataclass
class Leaf:
    __tablename__ = "leaf"
    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    node_id: Mapped[int] = mapped_column(ForeignKey("node.id"))


class Plain:
    pass


other.map_imperatively(Plain, Table("plain", metadata, Column("id", Integer, primary_key=True)))
