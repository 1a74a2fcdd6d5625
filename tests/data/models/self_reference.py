# A tree. The MetaData is called metadata.
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Node(Base):
    __tablename__ = "node"
    id = sa.Column(sa.Integer, primary_key=True)
    parent_id = sa.Column(sa.ForeignKey("node.id"))


class Branch(Base):
    __tablename__ = "branch"
    id = sa.Column(sa.Integer, primary_key=True)
    parent_id = sa.Column(sa.Integer, sa.ForeignKey(id), index=True)
    root_id = sa.Column(sa.ForeignKey(id, ondelete="CASCADE"))
    node_id = sa.Column(sa.ForeignKey(Node.id))
