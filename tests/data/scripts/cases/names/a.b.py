revision = "a.b"
down_revision = "h"
