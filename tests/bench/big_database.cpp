// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/big_database.h"

#include <fstream>
#include <sstream>

namespace sightglass::bench {

namespace {

constexpr std::size_t missingEvery = 400;
constexpr std::size_t indexMissingEvery = 150;
constexpr std::size_t columnMoreEvery = 300;
constexpr std::size_t unmanagedEvery = 50;
constexpr std::size_t droppedEvery = 500;

std::string table(std::size_t number)
{
    return "t" + std::to_string(number);
}

std::string revisionId(std::size_t number)
{
    std::string digits = std::to_string(number);
    return "rev" + std::string(digits.size() < 6 ? 6 - digits.size() : 0, '0') + digits;
}

void writeHead(std::ostream& out, std::size_t number, const std::string& message)
{
    out << "\"\"\"" << message << "\n\nRevision ID: " << revisionId(number)
        << "\n\"\"\"\nfrom alembic import op\nimport sqlalchemy as sa\n\nrevision = '"
        << revisionId(number) << "'\ndown_revision = ";
    if (number == 0)
        out << "None";
    else
        out << "'" << revisionId(number - 1) << "'";
    out << "\n\n\ndef upgrade():\n";
}

void writeTables(const Path& versions, std::size_t number, std::size_t first, std::size_t end)
{
    std::ofstream out(versions / (revisionId(number) + "_tables.py"));
    writeHead(out, number, "tables from " + std::to_string(first));
    for (std::size_t i = first; i < end; ++i)
        out << "    op.create_table('" << table(i)
            << "', sa.Column('id', sa.BigInteger(), primary_key=True), sa.Column('name', "
               "sa.String(100), nullable=False), sa.Column('amount', sa.Numeric(10, 2)))\n"
            << "    op.create_index('ix_" << table(i) << "_name', '" << table(i)
            << "', ['name'])\n";
    out << "\n\ndef downgrade():\n";
    for (std::size_t i = first; i < end; ++i)
        out << "    op.drop_table('" << table(i) << "')\n";
}

} // namespace

std::string BigDatabase::liveSql() const
{
    std::ostringstream sql;
    for (std::size_t i = 0; i < tables; ++i) {
        if (i % missingEvery == missingEvery - 1)
            continue;
        sql << "CREATE TABLE " << table(i)
            << " (id bigserial PRIMARY KEY, name varchar(100) NOT NULL, amount numeric(10,2)"
            << (i % columnMoreEvery == 1 ? ", by_hand text" : "") << ");\n";
        if (i % indexMissingEvery != 2)
            sql << "CREATE INDEX ix_" << table(i) << "_name ON " << table(i) << " (name);\n";
        if (i % unmanagedEvery == 3)
            sql << "CREATE TABLE other_" << i << " (id bigint PRIMARY KEY, payload jsonb);\n";
    }
    const std::size_t last = (tables + tablesInRevision - 1) / tablesInRevision - 1;
    sql << "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);\n"
        << "INSERT INTO alembic_version VALUES ('" << revisionId(last) << "');\n";
    return sql.str();
}

void BigDatabase::writeProject(const Path& folder) const
{
    const Path versions = folder / "migrations" / "versions";
    std::filesystem::create_directories(versions);
    std::ofstream(folder / "alembic.ini")
        << "[alembic]\nscript_location = %(here)s/migrations\nprepend_sys_path = .\n";
    std::ofstream(folder / "migrations" / "env.py")
        << "from alembic import context\nfrom models import Base\n\ntarget_metadata = "
           "Base.metadata\ncontext.configure(target_metadata=target_metadata)\n";
    std::ofstream models(folder / "models.py");
    models << "import sqlalchemy as sa\nfrom sqlalchemy.orm import declarative_base\n\nBase = "
              "declarative_base()\n";
    std::size_t number = 0;
    for (std::size_t first = 0; first < tables; first += tablesInRevision, ++number)
        writeTables(versions, number, first, std::min(tables, first + tablesInRevision));
    for (std::size_t i = 0; i < tables; ++i)
        models << "\n\nclass T" << i << "(Base):\n    __tablename__ = '" << table(i)
               << "'\n    id = sa.Column(sa.BigInteger, primary_key=True)\n    name = "
                  "sa.Column(sa.String(100), nullable=False, index=True)\n    amount = "
                  "sa.Column(sa.Numeric(10, 2))\n";
    std::ofstream pending(versions / (revisionId(number) + "_pending.py"));
    writeHead(pending, number, "drop what is old");
    for (std::size_t i = 0; i < tables; i += droppedEvery)
        pending << "    op.drop_table('" << table(i) << "')\n";
    pending << "\n\ndef downgrade():\n    pass\n";
}

} // namespace sightglass::bench
