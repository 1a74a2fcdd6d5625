# Types of an application; what SQLAlchemy makes of them is in types.tsv.
import enum

import sqlalchemy as sa
from sqlalchemy.dialects import mssql, mysql, oracle, postgresql, sqlite
from sqlalchemy.ext.mutable import MutableDict, MutableList


class State(enum.Enum):
    new = 'n'
    old = 'o'
class Mood(str, enum.Enum):
    glad = 'is glad'
    sad = 'is sad'
class Guid(sa.types.TypeDecorator):
    impl = sa.CHAR
    cache_ok = True
    def load_dialect_impl(self, dialect):
        if dialect.name == 'postgresql':
            return dialect.type_descriptor(postgresql.UUID())
        return dialect.type_descriptor(sa.CHAR(36))
class Short(sa.types.TypeDecorator):
    impl = sa.String
    cache_ok = True
class Fixed(sa.types.TypeDecorator):
    impl = sa.String(7)
    cache_ok = True
class Sized(sa.types.TypeDecorator):
    impl = sa.Unicode
    cache_ok = True
    def __init__(self, length=33, **kw):
        super().__init__(length=length, **kw)
class Chosen(sa.types.TypeDecorator):
    impl = sa.Text
    cache_ok = True
    def __init__(self, size):
        super().__init__()
        self.size = size
    def load_dialect_impl(self, dialect):
        return dialect.type_descriptor(sa.VARCHAR(self.size * 2))
class Fallback(sa.types.TypeDecorator):
    impl = sa.String
    cache_ok = True
    def load_dialect_impl(self, dialect):
        if dialect.name == 'mysql':
            return dialect.type_descriptor(sa.TEXT())
        return super().load_dialect_impl(dialect)
class OwnImpl(sa.types.TypeDecorator):
    impl = sa.String
    cache_ok = True
    def load_dialect_impl(self, dialect):
        if dialect.name == 'mysql':
            return mysql.LONGTEXT()
        return self.impl
class Set(sa.types.TypeDecorator):
    impl = sa.Integer
    cache_ok = True
    def __init__(self, *args):
        sa.types.TypeDecorator.__init__(self)
        self.impl = sa.Numeric(8, 3)
class Wrapped(sa.types.TypeDecorator):
    impl = Guid
    cache_ok = True
class Stated(sa.types.TypeDecorator):
    impl = sa.Enum
    cache_ok = True
    def __init__(self, kind, *args, **kw):
        super().__init__(kind, *args, **kw)
class Shorter(Sized):
    cache_ok = True
class Box(sa.types.UserDefinedType):
    cache_ok = True
    def __init__(self, precision=8):
        self.precision = precision
    def get_col_spec(self, **kw):
        return 'BOX(%s)' % self.precision
class Tree(sa.types.UserDefinedType):
    cache_ok = True
    def get_col_spec(self):
        return 'ltree'
class Name(sa.String):
    pass
class Code(sa.String):
    def __init__(self):
        super().__init__(length=12)
class Doc(postgresql.JSONB):
    pass
class Amount(sa.Numeric):
    def __init__(self, *args, **kw):
        kw.setdefault('precision', 12)
        kw.setdefault('scale', 2)
        super().__init__(*args, **kw)
