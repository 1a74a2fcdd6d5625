# Flask-SQLAlchemy: names, tables, metadatas, bases. The MetaData is called metadata.
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData

db = SQLAlchemy(
    metadata=MetaData(naming_convention={"ix": "ix_%(column_0_label)s", "fk": "fk_%(table_name)s_%(column_0_name)s"})
)
metadata = db.metadata

tags = db.Table(
    "tags",
    db.Column("post_id", db.Integer, db.ForeignKey("blog_post.id"), primary_key=True),
    db.Column("tag", db.String(10), primary_key=True),
)


class Stamped:
    created = db.Column(db.DateTime, server_default=db.func.now())


class BlogPost(Stamped, db.Model):
    id = db.Column(db.Integer, primary_key=True)
    title = db.Column(db.String(80), unique=True, nullable=False)
    body = db.Column(db.Text, index=True)
    kind = db.Column(db.Enum("a", "b", name="post_kind"))
    user = db.relationship("HTTPUser", backref="posts")
    user_id = db.Column(db.Integer, db.ForeignKey("http_user.id"))


class HTTPUser(db.Model):
    id = db.Column(db.Integer, primary_key=True)


class LongPost(BlogPost):
    words = db.Column(db.Integer)


class JoinedPost(BlogPost):
    id = db.Column(db.Integer, db.ForeignKey("blog_post.id"), primary_key=True)
    extra = db.Column(db.String)


class OAuth2Token4User(db.Model):
    __table_args__ = (db.UniqueConstraint("a", "b"), db.Index("ix_both", "a", "b"))
    id = db.Column(db.BigInteger, primary_key=True)
    a = db.Column(db.Integer)
    b = db.Column(db.Integer)


class Base(db.Model):
    __abstract__ = True
    code = db.Column(db.String(4))


class Given(Base):
    __tablename__ = "given_name"
    id = db.Column(db.Integer, primary_key=True)


class Elsewhere(db.Model):
    __bind_key__ = "other"
    id = db.Column(db.Integer, primary_key=True)


class Bare(db.Model):
    __table__ = db.Table("bare", db.Column("id", db.Integer, primary_key=True))
