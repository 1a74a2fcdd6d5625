r'''raw \n doc

''' 'x'
revision = \
    'a10'
down_revision = 'a9'; depends_on = None


def upgrade():
    pass


def downgrade():
    pass
