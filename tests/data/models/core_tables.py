# Tables without classes. The MetaData is called metadata.
import sqlalchemy as sa


metadata = sa.MetaData()
a = sa.Table("a", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("n", sa.Integer))
b = sa.Table(
    "b",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("a_id", a.c.id.type, sa.ForeignKey(a.c.id)),
    sa.UniqueConstraint("a_id"),
)
sa.Index("ix_n", a.c.n)
