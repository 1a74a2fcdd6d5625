// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/orm_session.h"

#include "core/directives/connection_objects.h"
#include "core/directives/printed_connection.h"
#include "core/directives/revision_session.h"
#include "core/evaluation/objects.h"
#include "core/sqlalchemy/items.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sightglass {

namespace {

Value loadedFrom(Interpreter& interpreter, const QualifiedName& table)
{
    return runTimeResult(
        interpreter, table.name.empty() ? std::string("a query") : "a query of " + toText(table));
}

/// A session wants a real connection as soon as it has something to send or to ask.
bool isPrinted(const Interpreter& interpreter)
{
    const RevisionSession* session = sessionOf(interpreter);
    return session != nullptr && session->offline();
}

/// session.query(…): everything chained to it is a query again.
class QueryObject final : public NativeObject
{
public:
    QueryObject(SessionObject& session, QualifiedName table)
        : m_session(session)
        , m_table(std::move(table))
    {}

    std::string typeName() const override { return "Query"; }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;

    Outcome<std::vector<Value>, Raised> elements(Interpreter& interpreter) override
    {
        if (isPrinted(interpreter))
            return otherwise(noConnectionToPrint(interpreter));
        if (isEmpty(interpreter))
            return std::vector<Value>{};
        m_session.loaded(m_table);
        return std::vector<Value>{loadedFrom(interpreter, m_table)};
    }

    /// Whether it surely yields nothing: joins keep what stands left of them, unless FROM begins
    /// with something else.
    bool isEmpty(const Interpreter& interpreter) const
    {
        const RevisionSession* session = sessionOf(interpreter);
        return m_plain && session != nullptr && session->isEmpty(m_table);
    }

    Evaluated subscript(Interpreter& interpreter, const Value&) override
    {
        if (isPrinted(interpreter))
            return otherwise(noConnectionToPrint(interpreter));
        return loadedFrom(interpreter, m_table);
    }

private:
    Evaluated chain(Interpreter&, const Arguments&) { return Value(this); }

    Evaluated narrow(Interpreter&, const Arguments&)
    {
        m_filtered = true;
        return Value(this);
    }

    Evaluated begin(Interpreter&, const Arguments&)
    {
        m_plain = false;
        return Value(this);
    }

    Evaluated loadAll(Interpreter& interpreter, const Arguments& arguments)
    {
        if (!isPrinted(interpreter) && isEmpty(interpreter))
            return interpreter.makeList({});
        return load(interpreter, arguments);
    }

    Evaluated loadOne(Interpreter& interpreter, const Arguments& arguments)
    {
        if (!isPrinted(interpreter) && isEmpty(interpreter))
            return raising("NoResultFound", "No row was found when one was required");
        return load(interpreter, arguments);
    }

    /// The first row, or what it holds.
    Evaluated load(Interpreter& interpreter, const Arguments&)
    {
        if (isPrinted(interpreter))
            return otherwise(noConnectionToPrint(interpreter));
        if (isEmpty(interpreter))
            return Value();
        m_session.loaded(m_table);
        return loadedFrom(interpreter, m_table);
    }

    Evaluated count(Interpreter& interpreter, const Arguments&)
    {
        if (isPrinted(interpreter))
            return otherwise(noConnectionToPrint(interpreter));
        if (isEmpty(interpreter))
            return Value(0);
        return loadedFrom(interpreter, m_table);
    }

    Evaluated part(Interpreter& interpreter, const Arguments&)
    {
        return loadedFrom(interpreter, m_table);
    }

    Evaluated update(Interpreter& interpreter, const Arguments&)
    {
        return write(interpreter, "UPDATE", "session.query.update");
    }

    Evaluated remove(Interpreter& interpreter, const Arguments&)
    {
        return write(interpreter, "DELETE", "session.query.delete");
    }

    Evaluated write(Interpreter& interpreter, std::string command, std::string directive)
    {
        if (isPrinted(interpreter))
            return otherwise(noConnectionToPrint(interpreter));
        change::ChangeData data;
        data.command = std::move(command);
        data.table = m_table;
        data.filtered = m_filtered;
        std::vector<Change> changes;
        changes.emplace_back(std::move(data));
        if (auto raised =
                sessionOf(interpreter)
                    ->run(
                        interpreter, std::move(changes), std::move(directive), interpreter.here()))
            return otherwise(std::move(*raised));
        return runTimeResult(interpreter, "the number of rows written");
    }

    SessionObject& m_session;
    QualifiedName m_table;
    bool m_filtered = false;
    bool m_plain = true; ///< FROM begins with the table
};

Evaluated QueryObject::attribute(Interpreter& interpreter, std::string_view name)
{
    using Q = QueryObject;
    using M = Member<Q>;
    static constexpr std::array members{
        M{"filter", &Q::narrow},
        M{"filter_by", &Q::narrow},
        M{"where", &Q::narrow},
        M{"limit", &Q::narrow},
        M{"join", &Q::chain},
        M{"outerjoin", &Q::chain},
        M{"order_by", &Q::chain},
        M{"group_by", &Q::chain},
        M{"having", &Q::chain},
        M{"offset", &Q::chain},
        M{"distinct", &Q::chain},
        M{"options", &Q::chain},
        M{"select_from", &Q::begin},
        M{"with_entities", &Q::chain},
        M{"yield_per", &Q::chain},
        M{"enable_eagerloads", &Q::chain},
        M{"execution_options", &Q::chain},
        M{"with_for_update", &Q::chain},
        M{"correlate", &Q::chain},
        M{"populate_existing", &Q::chain},
        M{"all", &Q::loadAll},
        M{"first", &Q::load},
        M{"one", &Q::loadOne},
        M{"one_or_none", &Q::load},
        M{"scalar", &Q::load},
        M{"get", &Q::load},
        M{"count", &Q::count},
        M{"exists", &Q::part},
        M{"subquery", &Q::part},
        M{"update", &Q::update},
        M{"delete", &Q::remove},
    };
    if (auto member = memberOf<Q>(interpreter, *this, members, name))
        return *member;
    return NativeObject::attribute(interpreter, name);
}

QualifiedName tableOfClass(const ClassObject& type)
{
    if (const Value* table = type.lookUp("__table__")) {
        if (const auto* item = table->as<TableItem>())
            return item->name;
    }
    const Value* name = type.lookUp("__tablename__");
    return {{}, name != nullptr && name->asText() != nullptr ? *name->asText() : std::string()};
}

} // namespace

QualifiedName tableBehind(const Value& value)
{
    if (const auto* type = value.as<ClassObject>())
        return tableOfClass(*type);
    if (const auto* object = value.as<InstanceObject>())
        return tableOfClass(object->classObject());
    if (const auto* table = value.as<TableItem>())
        return table->name;
    if (const auto* column = value.as<ColumnItem>())
        return column->table != nullptr ? column->table->name : QualifiedName{};
    return {};
}

std::optional<Raised> SessionObject::write(Interpreter& interpreter,
                                           std::string command,
                                           QualifiedName table,
                                           std::string method)
{
    if (isPrinted(interpreter)) {
        if (method.starts_with("bulk_"))
            return noConnectionToPrint(interpreter);
        m_pending = true;
        return std::nullopt;
    }
    change::ChangeData data;
    data.command = std::move(command);
    data.filtered = true;
    data.table = std::move(table);
    std::vector<Change> changes;
    changes.emplace_back(std::move(data));
    return sessionOf(interpreter)
        ->run(interpreter, std::move(changes), "session." + std::move(method), interpreter.here());
}

Evaluated SessionObject::execute(Interpreter& interpreter, const Arguments& arguments)
{
    if (isPrinted(interpreter))
        return otherwise(noConnectionToPrint(interpreter));
    return executeCall(interpreter,
                       arguments,
                       ExecuteCall{.directive = "session.execute",
                                   .rule = StringRule::Text,
                                   .autocommit = false,
                                   .parameters = true,
                                   .reason = {}});
}

Evaluated SessionObject::scalar(Interpreter& interpreter, const Arguments& arguments)
{
    const Evaluated result = execute(interpreter, arguments);
    if (!result || result->isUnknown() || result->isNone())
        return result;
    const Evaluated method = interpreter.attribute(*result, "scalar");
    return method ? interpreter.call(*method, Arguments{}) : method;
}

Evaluated SessionObject::scalars(Interpreter& interpreter, const Arguments& arguments)
{
    const Evaluated result = execute(interpreter, arguments);
    if (!result || result->isUnknown() || result->isNone())
        return result;
    const Evaluated method = interpreter.attribute(*result, "scalars");
    return method ? interpreter.call(*method, Arguments{}) : method;
}

Evaluated SessionObject::add(Interpreter& interpreter, const Arguments& arguments)
{
    const Value* object = arguments.at(0, "instance");
    QualifiedName table = object != nullptr ? tableBehind(*object) : QualifiedName{};
    if (auto raised = write(interpreter, "INSERT", std::move(table), "add"))
        return otherwise(std::move(*raised));
    return Value();
}

Evaluated SessionObject::addAll(Interpreter& interpreter, const Arguments& arguments)
{
    std::set<QualifiedName> tables;
    if (const Value* objects = arguments.at(0, "instances")) {
        if (const std::vector<Value>* items = Interpreter::itemsOf(*objects)) {
            for (const Value& item : *items)
                tables.insert(tableBehind(item));
            if (items->empty())
                return Value();
        }
    }
    if (tables.empty())
        tables.emplace();
    for (const QualifiedName& table : tables) {
        if (auto raised = write(interpreter, "INSERT", table, "add_all"))
            return otherwise(std::move(*raised));
    }
    return Value();
}

Evaluated SessionObject::remove(Interpreter& interpreter, const Arguments& arguments)
{
    const Value* object = arguments.at(0, "instance");
    QualifiedName table = object != nullptr ? tableBehind(*object) : QualifiedName{};
    if (auto raised = write(interpreter, "DELETE", std::move(table), "delete"))
        return otherwise(std::move(*raised));
    return Value();
}

Evaluated SessionObject::bulkInsert(Interpreter& interpreter, const Arguments& arguments)
{
    const Value* mapper = arguments.at(0, "mapper");
    QualifiedName table = mapper != nullptr ? tableBehind(*mapper) : QualifiedName{};
    if (auto raised = write(interpreter, "INSERT", std::move(table), "bulk_insert_mappings"))
        return otherwise(std::move(*raised));
    return Value();
}

Evaluated SessionObject::bulkUpdate(Interpreter& interpreter, const Arguments& arguments)
{
    const Value* mapper = arguments.at(0, "mapper");
    QualifiedName table = mapper != nullptr ? tableBehind(*mapper) : QualifiedName{};
    if (auto raised = write(interpreter, "UPDATE", std::move(table), "bulk_update_mappings"))
        return otherwise(std::move(*raised));
    return Value();
}

Evaluated SessionObject::query(Interpreter& interpreter, const Arguments& arguments)
{
    QualifiedName table;
    for (const Value& entity : arguments.positional) {
        table = tableBehind(entity);
        if (!table.name.empty())
            break;
    }
    return Value(interpreter.make<QueryObject>(*this, std::move(table)));
}

Evaluated SessionObject::get(Interpreter& interpreter, const Arguments& arguments)
{
    if (isPrinted(interpreter))
        return otherwise(noConnectionToPrint(interpreter));
    const Value* entity = arguments.at(0, "entity");
    QualifiedName table = entity != nullptr ? tableBehind(*entity) : QualifiedName{};
    if (sessionOf(interpreter)->isEmpty(table))
        return Value();
    m_loaded.insert(table);
    return loadedFrom(interpreter, table);
}

/// commit() and flush(): what was loaded may have been changed since.
Evaluated SessionObject::flush(Interpreter& interpreter, const Arguments&)
{
    if (m_pending)
        return otherwise(noConnectionToPrint(interpreter));
    const std::set<QualifiedName> loaded = std::exchange(m_loaded, {});
    for (const QualifiedName& table : loaded) {
        change::Opaque opaque{
            .what = "writes back objects that a query loaded", .table = table, .structural = false};
        if (auto raised = sessionOf(interpreter)
                              ->emitOpaque(interpreter,
                                           std::move(opaque),
                                           EmitDetails{.directive = "session.flush",
                                                       .span = interpreter.here(),
                                                       .reason = {},
                                                       .circumstances = {},
                                                       .texts = {}}))
            return otherwise(std::move(*raised));
    }
    return Value();
}

std::optional<Raised> SessionObject::exit(Interpreter&, const Raised*)
{
    return std::nullopt;
}

Evaluated SessionObject::nothing(Interpreter&, const Arguments&)
{
    return Value();
}

Evaluated SessionObject::begin(Interpreter& interpreter, const Arguments&)
{
    return makeTransaction(interpreter, Value(this));
}

Evaluated SessionObject::beginNested(Interpreter& interpreter, const Arguments&)
{
    return makeSavepoint(interpreter);
}

Evaluated SessionObject::connection(Interpreter& interpreter, const Arguments&)
{
    if (isPrinted(interpreter))
        return otherwise(noConnectionToPrint(interpreter));
    return makeConnection(interpreter);
}

Evaluated SessionObject::boundTo(Interpreter& interpreter, const Arguments&)
{
    return makeConnection(interpreter);
}

Evaluated SessionObject::itself(Interpreter&, const Arguments&)
{
    return Value(this);
}

Evaluated SessionObject::bind(Interpreter& interpreter)
{
    return makeConnection(interpreter);
}

Evaluated SessionObject::noAutoflush(Interpreter& interpreter)
{
    return makeTransaction(interpreter, Value(this));
}

Evaluated SessionObject::attribute(Interpreter& interpreter, std::string_view name)
{
    using S = SessionObject;
    using M = Member<S>;
    static constexpr std::array members{
        M{"execute", &S::execute},
        M{"exec", &S::execute},
        M{"scalar", &S::scalar},
        M{"scalars", &S::scalars},
        M{"add", &S::add},
        M{"merge", &S::add},
        M{"add_all", &S::addAll},
        M{"bulk_save_objects", &S::addAll},
        M{"bulk_insert_mappings", &S::bulkInsert},
        M{"bulk_update_mappings", &S::bulkUpdate},
        M{"delete", &S::remove},
        M{"query", &S::query},
        M{"get", &S::get},
        M{"flush", &S::flush},
        M{"commit", &S::flush},
        M{"rollback", &S::nothing},
        M{"close", &S::nothing},
        M{"remove", &S::nothing},
        M{"refresh", &S::nothing},
        M{"expire", &S::nothing},
        M{"expire_all", &S::nothing},
        M{"expunge", &S::nothing},
        M{"expunge_all", &S::nothing},
        M{"begin", &S::begin},
        M{"begin_nested", &S::beginNested},
        M{"connection", &S::connection},
        M{"get_bind", &S::boundTo},
        M{"configure", &S::nothing},
        M{"registry", &S::itself},
        M{"bind", nullptr, &S::bind},
        M{"no_autoflush", nullptr, &S::noAutoflush},
    };
    if (auto member = memberOf<S>(interpreter, *this, members, name))
        return *member;
    return NativeObject::attribute(interpreter, name);
}

} // namespace sightglass
