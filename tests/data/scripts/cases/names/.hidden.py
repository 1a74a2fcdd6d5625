revision = "h"
down_revision = None
