// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postgres/catalog_reader.h"

#include "core/base/error.h"
#include "core/postgres/catalog_queries.h"
#include "core/postgres/schema_builder.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace sightglass {

namespace {

constexpr std::size_t measuredRelations = 2'000;

constexpr auto unreadKinds = std::to_array<std::pair<CatalogPart, UnreadKind>>({
    {CatalogPart::Parents, UnreadKind::Inheritance},
    {CatalogPart::Constraints, UnreadKind::Constraints},
    {CatalogPart::Indexes, UnreadKind::Indexes},
    {CatalogPart::Comments, UnreadKind::Comments},
    {CatalogPart::Triggers, UnreadKind::Triggers},
    {CatalogPart::Policies, UnreadKind::Policies},
    {CatalogPart::Views, UnreadKind::ViewDefinitions},
    {CatalogPart::Enums, UnreadKind::Enums},
    {CatalogPart::Domains, UnreadKind::Domains},
    {CatalogPart::Sequences, UnreadKind::Sequences},
    {CatalogPart::Functions, UnreadKind::Functions},
    {CatalogPart::Extensions, UnreadKind::Extensions},
    {CatalogPart::Members, UnreadKind::ExtensionMembers},
});

/// True when nothing more can or should be asked.
bool endsReading(const Error& error)
{
    return error.code == ErrorCode::Cancelled || error.code == ErrorCode::ConnectionLost ||
           (error.code == ErrorCode::TimedOut && error.sqlState.empty());
}

std::vector<std::string> searchPath(std::string_view array)
{
    auto path = arrayElements(array);
    std::erase_if(path, [](const std::string& name) { return name.starts_with("pg_"); });
    return path;
}

void addFacts(ServerFacts& server, const Rows& rows)
{
    const Row row(rows, 0);
    server.versionText = row.text(0);
    server.database = row.text(1);
    server.user = row.text(2);
    server.inRecovery = row.flag(3);
    server.readOnlySession = row.flag(4);
    server.serverTime = Time(std::chrono::seconds(row.number(5)));
    server.encoding = row.text(6);
    server.searchPath = searchPath(row.view(7));
    server.databaseOid = row.number(8);
}

void addIdentity(ServerFacts& server, const Rows& rows)
{
    server.systemIdentifier = Row(rows, 0).text(0);
}

using Add = void (SchemaBuilder::*)(const Rows&);

constexpr auto additions = std::to_array<std::pair<CatalogPart, Add>>({
    {CatalogPart::Namespaces, &SchemaBuilder::addNamespaces},
    {CatalogPart::Relations, &SchemaBuilder::addRelations},
    {CatalogPart::Columns, &SchemaBuilder::addColumns},
    {CatalogPart::Parents, &SchemaBuilder::addParents},
    {CatalogPart::Constraints, &SchemaBuilder::addConstraints},
    {CatalogPart::Indexes, &SchemaBuilder::addIndexes},
    {CatalogPart::Comments, &SchemaBuilder::addComments},
    {CatalogPart::Triggers, &SchemaBuilder::addTriggers},
    {CatalogPart::Policies, &SchemaBuilder::addPolicies},
    {CatalogPart::Views, &SchemaBuilder::addViews},
    {CatalogPart::Enums, &SchemaBuilder::addEnums},
    {CatalogPart::Domains, &SchemaBuilder::addDomains},
    {CatalogPart::Sequences, &SchemaBuilder::addSequences},
    {CatalogPart::Functions, &SchemaBuilder::addFunctions},
    {CatalogPart::Extensions, &SchemaBuilder::addExtensions},
    {CatalogPart::Members, &SchemaBuilder::addMembers},
    {CatalogPart::Sizes, &SchemaBuilder::addSizes},
});

class Reading
{
public:
    Reading(Connection& connection, const RunContext& run)
        : m_connection(connection)
        , m_run(run)
        , m_builder(connection.serverVersion())
    {
        m_context.serverVersion = connection.serverVersion();
        m_state.server.versionNumber = connection.serverVersion();
        m_state.server.host = connection.host();
        m_state.server.port = connection.port();
    }

    Result<LiveState> all()
    {
        const auto parts = catalogParts();
        for (std::size_t i = 0; i < parts.size(); ++i) {
            m_run.report({.stage = "catalog", .done = i, .total = parts.size()});
            if (auto read = one(parts[i]); !read)
                return tl::unexpected(read.error());
        }
        m_run.report({.stage = "catalog", .done = parts.size(), .total = parts.size()});
        m_state.schema = m_builder.finish();
        return std::move(m_state);
    }

private:
    Result<void> one(CatalogPart part)
    {
        m_context.measureSizes = m_builder.relationCount() <= measuredRelations;
        const CatalogQuery query = catalogQuery(part, m_context);
        const auto rows = m_connection.query(query.words, query.sql, m_run);
        if (!rows) {
            if (query.essential || endsReading(rows.error()))
                return tl::unexpected(rows.error());
            m_state.notRead.push_back(rows.error().message);
            noteUnread(part, rows.error().message);
            return {};
        }
        take(part, *rows);
        return {};
    }

    void noteUnread(CatalogPart part, const std::string& why)
    {
        const auto kind =
            std::ranges::find(unreadKinds, part, &std::pair<CatalogPart, UnreadKind>::first);
        if (kind != unreadKinds.end())
            m_state.unread.parts.emplace(kind->second, why);
    }

    void take(CatalogPart part, const Rows& rows)
    {
        const auto addition =
            std::ranges::find(additions, part, &std::pair<CatalogPart, Add>::first);
        if (addition != additions.end())
            (m_builder.*addition->second)(rows);
        if (part == CatalogPart::Facts && rows.size() == 1)
            addFacts(m_state.server, rows);
        else if (part == CatalogPart::Identity && rows.size() == 1)
            addIdentity(m_state.server, rows);
        else if (part == CatalogPart::Locked)
            takeLocked(rows);
        else
            nameWhatIsMissing(part);
    }

    void takeLocked(const Rows& rows)
    {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            m_locked.push_back(Row(rows, i).oid(0));
            m_context.locked += (i == 0 ? "" : ", ") + std::to_string(m_locked.back());
        }
    }

    void nameWhatIsMissing(CatalogPart part)
    {
        if (part == CatalogPart::Relations) {
            for (const QualifiedName& name : m_builder.namesOf(m_locked)) {
                m_state.unread.locked.insert(name);
                m_state.notRead.push_back(
                    "Another session has locked " + printable(toText(name)) +
                    ": its defaults, check expressions, definition and size were not read.");
            }
        } else if (part == CatalogPart::Sequences && m_builder.unreadSequences() > 0) {
            m_state.notRead.push_back("There is no right to read start and increment of " +
                                      std::to_string(m_builder.unreadSequences()) + " sequences.");
            m_state.unread.parts.emplace(UnreadKind::SequenceNumbers, m_state.notRead.back());
        } else if (part == CatalogPart::Sizes && !m_context.measureSizes) {
            m_state.notRead.push_back("Sizes were not measured, because there are more than " +
                                      std::to_string(measuredRelations) +
                                      " relations; they are the server's last estimates.");
        }
    }

    Connection& m_connection;
    const RunContext& m_run;
    SchemaBuilder m_builder;
    CatalogContext m_context;
    std::vector<Oid> m_locked;
    LiveState m_state;
};

} // namespace

Result<LiveState> readCatalog(Connection& connection, const RunContext& run)
{
    return Reading(connection, run).all();
}

} // namespace sightglass
