# SPDX-License-Identifier: GPL-3.0-or-later
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.dialects.postgresql import aggregate_order_by

t = sa.table("t", sa.column("id", sa.Integer), sa.column("name", sa.String), sa.column("flag", sa.Boolean))
u = sa.table("u", sa.column("id", sa.Integer), sa.column("t_id", sa.Integer), sa.column("x", sa.String))
s = sa.table("s", sa.column("id", sa.Integer), schema="app")
j = sa.table("j", sa.column("data", pg.JSONB))
m = sa.Table("m", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("title", sa.String(50)))
a = t.alias("a")
c = sa.select(u.c.id).where(u.c.x == "y").cte("c")
