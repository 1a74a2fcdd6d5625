// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/interpreter.h"

#include <map>
#include <string>
#include <string_view>

namespace sightglass {

/// The modules of Alembic, SQLAlchemy and those around them that are written in C++: types,
/// clauses, items, the connection's world and the ORM as far as migrations need it. One for each
/// interpreter; a service, so that its modules can reach one another.
class NativeModules final : public InterpreterService
{
public:
    /// The module of a dotted name; null when it is none of these.
    Object* find(Interpreter& interpreter, std::string_view dotted);

private:
    std::map<std::string, Object*, std::less<>> m_modules;
};

/// Classes of sqlalchemy.exc and their kin.
void addExceptions(Interpreter& interpreter, NativeModule& module);
/// sqlalchemy.orm and sqlalchemy.ext.declarative.
void addOrm(Interpreter& interpreter, NativeModule& module);

} // namespace sightglass
