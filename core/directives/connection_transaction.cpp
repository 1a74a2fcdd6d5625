// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/connection_objects.h"
#include "core/directives/revision_session.h"

#include <array>
#include <utility>

namespace sightglass {

namespace {

std::string savepointName(int number)
{
    return "sa_savepoint_" + std::to_string(number);
}

} // namespace

Value makeTransaction(Interpreter& interpreter, Value owner)
{
    return Value(interpreter.make<TransactionObject>(std::move(owner), 0));
}

Evaluated makeSavepoint(Interpreter& interpreter)
{
    RevisionSession* session = sessionOf(interpreter);
    const int number = session->nextSavepoint();
    if (auto raised = sendTransactionWord(
            interpreter, "SAVEPOINT " + savepointName(number), "connection.begin_nested"))
        return otherwise(std::move(*raised));
    session->enterSavepoint();
    return Value(interpreter.make<TransactionObject>(Value(), number));
}

Evaluated TransactionObject::enter(Interpreter&)
{
    return m_owner.isNone() ? Value(this) : m_owner;
}

std::optional<Raised> TransactionObject::exit(Interpreter& interpreter, const Raised* raised)
{
    if (raised != nullptr && raised->stopsReading)
        return std::nullopt;
    const bool outermost = m_savepoint == 0 && m_open;
    if (auto failed = end(interpreter, raised != nullptr))
        return failed;
    // The transaction that Alembic keeps open goes with it, also where the error is caught.
    if (raised != nullptr && outermost && m_owner.isNone())
        return sendTransactionWord(interpreter, "ROLLBACK", "connection.begin");
    return std::nullopt;
}

std::optional<Raised> TransactionObject::end(Interpreter& interpreter, bool rolledBack)
{
    if (!m_open)
        return std::nullopt;
    m_open = false;
    if (m_savepoint == 0) {
        // Only an explicit rollback reaches the transaction that Alembic keeps open.
        return std::nullopt;
    }
    sessionOf(interpreter)->leaveSavepoint();
    const std::string word = rolledBack ? "ROLLBACK TO SAVEPOINT " : "RELEASE SAVEPOINT ";
    return sendTransactionWord(
        interpreter, word + savepointName(m_savepoint), "connection.begin_nested");
}

Evaluated TransactionObject::commit(Interpreter& interpreter, const Arguments&)
{
    if (auto raised = end(interpreter, false))
        return otherwise(std::move(*raised));
    return Value();
}

Evaluated TransactionObject::rollback(Interpreter& interpreter, const Arguments&)
{
    const bool outermost = m_savepoint == 0 && m_open;
    auto raised = end(interpreter, true);
    if (!raised && outermost)
        raised = sendTransactionWord(interpreter, "ROLLBACK", "transaction.rollback");
    if (raised)
        return otherwise(std::move(*raised));
    return Value();
}

Evaluated TransactionObject::attribute(Interpreter& interpreter, std::string_view name)
{
    using M = Member<TransactionObject>;
    static constexpr std::array members{
        M{"commit", &TransactionObject::commit},
        M{"close", &TransactionObject::commit},
        M{"rollback", &TransactionObject::rollback},
    };
    if (name == "is_active")
        return Value(m_open);
    if (auto member = memberOf<TransactionObject>(interpreter, *this, members, name))
        return *member;
    if (!m_owner.isNone())
        return interpreter.attribute(m_owner, name);
    return NativeObject::attribute(interpreter, name);
}

} // namespace sightglass
