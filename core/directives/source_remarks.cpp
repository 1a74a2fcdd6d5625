// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/source_remarks.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <set>
#include <string>

namespace sightglass {

namespace {

using Remark = RevisionReading::Remark;
using Names = std::set<std::string, std::less<>>;

bool isOneOf(std::string_view name, const auto& names)
{
    return std::ranges::find(names, name) != std::end(names);
}

/// What results of a query are asked by.
constexpr std::array resultMethods{std::string_view("fetchall"),
                                   std::string_view("fetchone"),
                                   std::string_view("fetchmany"),
                                   std::string_view("scalar"),
                                   std::string_view("scalars"),
                                   std::string_view("scalar_one"),
                                   std::string_view("scalar_one_or_none"),
                                   std::string_view("first"),
                                   std::string_view("one"),
                                   std::string_view("one_or_none"),
                                   std::string_view("all"),
                                   std::string_view("mappings"),
                                   std::string_view("partitions"),
                                   std::string_view("count"),
                                   std::string_view("reflect"),
                                   std::string_view("has_table"),
                                   std::string_view("from_engine")};

/// Calls that take a mapped class, or a column of one, first.
constexpr std::array classCalls{std::string_view("query"),
                                std::string_view("select"),
                                std::string_view("update"),
                                std::string_view("insert"),
                                std::string_view("delete"),
                                std::string_view("exists"),
                                std::string_view("aliased"),
                                std::string_view("bulk_insert_mappings"),
                                std::string_view("bulk_update_mappings")};
/// Calls that take objects of one.
constexpr std::array objectCalls{std::string_view("add"),
                                 std::string_view("add_all"),
                                 std::string_view("merge"),
                                 std::string_view("bulk_save_objects")};

constexpr std::array sessionCalls{std::string_view("Session"),
                                  std::string_view("sessionmaker"),
                                  std::string_view("scoped_session"),
                                  std::string_view("create_session")};

bool isClassName(std::string_view name)
{
    return name.size() > 1 && std::isupper(static_cast<unsigned char>(name.front())) != 0 &&
           std::ranges::any_of(
               name, [](char c) { return std::islower(static_cast<unsigned char>(c)) != 0; });
}

/// The last part of a callee or of an attribute: op.get_bind is get_bind.
std::string_view lastName(SyntaxNode node)
{
    return node.is("attribute") ? node.field("attribute").text() : node.text();
}

/// The first identifier of a chain: User.id.desc() begins with User.
SyntaxNode headOf(SyntaxNode node)
{
    while (node) {
        if (node.is("attribute"))
            node = node.field("object");
        else if (node.is("call"))
            node = node.field("function");
        else if (node.is("subscript"))
            node = node.field("value");
        else
            break;
    }
    return node;
}

/// Names that the file binds itself, or takes from the libraries that every revision uses: no
/// models of the application.
Names ownNames(SyntaxNode root)
{
    Names names;
    for (SyntaxNode each : nodesOfKind(root, "class_definition"))
        names.emplace(each.field("name").text());
    for (SyntaxNode each : nodesOfKind(root, "assignment")) {
        if (each.field("left").is("identifier"))
            names.emplace(each.field("left").text());
    }
    for (SyntaxNode each : nodesOfKind(root, "import_from_statement")) {
        const std::string_view module = each.field("module_name").text();
        if (!module.starts_with("sqlalchemy") && !module.starts_with("alembic") &&
            !module.starts_with("typing") && !module.starts_with("enum") &&
            !module.starts_with("datetime") && !module.starts_with("decimal") &&
            !module.starts_with("geoalchemy2") && !module.starts_with("pgvector"))
            continue;
        for (SyntaxNode name : each.namedChildren()) {
            if (name.is("aliased_import"))
                names.emplace(name.field("alias").text());
            else
                names.emplace(name.text());
        }
    }
    return names;
}

/// What is asked of a function's body, gathered in one walk.
struct BodyNodes
{
    std::vector<SyntaxNode> identifiers;
    std::vector<SyntaxNode> loops;
    std::vector<SyntaxNode> calls;
    std::vector<SyntaxNode> attributes;

    explicit BodyNodes(SyntaxNode body)
    {
        if (!body)
            return;
        SyntaxCursor cursor(body);
        for (std::size_t depth = 0;;) {
            take(cursor.node());
            if (cursor.firstChild()) {
                ++depth;
                continue;
            }
            for (; depth == 0 || !cursor.nextSibling(); --depth) {
                if (depth == 0)
                    return;
                cursor.parent();
            }
        }
    }

private:
    void take(SyntaxNode each)
    {
        const std::string_view kind = each.kind();
        if (kind == "identifier")
            identifiers.push_back(each);
        else if (kind == "call")
            calls.push_back(each);
        else if (kind == "attribute")
            attributes.push_back(each);
        else if (kind == "for_statement")
            loops.push_back(each);
    }
};

class Remarking
{
public:
    Remarking(const SourceModule& file, std::string_view function)
        : m_file(file)
        , m_definitions(nodesOfKind(file.tree.root(),
                                    "function_definition",
                                    {"expression_statement",
                                     "return_statement",
                                     "import_statement",
                                     "import_from_statement"})) // none is inside these
    {
        take(function);
    }

    std::vector<Remark> result() const
    {
        std::vector<Remark> remarks;
        if (m_models)
            remarks.push_back(*m_models);
        if (m_database && !m_asksForPrinting)
            remarks.push_back(*m_database);
        if (m_metadata && !m_asksForPrinting)
            remarks.push_back(*m_metadata);
        return remarks;
    }

private:
    void take(std::string_view function)
    {
        if (!m_taken.emplace(function).second)
            return;
        for (SyntaxNode definition : m_definitions) {
            if (definition.field("name").text() == function)
                takeBody(definition.field("body"));
        }
    }

    void takeBody(SyntaxNode body)
    {
        const BodyNodes nodes(body);
        for (SyntaxNode name : nodes.identifiers)
            m_asksForPrinting =
                m_asksForPrinting || name.text() == "as_sql" || name.text() == "is_offline_mode";
        for (SyntaxNode loop : nodes.loops) {
            const SyntaxNode over = loop.field("right");
            if (over.is("call") && lastName(over.field("function")) == "execute")
                note(m_database, Remark::Kind::NeedsDatabase, "execute", over);
        }
        for (SyntaxNode call : nodes.calls)
            takeCall(call);
        for (SyntaxNode attribute : nodes.attributes) {
            if (attribute.field("attribute").text() == "__table__")
                takeClass(attribute.field("object"), attribute);
        }
    }

    void takeCall(SyntaxNode call)
    {
        const SyntaxNode callee = call.field("function");
        const std::string_view name = lastName(callee);
        if (callee.is("identifier"))
            take(name);
        if (isOneOf(name, sessionCalls)) {
            note(m_database, Remark::Kind::NeedsDatabase, std::string(name), call);
        } else if (isOneOf(name, resultMethods) && callee.is("attribute")) {
            takeResult(callee, name, call);
        } else if (name == "inspect" && call.text().find("get_bind") != std::string_view::npos) {
            note(m_database, Remark::Kind::NeedsDatabase, "inspect", call);
        } else if (name == "inspect" && takesName(call)) {
            note(m_database, Remark::Kind::NeedsDatabase, "inspect", call);
        } else if ((name == "create_all" || name == "drop_all") && callee.is("attribute")) {
            takeMetadata(callee.field("object"), name, call);
        }
        takeArguments(call, name);
    }

    /// Of a result, or of a query; not of any object that has such a method.
    void takeResult(SyntaxNode callee, std::string_view name, SyntaxNode call)
    {
        const std::string_view text = callee.field("object").text();
        const bool ofQuery = text.find("execute(") != std::string_view::npos ||
                             text.find("query(") != std::string_view::npos ||
                             text.find("get_bind()") != std::string_view::npos ||
                             name.starts_with("fetch") || name == "from_engine" ||
                             name == "has_table";
        const bool byConnection =
            name == "scalar" || name == "scalars"
                ? text == "conn" || text == "connection" || text == "bind" || text == "session"
                : name == "reflect" && call.text().find("bind") != std::string_view::npos;
        if (ofQuery || byConnection)
            note(m_database, Remark::Kind::NeedsDatabase, std::string(name), call);
    }

    /// inspect(conn), not inspect(User).
    static bool takesName(SyntaxNode call)
    {
        const SyntaxNode first = call.field("arguments").firstNamed();
        return first.is("identifier") && !isClassName(first.text());
    }

    /// Base.metadata.create_all(bind): all tables of today's models.
    void takeMetadata(SyntaxNode metadata, std::string_view name, SyntaxNode call)
    {
        note(m_database, Remark::Kind::NeedsDatabase, std::string(metadata.text()), call);
        if (!m_metadata) {
            note(m_metadata, Remark::Kind::NeedsDatabase, std::string(metadata.text()), call);
            m_metadata->word = name;
        }
        if (metadata.is("attribute") && metadata.field("attribute").text() == "metadata")
            takeClass(metadata.field("object"), call);
    }

    void takeArguments(SyntaxNode call, std::string_view name)
    {
        const SyntaxNode callee = call.field("function");
        const std::string_view receiver = callee.field("object").text();
        const bool ofSession = receiver.find("ession") != std::string_view::npos;
        const bool ofLibrary = callee.is("identifier") || receiver == "sa" ||
                               receiver == "sqlalchemy" || receiver == "orm" || receiver == "sql";
        const bool takesClass = isOneOf(name, classCalls) && (ofSession || ofLibrary);
        const bool takesObject = isOneOf(name, objectCalls) && ofSession;
        if (!takesClass && !takesObject)
            return;
        for (SyntaxNode argument : call.field("arguments").namedChildren()) {
            if (takesObject && !argument.is("call"))
                continue;
            takeClass(headOf(argument), call);
        }
    }

    void takeClass(SyntaxNode node, SyntaxNode at)
    {
        if (!node.is("identifier") || !isClassName(node.text()))
            return;
        if (!m_own)
            m_own = ownNames(m_file.tree.root());
        if (!m_own->contains(node.text()))
            note(m_models, Remark::Kind::UsesModels, std::string(node.text()), at);
    }

    void
    note(std::optional<Remark>& place, Remark::Kind kind, std::string object, SyntaxNode node) const
    {
        if (place)
            return;
        const TextRange range = node.range();
        place = Remark{.kind = kind,
                       .object = std::move(object),
                       .word = {},
                       .span = {.file = m_file.file,
                                .begin = range.begin,
                                .end = range.end,
                                .line = range.line,
                                .column = range.column,
                                .endLine = range.endLine,
                                .endColumn = range.endColumn}};
    }

    const SourceModule& m_file;
    std::vector<SyntaxNode> m_definitions;
    std::optional<Names> m_own; ///< when first asked for
    Names m_taken;
    std::optional<Remark> m_models;
    std::optional<Remark> m_database;
    std::optional<Remark> m_metadata; ///< `word` is the call's name
    bool m_asksForPrinting = false;
};

/// Most revisions have none of these words, and need no walk through their tree.
bool mayHaveRemarks(std::string_view text)
{
    constexpr std::array words{std::string_view("bind"),
                               std::string_view("ession"),
                               std::string_view("metadata."),
                               std::string_view("__table__"),
                               std::string_view("inspect"),
                               std::string_view("onnection"),
                               std::string_view(".fetch")};
    return std::ranges::any_of(
        words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

} // namespace

void addRemarks(const SourceModule& file,
                std::string_view function,
                std::vector<RevisionReading::Remark>& remarks)
{
    if (!mayHaveRemarks(file.tree.text()))
        return;
    for (Remark& remark : Remarking(file, function).result())
        remarks.push_back(std::move(remark));
}

} // namespace sightglass
