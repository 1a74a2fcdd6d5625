// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/directives/connection.h"
#include "core/directives/execute.h"
#include "core/directives/native_object.h"

#include <string>

namespace sightglass {

/// sqlalchemy.engine.Connection or Engine: both lead to the one database of a reading.
class ConnectionObject final : public NativeObject, public DatabaseHandle
{
public:
    enum class Kind
    {
        Connection,
        Engine,
        Driver ///< what psycopg2 gives: bind.connection, and its cursors
    };

    explicit ConnectionObject(Kind kind, bool autocommit = false)
        : m_kind(kind)
        , m_autocommit(autocommit)
    {}

    std::string typeName() const override;
    std::vector<std::string> classNames() const override;
    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    std::optional<Raised>
    setAttribute(Interpreter& interpreter, std::string_view name, const Value& value) override;
    Outcome<std::vector<Value>, Raised> elements(Interpreter& interpreter) override;

private:
    Evaluated execute(Interpreter& interpreter, const Arguments& arguments);
    Evaluated execDriverSql(Interpreter& interpreter, const Arguments& arguments);
    Evaluated scalar(Interpreter& interpreter, const Arguments& arguments);
    Evaluated scalars(Interpreter& interpreter, const Arguments& arguments);
    Evaluated begin(Interpreter& interpreter, const Arguments& arguments);
    Evaluated beginNested(Interpreter& interpreter, const Arguments& arguments);
    Evaluated commit(Interpreter& interpreter, const Arguments& arguments);
    Evaluated rollback(Interpreter& interpreter, const Arguments& arguments);
    Evaluated executionOptions(Interpreter& interpreter, const Arguments& arguments);
    Evaluated connect(Interpreter& interpreter, const Arguments& arguments);
    Evaluated runSync(Interpreter& interpreter, const Arguments& arguments);
    Evaluated itself(Interpreter& interpreter, const Arguments& arguments);
    Evaluated nothing(Interpreter& interpreter, const Arguments& arguments);
    Evaluated yes(Interpreter& interpreter, const Arguments& arguments);
    Evaluated hasTable(Interpreter& interpreter, const Arguments& arguments);
    Evaluated dialect(Interpreter& interpreter);
    Evaluated engine(Interpreter& interpreter);
    Evaluated driver(Interpreter& interpreter);
    Evaluated name(Interpreter& interpreter);
    Evaluated url(Interpreter& interpreter);
    Evaluated opened(Interpreter& interpreter);
    Evaluated fetched(Interpreter& interpreter, std::string_view method);
    ExecuteCall callOf(std::string_view method, StringRule rule) const;

    Kind m_kind;
    bool m_autocommit;
    Value m_lastResult; ///< of a driver's cursor
};

/// bind.dialect.
Value makeBindDialect(Interpreter& interpreter);

/// What begin() gives: a context manager without effect of its own, or a savepoint.
class TransactionObject final : public NativeObject, public DatabaseHandle
{
public:
    TransactionObject(Value owner, int savepoint)
        : m_owner(std::move(owner))
        , m_savepoint(savepoint)
    {}

    std::string typeName() const override
    {
        return m_savepoint > 0 ? "NestedTransaction" : "RootTransaction";
    }

    std::vector<std::string> classNames() const override { return {typeName(), "Transaction"}; }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    Evaluated enter(Interpreter& interpreter) override;
    std::optional<Raised> exit(Interpreter& interpreter, const Raised* raised) override;

private:
    Evaluated commit(Interpreter& interpreter, const Arguments& arguments);
    Evaluated rollback(Interpreter& interpreter, const Arguments& arguments);
    std::optional<Raised> end(Interpreter& interpreter, bool rolledBack);

    Value m_owner; ///< what `with` binds: the transaction itself when None
    int m_savepoint;
    bool m_open = true;
};

/// Opens a savepoint as begin_nested() does.
Evaluated makeSavepoint(Interpreter& interpreter);
/// A transaction that something around it keeps open.
Value makeTransaction(Interpreter& interpreter, Value owner = {});
/// Sends a word such as COMMIT.
std::optional<Raised>
sendTransactionWord(Interpreter& interpreter, std::string word, std::string directive);

} // namespace sightglass
