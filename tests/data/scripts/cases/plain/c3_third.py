'''third'''
revision = 'c3'
down_revision = ('a1',)
branch_labels = 'side'


def upgrade():
    pass


def downgrade():
    pass
