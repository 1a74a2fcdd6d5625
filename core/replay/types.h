// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/replay/catalog.h"

#include <string>

namespace sightglass::replaying {

bool typeIsUsed(const Catalog& catalog, const QualifiedName& name);
/// With `cascade` its columns and domains go, too.
Done dropType(Catalog& catalog, const QualifiedName& name, bool cascade);
/// Columns, defaults and expressions follow the new spelling of a type.
void respellType(Catalog& catalog, const std::string& before, const std::string& after);
/// Stored expressions hold the label itself, not its text.
void renameLabelInTexts(Catalog& catalog,
                        const QualifiedName& type,
                        const std::string& from,
                        const std::string& to);

/// An existing type, by its full name.
Outcome<QualifiedName, Refusal> typeNamed(const Catalog& catalog, const QualifiedName& name);
/// The full name of a new type; refused when it is taken.
Outcome<QualifiedName, Refusal> freeTypeName(const Catalog& catalog, const QualifiedName& name);

} // namespace sightglass::replaying
