from alembic import context

context.configure(url="postgresql://localhost/shop", target_metadata=None)
