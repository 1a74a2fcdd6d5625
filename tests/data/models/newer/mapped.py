# Mapped[…] of every type that SQLAlchemy knows. The MetaData is called metadata.
import datetime
import decimal
import enum
import uuid
from typing import Literal, Optional, Union

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


metadata = Base.metadata


class Color(enum.Enum):
    RED = "red"
    GREEN = "green"


class Everything(Base):
    __tablename__ = "everything"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    short: Mapped[str] = mapped_column(String(30))
    maybe: Mapped[Optional[str]]
    either: Mapped[str | None]
    union: Mapped[Union[int, None]]
    flag: Mapped[bool]
    number: Mapped[float]
    money: Mapped[decimal.Decimal]
    blob: Mapped[bytes]
    moment: Mapped[datetime.datetime]
    day: Mapped[datetime.date]
    hour: Mapped[datetime.time]
    span: Mapped[datetime.timedelta]
    uid: Mapped[uuid.UUID]
    color: Mapped[Color]
    maybe_color: Mapped[Optional[Color]]
    word: Mapped[Literal["on", "off"]]
    big: Mapped[int] = mapped_column(BigInteger)
    forced: Mapped[Optional[str]] = mapped_column(nullable=False)
    loose: Mapped[str] = mapped_column(nullable=True)
    renamed: Mapped[str] = mapped_column("other_name", index=True)
    only = mapped_column(String(5), unique=True)
    quoted: Mapped["Optional[int]"]
