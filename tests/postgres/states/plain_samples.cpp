// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/postgres/states/state_samples.h"

namespace sightglass::tests {

const std::string shopChain = R"chain(=== shop
--- upgrade
op.create_table('users', sa.Column('id', sa.Integer, primary_key=True), sa.Column('email', sa.String(255), nullable=False))
--- upgrade
op.add_column('users', sa.Column('name', sa.String(100)))
op.create_index('ix_users_name', 'users', ['name'])
--- upgrade
op.create_table('orders', sa.Column('id', sa.Integer, primary_key=True), sa.Column('user_id', sa.Integer, sa.ForeignKey('users.id', name='orders_user_fk')))
--- upgrade
op.execute("UPDATE users SET name = 'nobody' WHERE name IS NULL")
--- upgrade
op.create_table('invoices', sa.Column('id', sa.Integer, primary_key=True), sa.Column('total', sa.Numeric(10, 2), nullable=False), sa.CheckConstraint('total >= 0', name='invoices_total'))
--- upgrade
op.create_table('audit', sa.Column('id', sa.Integer, primary_key=True))
with op.get_context().autocommit_block():
    op.create_index('uq_users_email', 'users', ['email'], unique=True, postgresql_concurrently=True)
op.create_table('audit_links', sa.Column('id', sa.Integer, primary_key=True))
)chain";

const std::string branchesChain = R"chain(=== branches
--- upgrade
op.create_table('a', sa.Column('id', sa.Integer, primary_key=True))
--- parents r1
--- upgrade
op.create_table('b', sa.Column('id', sa.Integer, primary_key=True))
--- parents r1
--- upgrade
op.create_table('c', sa.Column('id', sa.Integer, primary_key=True))
--- parents r2 r3
--- upgrade
pass
--- parents r4
--- upgrade
op.create_table('d', sa.Column('id', sa.Integer, primary_key=True))
)chain";

const std::string twoHeadsChain = R"chain(=== two heads
--- upgrade
op.create_table('a', sa.Column('id', sa.Integer, primary_key=True))
--- parents r1
--- upgrade
op.create_table('b', sa.Column('id', sa.Integer, primary_key=True))
--- parents r1
--- upgrade
op.create_table('c', sa.Column('id', sa.Integer, primary_key=True))
)chain";

const std::string specialChain = R"chain(=== schemas, partitions, enums
--- upgrade
op.execute('CREATE SCHEMA app')
op.create_table('users', sa.Column('id', sa.Integer, primary_key=True), schema='app')
op.create_table('things', sa.Column('id', sa.Integer, primary_key=True))
--- upgrade
op.execute('CREATE TABLE events (at date NOT NULL, what text) PARTITION BY RANGE (at)')
op.execute("CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')")
--- upgrade
op.execute("CREATE TYPE mood AS ENUM ('sad', 'ok')")
op.add_column('things', sa.Column('mood', postgresql.ENUM('sad', 'ok', name='mood', create_type=False)))
--- module
import os
--- upgrade
if os.environ.get('SIGHTGLASS_TEST_NO_SUCH'):
    op.create_table('optional', sa.Column('id', sa.Integer, primary_key=True))
)chain";

namespace {

const std::string adoptedChain = R"chain(=== tables from before
--- upgrade
op.execute("INSERT INTO members (name) VALUES ('demo')")
)chain";

} // namespace

std::vector<StateSample> plainSamples()
{
    return {

        {"as it should be",
         shopChain,
         "heads",
         "",
         "healthy",
         "",
         "All 5 promised tables are there"},
        {"behind", shopChain, "r3", "", "pending", "upgrade", "All 2 promised tables are there"},
        {"another tool's tables beside",
         shopChain,
         "heads",
         "CREATE TABLE django_session (k text PRIMARY KEY); CREATE VIEW v AS SELECT 1 AS one;",
         "healthy",
         "",
         "All 5 promised tables"},
        {"an extension's objects beside",
         shopChain,
         "heads",
         "CREATE EXTENSION citext;",
         "healthy",
         "",
         "All 5 promised tables"},
        {"nothing yet", shopChain, "", "", "empty", "upgrade", "The database is empty."},
        {"only the version table is left",
         shopChain,
         "heads",
         "DROP TABLE orders, users, invoices, audit, audit_links;",
         "zombie",
         "rebuild-schema",
         "0 of 5 promised tables",
         "alembic stamp base"},
        {"only another tool's tables are left",
         shopChain,
         "heads",
         "DROP TABLE orders, users, invoices, audit, audit_links; CREATE TABLE django_session (k "
         "text); CREATE EXTENSION citext;",
         "zombie",
         "rebuild-schema",
         "None of 5 promised tables is there",
         "alembic stamp base"},
        {"one table lost",
         shopChain,
         "heads",
         "DROP TABLE invoices;",
         "partly-missing",
         "restore-backup",
         "1 of 5 promised tables is missing: public.invoices",
         "CREATE TABLE invoices"},
        {"a table renamed by hand",
         shopChain,
         "heads",
         "ALTER TABLE invoices RENAME TO bills;",
         "partly-missing",
         "rename-back",
         "Table public.invoices is missing",
         "ALTER TABLE public.bills RENAME TO invoices"},
        {"stamped ahead of what ran",
         shopChain,
         "r2",
         "UPDATE alembic_version SET version_num = 'r6';",
         "partly-missing",
         "stamp-match",
         "The schema matches r2 best: 100 %",
         "alembic stamp r2"},
        {"a column and its index never made",
         shopChain,
         "r1",
         "UPDATE alembic_version SET version_num = 'r2';",
         "partly-missing",
         "stamp-match",
         "Revision r2 is recorded and left no trace",
         "alembic stamp r1"},
        {"no version table",
         shopChain,
         "heads",
         "DROP TABLE alembic_version;",
         "unstamped",
         "stamp-match",
         "The schema matches r6 best: 100 %",
         "alembic stamp r6"},
        {"no version row",
         shopChain,
         "r3",
         "DELETE FROM alembic_version;",
         "unstamped",
         "stamp-match",
         "The schema matches r3 best: 100 %",
         "alembic stamp r3"},
        {"rows alone can't be told",
         shopChain,
         "r4",
         "DELETE FROM alembic_version;",
         "unstamped",
         "stamp-match",
         "r4 has the same schema"},
        {"not stamped, and changed by hand",
         shopChain,
         "r5",
         "DROP TABLE alembic_version; ALTER TABLE users ADD COLUMN nick text; DROP INDEX "
         "ix_users_name; CREATE TABLE wp_posts (id int);",
         "unstamped",
         "stamp-match",
         "The schema matches r5 best",
         "alembic stamp r5"},
        {"all of it another application's",
         shopChain,
         "",
         "CREATE TABLE wp_posts (id int); CREATE TABLE wp_users (id int);",
         "unstamped",
         "upgrade-over",
         "No object of this schema is made by any revision."},
        {"tables that no revision creates",
         adoptedChain,
         "",
         "CREATE TABLE members (id serial PRIMARY KEY, name text);",
         "unstamped",
         "write-initial",
         "No revision creates public.members",
         "revision --autogenerate"},
        {"an id of no file",
         shopChain,
         "r5",
         "UPDATE alembic_version SET version_num = 'invalid_revision_12345';",
         "unknown-revision",
         "find-file",
         "The schema matches r5 best: 100 %",
         "alembic stamp --purge r5"},
        {"applied and not recorded",
         shopChain,
         "r5",
         "UPDATE alembic_version SET version_num = 'r3';",
         "partly-applied",
         "stamp-applied",
         "r5 is applied in full",
         "alembic stamp r5"},
        {"stopped after its first table",
         shopChain,
         "r5",
         "CREATE TABLE audit (id serial NOT NULL, PRIMARY KEY (id));",
         "partly-applied",
         "undo-part",
         "It leaves the transaction at line",
         "DROP TABLE public.audit"},
        {"a column by hand",
         shopChain,
         "heads",
         "ALTER TABLE users ADD COLUMN nick text;",
         "drifted",
         "write-revision",
         "Column public.users.nick is there and no applied revision makes it",
         "ALTER TABLE public.users DROP COLUMN nick"},
        {"a type changed by hand",
         shopChain,
         "heads",
         "ALTER TABLE users ALTER email TYPE text;",
         "drifted",
         "write-revision",
         "promised character varying(255) not null, there is text not null"},
        {"an index lost",
         shopChain,
         "heads",
         "DROP INDEX ix_users_name;",
         "drifted",
         "replay-operations",
         "Index ix_users_name of public.users is missing",
         "CREATE INDEX ix_users_name ON users (name)"},
        {"a constraint not validated",
         shopChain,
         "heads",
         "ALTER TABLE invoices DROP CONSTRAINT invoices_total; ALTER TABLE invoices ADD CONSTRAINT "
         "invoices_total CHECK (total >= 0) NOT VALID;",
         "drifted",
         "put-back",
         "Check invoices_total of public.invoices is NOT VALID",
         "VALIDATE CONSTRAINT invoices_total"},
        {"a table by hand that a pending revision makes",
         shopChain,
         "r2",
         "CREATE TABLE orders (number text);",
         "drifted",
         "set-aside",
         "Pending r3 will stop: relation \"orders\" already exists",
         "ALTER TABLE public.orders RENAME TO orders_by_hand"},
        {"a column by hand that a pending revision adds",
         shopChain,
         "r1",
         "ALTER TABLE users ADD COLUMN name text;",
         "drifted",
         "set-aside",
         "column \"name\" of relation \"users\" already exists",
         "RENAME COLUMN name TO name_by_hand"},
        {"rows that overlap",
         shopChain,
         "heads",
         "INSERT INTO alembic_version VALUES ('r2');",
         "overlapping-heads",
         "keep-top-rows",
         "r2 is below r6"},
        {"two heads, both applied",
         twoHeadsChain,
         "heads",
         "",
         "healthy",
         "",
         "All 3 promised tables"},
        {"two heads, not stamped",
         twoHeadsChain,
         "heads",
         "DROP TABLE alembic_version;",
         "unstamped",
         "stamp-match",
         "The schema matches r2 and r3 best: 100 %",
         "alembic stamp r2 r3"},
        {"one of two branchesChain, not stamped",
         twoHeadsChain,
         "r3",
         "DROP TABLE alembic_version;",
         "unstamped",
         "stamp-match",
         "The schema matches r3 best: 100 %"},
        {"merged, not stamped",
         branchesChain,
         "r4",
         "DROP TABLE alembic_version;",
         "unstamped",
         "stamp-match",
         "The schema matches r4 best: 100 %"},
        {"a branch that was never run",
         branchesChain,
         "r2",
         "UPDATE alembic_version SET version_num = 'r5'; CREATE TABLE d (id serial NOT NULL, "
         "PRIMARY "
         "KEY (id));",
         "partly-missing",
         "restore-backup",
         "Revision r3 is recorded and left no trace",
         "CREATE TABLE c"},
        {"schemas, partitions and an enum",
         specialChain,
         "heads",
         "",
         "healthy",
         "",
         "promised tables"},
        {"partitions made as time goes by",
         specialChain,
         "heads",
         "CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO "
         "('2027-01-01');",
         "healthy",
         "",
         "promised tables"},
        {"a table of another schema lost",
         specialChain,
         "heads",
         "DROP TABLE app.users;",
         "partly-missing",
         "restore-backup",
         "app.users"},
        {"an enum label by hand",
         specialChain,
         "heads",
         "ALTER TYPE mood ADD VALUE 'happy';",
         "drifted",
         "write-revision",
         "promised enum (sad, ok), there is enum (sad, ok, happy)"},
        {"what depends on the environment is there",
         specialChain,
         "heads",
         "CREATE TABLE optional (id serial NOT NULL, PRIMARY KEY (id));",
         "healthy",
         "",
         "promised tables"},
        {"the version table in another schema",
         shopChain,
         "heads",
         "CREATE SCHEMA meta; ALTER TABLE alembic_version SET SCHEMA meta;",
         "healthy",
         "",
         "meta.alembic_version was taken because it holds ids of this chain"},
    };
}

} // namespace sightglass::tests
