// SPDX-License-Identifier: GPL-3.0-or-later
// Scripts run on a real server and in the replay: the same answers, the same schema.
#include "core/base/error.h"
#include "core/cluster/private_server.h"
#include "core/postgres/connect.h"
#include "core/replay/replay.h"
#include "core/sql/sql_reader.h"
#include "tests/postgres/catalog/live_text.h"

#include <QTest>

#include <pqxx/connection>
#include <pqxx/except>
#include <pqxx/nontransaction>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

using namespace sightglass;
using namespace sightglass::test;

namespace {

std::string folder()
{
    return std::string(SIGHTGLASS_TEST_DATA) + "/replay";
}

std::string fileText(const std::string& name)
{
    std::ifstream file(folder() + "/" + name);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

template <typename T, typename Edit>
void editAll(Schema::Objects<T>& objects, const Edit& edit)
{
    Schema::Objects<T> edited;
    for (const auto& [name, object] : objects) {
        T copy = *object;
        edit(copy);
        edited[name] = std::make_shared<const T>(std::move(copy));
    }
    objects = std::move(edited);
}

/// Without members of extensions.
Schema::Objects<Table> ownTables(const Schema& schema)
{
    Schema::Objects<Table> own;
    for (const auto& [name, table] : schema.tables) {
        if (table->extension.empty())
            own[name] = table;
    }
    return own;
}

/// What replay can know: without sizes, owners, printed definitions and members of extensions.
Schema comparable(Schema schema)
{
    const auto member = [](const auto& entry) { return !entry.second->extension.empty(); };
    std::erase_if(schema.functions, member);
    schema.tables = ownTables(schema);
    schema.extensions.erase("plpgsql");
    for (auto& [name, extension] : schema.extensions)
        extension.version.clear();
    const auto editIndexes = [](auto& relation) {
        for (Index& index : relation.indexes) {
            index.bytes.reset();
        }
    };
    editAll(schema.tables, [&](Table& table) {
        table.owner.clear();
        table.rowEstimate.reset();
        table.bytes.reset();
        editIndexes(table);
    });
    editAll(schema.views, [&](View& view) {
        view.definition.clear();
        view.columns.clear();
        editIndexes(view);
    });
    for (auto& [key, function] : schema.functions) {
        Function copy = *function;
        copy.body.clear();
        function = std::make_shared<const Function>(std::move(copy));
    }
    return schema;
}

/// A schema in lines, with the definitions of indexes that the replay printed.
std::string describe(const Schema& schema, const Schema& replayed)
{
    std::string text = test::toText(schema);
    for (const auto& [name, table] : schema.tables) {
        for (const Index& index : table->indexes) {
            const Table* const other = replayed.table(name);
            const bool printed =
                other != nullptr &&
                std::ranges::any_of(other->indexes, [&](const Index& candidate) {
                    return candidate.name == index.name && !candidate.definition.empty();
                });
            if (printed)
                text += index.definition + "\n";
        }
    }
    return text;
}

std::multiset<std::string> linesOf(const std::string& text)
{
    std::multiset<std::string> lines;
    std::istringstream stream(text);
    std::string above;
    for (std::string line; std::getline(stream, line);) {
        if (!line.starts_with("  "))
            above = line;
        lines.insert(line.starts_with("  ") ? above + " |" + line : line);
    }
    return lines;
}

/// The lines that only one side has.
std::string difference(const std::string& server, const std::string& replay)
{
    const auto left = linesOf(server);
    const auto right = linesOf(replay);
    std::vector<std::string> lines;
    std::string text;
    std::ranges::set_difference(left, right, std::back_inserter(lines));
    for (const std::string& line : lines)
        text += "server: " + line + "\n";
    lines.clear();
    std::ranges::set_difference(right, left, std::back_inserter(lines));
    for (const std::string& line : lines)
        text += "replay: " + line + "\n";
    return text;
}

/// "42P01 relation … does not exist", or nothing.
std::string answerOf(pqxx::connection& connection, const std::string& statement)
{
    try {
        pqxx::nontransaction work(connection);
        work.exec(statement);
        return {};
    } catch (const pqxx::sql_error& error) {
        std::string message = error.what();
        message = message.substr(0, message.find('\n'));
        const std::string start = "ERROR:  ";
        if (message.starts_with(start))
            message = message.substr(start.size());
        return error.sqlstate() + " " + message;
    }
}

/// The answer of the replay to a statement, which does all of it or nothing.
std::string answerOf(Replay& replay, const SqlStatement& statement)
{
    const Replay before = replay;
    for (const SqlChange& change : statement.changes) {
        Operation operation;
        operation.change = change.change;
        operation.sql = statement.text;
        if (const auto refused = replay.apply(operation)) {
            replay = before;
            return refused->state + " " + refused->message;
        }
    }
    return {};
}

std::string doubtsOf(const Replay& replay)
{
    std::string text;
    for (const Doubt& doubt : replay.doubts())
        text += "doubt: " + sightglass::toText(doubt.table) + "." + doubt.column + ": " +
                doubt.reason + "\n";
    return text;
}

} // namespace

class ReplayServerTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<PrivateServer> m_server;
    int m_databases = 0;

private Q_SLOTS:

    void initTestCase()
    {
        auto server = PrivateServer::start({});
        if (!server)
            QFAIL(toText(server.error()).c_str());
        m_server = std::move(*server);
    }

    void cleanupTestCase() { m_server.reset(); }

    void givesTheSameAnswersAndSchema_data()
    {
        QTest::addColumn<QString>("file");
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(folder()))
            names.push_back(entry.path().filename().string());
        std::ranges::sort(names);
        for (const std::string& name : names)
            QTest::newRow(name.c_str()) << QString::fromStdString(name);
        QVERIFY(names.size() >= 10);
    }

    void givesTheSameAnswersAndSchema()
    {
        QFETCH(QString, file);
        const std::string database = "replay" + std::to_string(++m_databases);
        QVERIFY(m_server->createDatabase(database, {}).has_value());
        Replay replay;
        std::string differences;
        {
            pqxx::connection connection(m_server->conninfo(database));
            for (const SqlStatement& statement : readSql(fileText(file.toStdString()))) {
                const std::string expected = answerOf(connection, statement.text);
                const std::string actual = answerOf(replay, statement);
                if (expected != actual)
                    differences += statement.text + "\n    server: " + expected +
                                   "\n    replay: " + actual + "\n";
            }
        }
        auto target = parseConnectionTarget(m_server->conninfo(database));
        QVERIFY(target.has_value());
        auto opened = connectReadOnly(*target, {}, {});
        QVERIFY(opened.has_value());
        const auto state = (*opened)->readState({}, {});
        QVERIFY(state.has_value());
        differences += difference(describe(comparable(state->schema), replay.schema()),
                                  describe(comparable(replay.schema()), replay.schema()));
        if (!differences.empty())
            differences += doubtsOf(replay);
        QVERIFY2(differences.empty(), ("\n" + differences).c_str());
    }
};

int replay_server_test(int argc, char** argv)
{
    ReplayServerTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "replay_server_test.moc"
