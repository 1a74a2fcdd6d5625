# A naming convention. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
Base = declarative_base(metadata=metadata)


class User(Base):
    __tablename__ = "user"
    id = sa.Column(sa.Integer, primary_key=True)
    mail = sa.Column(sa.String, unique=True)
    age = sa.Column(sa.Integer, sa.CheckConstraint("age > 0", name="positive"), index=True)
    boss_id = sa.Column(sa.ForeignKey("user.id"))
    __table_args__ = (sa.UniqueConstraint("age", "boss_id"),)
