# sqlmodel: arguments of Field, inheritance of fields, names. The MetaData is called metadata.
import enum
from datetime import datetime
from decimal import Decimal
from typing import List, Optional
from uuid import UUID, uuid4

from sqlalchemy import JSON, Column, DateTime, Text, UniqueConstraint, func, text
from sqlmodel import Field, Relationship, SQLModel

metadata = SQLModel.metadata


class Kind(str, enum.Enum):
    old = "OLD"
    new = "NEW"


class TeamBase(SQLModel):
    name: str = Field(index=True, max_length=50)
    motto: Optional[str] = None


class Team(TeamBase, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    heroes: List["Hero"] = Relationship(back_populates="team")


class TeamRead(TeamBase):
    id: int


class HeroLink(SQLModel, table=True):
    __tablename__ = "hero_link"
    left: Optional[int] = Field(default=None, foreign_key="hero.id", primary_key=True)
    right: Optional[int] = Field(default=None, foreign_key="hero.id", primary_key=True, ondelete="CASCADE")


class Hero(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("secret", "age", name="uq_secret"), {"comment": "heroes"})

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = Field(default_factory=uuid4, unique=True)
    secret: str
    age: Optional[int] = Field(default=None, index=True)
    kind: Kind = Field(default=Kind.old)
    maybe_kind: Optional[Kind] = None
    price: Decimal = Field(default=0, max_digits=5, decimal_places=3)
    plain_price: Decimal
    score: float = 0.0
    alive: bool = True
    born: datetime
    data: bytes = b""
    tags: list = Field(sa_column=Column("tag_list", JSON, nullable=False))
    story: str = Field(sa_type=Text)
    stamp: Optional[datetime] = Field(
        default=None,
        sa_type=DateTime(timezone=True),
        sa_column_kwargs={"server_default": func.now(), "onupdate": func.now()},
    )
    forced: Optional[str] = Field(default=None, nullable=False)
    loose: str = Field(nullable=True)
    counted: int = Field(sa_column_kwargs={"server_default": text("7"), "comment": "how many"})
    team_id: Optional[int] = Field(default=None, foreign_key="team.id", ondelete="SET NULL")
    team: Optional[Team] = Relationship(back_populates="heroes")
