# Foreign keys by name and by attribute. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class User(Base):
    __tablename__ = "user"
    id = sa.Column(sa.BigInteger, primary_key=True)


class Post(Base):
    __tablename__ = "post"
    id = sa.Column(sa.Integer, primary_key=True)
    user_id = sa.Column(sa.ForeignKey("user.id", ondelete="CASCADE"), nullable=False)
    editor_id = sa.Column(sa.BigInteger, sa.ForeignKey(User.id))
