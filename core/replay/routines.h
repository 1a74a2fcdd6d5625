// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/replay/catalog.h"
#include "core/replay/refusals.h"

#include <string>
#include <utility>
#include <vector>

namespace sightglass::replaying {

/// Types of arguments as oidvectortypes prints them: "integer, character varying". A type that is
/// not known stays as it is written.
std::string spelledArguments(const Catalog& catalog, const std::string& arguments);
/// As pg_get_function_result prints it: "SETOF integer", "TABLE(a integer)".
std::string spelledResult(const Catalog& catalog, const std::string& result);

/// Functions of a name through the search path: full names with their arguments.
std::vector<std::pair<QualifiedName, std::string>> functionsNamed(const Catalog& catalog,
                                                                  const QualifiedName& name);
/// The function as a reader of the finished catalog names it.
QualifiedName spelledFunction(const Catalog& catalog, const QualifiedName& written);

/// Whether a default, check, index, policy or view calls a function of this name.
bool isCalled(const Catalog& catalog, const QualifiedName& function);
/// DROP … CASCADE: takes what calls the function along. With `others` of its name it can't be told
/// which of them is called: then what calls one is in doubt.
Done dropCallers(Catalog& catalog, const QualifiedName& function, bool others);

/// Respells what calls a function, both names as a reader spells them. With `others` of its name it
/// can't be told which of them is called: then what calls one is in doubt.
void renameCalls(Catalog& catalog, const QualifiedName& from, const QualifiedName& to, bool others);

} // namespace sightglass::replaying
