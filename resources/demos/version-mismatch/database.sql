-- SPDX-License-Identifier: GPL-3.0-or-later
-- State: the version table survived with its row, the eight application tables did not.

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

INSERT INTO alembic_version (version_num) VALUES ('e18e20278eaa');
