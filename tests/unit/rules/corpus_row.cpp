// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus_row.h"

#include <QFile>
#include <QString>
#include <QStringList>

#include <array>

namespace sightglass::test {

namespace {

std::set<std::string> ruleSet(const QString& text)
{
    std::set<std::string> result;
    for (const QString& each : text.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const QString name = each.trimmed();
        if (name != QLatin1String("none"))
            result.insert(name.toStdString());
    }
    return result;
}

/// "orders" is public.orders, "app.orders" has its schema.
QualifiedName tableName(const QString& text)
{
    const auto dot = text.indexOf(QLatin1Char('.'));
    if (dot < 0)
        return {.schema = "public", .name = text.toStdString()};
    return {.schema = text.left(dot).toStdString(), .name = text.mid(dot + 1).toStdString()};
}

/// "users.email" is a column of public.users.
std::pair<QualifiedName, std::string> columnName(const QString& text)
{
    const auto dot = text.lastIndexOf(QLatin1Char('.'));
    return {tableName(text.left(dot)), text.mid(dot + 1).toStdString()};
}

int serverVersion(const QString& text)
{
    const QStringList parts = text.split(QLatin1Char('.'));
    const int major = parts.value(0).toInt();
    return major * 10'000 + parts.value(1).toInt();
}

/// One fact: the object in front of the colon, its value behind.
struct Fact
{
    QString object;
    QString value;
};

using TakeFact = void (*)(SqlReviewInput&, const Fact&);

void takeRows(SqlReviewInput& input, const Fact& fact)
{
    input.facts.tables[tableName(fact.object)].rows = fact.value.toLongLong();
}

void takeNulls(SqlReviewInput& input, const Fact& fact)
{
    input.facts.columns[columnName(fact.object)].nulls = fact.value.toLongLong();
}

void takeDuplicates(SqlReviewInput& input, const Fact& fact)
{
    input.facts.columns[columnName(fact.object)].duplicates = fact.value.toLongLong();
}

void takeOrphans(SqlReviewInput& input, const Fact& fact)
{
    input.facts.columns[columnName(fact.object)].orphans = fact.value.toLongLong();
}

void takeIndexScans(SqlReviewInput& input, const Fact& fact)
{
    input.facts.indexes[tableName(fact.object)].scans = fact.value.toLongLong();
}

void takeInvalidIndex(SqlReviewInput& input, const Fact& fact)
{
    input.facts.indexes[tableName(fact.object)].valid = false;
}

void takeActivity(SqlReviewInput& input, const Fact& fact)
{
    TableFacts& facts = input.facts.tables[tableName(fact.object)];
    facts.used = true;
}

void takeLongTransaction(SqlReviewInput& input, const Fact& fact)
{
    TableFacts& facts = input.facts.tables[tableName(fact.object)];
    facts.longestTransaction = std::chrono::seconds(fact.value.toLongLong());
}

void takePublication(SqlReviewInput& input, const Fact& fact)
{
    input.facts.tables[tableName(fact.object)].publications.push_back(fact.value.toStdString());
}

void takeOwner(SqlReviewInput& input, const Fact& fact)
{
    input.facts.tables[tableName(fact.object)].owner = fact.value.toStdString();
}

void takeRole(SqlReviewInput& input, const Fact& fact)
{
    input.facts.role = fact.object.toStdString();
    input.facts.memberOf.insert(fact.object.toStdString());
}

void takeFunction(SqlReviewInput& input, const Fact& fact)
{
    input.facts.volatility[fact.object.toStdString()] = fact.value.at(0).toLatin1();
}

void takeServer(SqlReviewInput& input, const Fact& fact)
{
    input.facts.serverVersion = serverVersion(fact.object);
}

void takeTimeZone(SqlReviewInput& input, const Fact& fact)
{
    input.facts.timeZone = fact.object.toStdString();
}

struct FactKey
{
    const char* key;
    TakeFact take;
};

constexpr std::array factKeys{FactKey{"rows", takeRows},
                              FactKey{"nulls", takeNulls},
                              FactKey{"dups", takeDuplicates},
                              FactKey{"orphans", takeOrphans},
                              FactKey{"idx_scan", takeIndexScans},
                              FactKey{"invalid_index", takeInvalidIndex},
                              FactKey{"activity", takeActivity},
                              FactKey{"longtx", takeLongTransaction},
                              FactKey{"publication", takePublication},
                              FactKey{"owner", takeOwner},
                              FactKey{"role", takeRole},
                              FactKey{"func", takeFunction},
                              FactKey{"server", takeServer},
                              FactKey{"timezone", takeTimeZone}};

RunMode modeOf(const QString& text)
{
    if (text == QLatin1String("autocommit"))
        return RunMode::Autocommit;
    if (text == QLatin1String("raw"))
        return RunMode::Raw;
    if (text == QLatin1String("alembic-sql"))
        return RunMode::AlembicSql;
    return RunMode::Alembic;
}

/// False: there is no such key.
bool takeContext(SqlReviewInput& input, const QString& key, const QString& value)
{
    const std::string text = value.toStdString();
    if (key == QLatin1String("mode"))
        input.mode = modeOf(value);
    else if (key == QLatin1String("prior"))
        input.prior = text;
    else if (key == QLatin1String("chain"))
        input.priorIsComplete = value == QLatin1String("complete");
    else if (key == QLatin1String("live"))
        input.live = text;
    else if (key == QLatin1String("prev_pending"))
        input.pendingBefore.push_back(text);
    else if (key == QLatin1String("next"))
        input.following.push_back(text);
    else if (key == QLatin1String("other_branch"))
        input.otherBranches.push_back(text);
    else if (key == QLatin1String("tpm"))
        input.transactionPerMigration = value == QLatin1String("1");
    else if (key == QLatin1String("downgrade"))
        input.downgrade = text;
    else if (key == QLatin1String("direction"))
        input.direction =
            value == QLatin1String("down") ? Direction::Downgrade : Direction::Upgrade;
    else if (key == QLatin1String("protected"))
        input.protectedTables.push_back(text);
    else if (key == QLatin1String("enable"))
        input.rules.enabled.insert(text);
    else {
        for (const FactKey& each : factKeys) {
            if (key != QLatin1String(each.key))
                continue;
            const auto colon = value.indexOf(QLatin1Char(':'));
            each.take(input,
                      {.object = colon < 0 ? value : value.left(colon),
                       .value = colon < 0 ? QString() : value.mid(colon + 1)});
            return true;
        }
        return false;
    }
    return true;
}

void takeContexts(CorpusRow& row, const QString& context)
{
    for (const QString& entry : context.split(QStringLiteral(" || "), Qt::SkipEmptyParts)) {
        const auto equals = entry.indexOf(QLatin1Char('='));
        const QString key = entry.left(equals).trimmed();
        const QString value = entry.mid(equals + 1).trimmed();
        if (key == QLatin1String("graph"))
            row.graph = value.toStdString();
        else if (key == QLatin1String("alembic"))
            row.alembicVersion = value.toStdString();
        else if (key == QLatin1String("pg"))
            row.input.facts.serverVersion = serverVersion(value);
        else if (!takeContext(row.input, key, value))
            qFatal("%s: no such context: %s", row.id.c_str(), qPrintable(key));
    }
}

CorpusRow rowOf(const QStringList& cells)
{
    CorpusRow row;
    row.id = cells.value(0).toStdString();
    row.sql = cells.value(1).toStdString();
    row.expected = ruleSet(cells.value(3));
    row.note = cells.value(4).toStdString();
    row.squawk = ruleSet(cells.value(5));
    row.pgfence = ruleSet(cells.value(7));
    row.input.text = row.sql;
    row.input.file = row.id + ".sql";
    row.input.facts.serverVersion = serverVersion(cells.value(2));
    row.input.facts.serverKnown = true;
    takeContexts(row, cells.value(8));
    return row;
}

} // namespace

CorpusRow rowWith(const QString& context)
{
    CorpusRow row;
    row.input.facts.serverKnown = true;
    takeContexts(row, context);
    return row;
}

std::vector<CorpusRow> readCorpus()
{
    QFile file(QStringLiteral(SIGHTGLASS_TEST_DATA "/rules/rules-corpus.tsv"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the corpus can't be read");
    std::vector<CorpusRow> rows;
    const QStringList lines = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'));
    for (const QString& line : lines.mid(1)) {
        if (!line.isEmpty())
            rows.push_back(rowOf(line.split(QLatin1Char('\t'))));
    }
    return rows;
}

std::set<std::string> reportedRules(const CorpusRow& row)
{
    const ReviewResult result = reviewSql(row.input, {});
    std::set<std::string> rules;
    for (const ReviewedRevision& revision : result.revisions) {
        for (const Finding& finding : revision.findings)
            rules.insert(finding.rule);
    }
    for (const Finding& finding : result.findings)
        rules.insert(finding.rule);
    return rules;
}

} // namespace sightglass::test
