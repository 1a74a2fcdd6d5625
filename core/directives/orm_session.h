// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/directives/connection.h"
#include "core/directives/execute.h"
#include "core/directives/native_object.h"
#include "core/operations/changes.h"

#include <set>
#include <string>

namespace sightglass {

/// The table behind a mapped class, an object of one, a Table or one of its columns; empty name
/// when it can't be told.
QualifiedName tableBehind(const Value& value);

/// sqlalchemy.orm.Session. What it loads is only known at run time; what it writes are changes of
/// data.
class SessionObject final : public NativeObject, public DatabaseHandle
{
public:
    std::string typeName() const override { return "Session"; }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    std::optional<Raised> exit(Interpreter& interpreter, const Raised* raised) override;

    /// Objects of this table were loaded, and may be written back.
    void loaded(QualifiedName table) { m_loaded.insert(std::move(table)); }

private:
    Evaluated execute(Interpreter& interpreter, const Arguments& arguments);
    Evaluated scalar(Interpreter& interpreter, const Arguments& arguments);
    Evaluated scalars(Interpreter& interpreter, const Arguments& arguments);
    Evaluated add(Interpreter& interpreter, const Arguments& arguments);
    Evaluated addAll(Interpreter& interpreter, const Arguments& arguments);
    Evaluated remove(Interpreter& interpreter, const Arguments& arguments);
    Evaluated bulkInsert(Interpreter& interpreter, const Arguments& arguments);
    Evaluated bulkUpdate(Interpreter& interpreter, const Arguments& arguments);
    Evaluated query(Interpreter& interpreter, const Arguments& arguments);
    Evaluated get(Interpreter& interpreter, const Arguments& arguments);
    Evaluated flush(Interpreter& interpreter, const Arguments& arguments);
    Evaluated nothing(Interpreter& interpreter, const Arguments& arguments);
    Evaluated begin(Interpreter& interpreter, const Arguments& arguments);
    Evaluated beginNested(Interpreter& interpreter, const Arguments& arguments);
    Evaluated connection(Interpreter& interpreter, const Arguments& arguments);
    Evaluated boundTo(Interpreter& interpreter, const Arguments& arguments);
    Evaluated itself(Interpreter& interpreter, const Arguments& arguments);
    Evaluated bind(Interpreter& interpreter);
    Evaluated noAutoflush(Interpreter& interpreter);
    std::optional<Raised>
    write(Interpreter& interpreter, std::string command, QualifiedName table, std::string method);

    std::set<QualifiedName> m_loaded;
    bool m_pending = false; ///< while SQL is printed: add() or delete() wait for a flush
};

} // namespace sightglass
