// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/relation.h"

#include <string>
#include <string_view>

namespace sightglass {

/// A Python string literal: "orders".
std::string pythonText(std::string_view text);
/// `, schema="app"` where a schema is written, else empty.
std::string schemaArgument(const QualifiedName& written);
/// op.execute("…") of one statement.
std::string executeCall(std::string_view sql);

} // namespace sightglass
