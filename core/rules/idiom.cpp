// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/idiom.h"

namespace sightglass {

std::string pythonText(std::string_view text)
{
    std::string literal = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            literal += '\\';
        if (c == '\n')
            literal += "\\n";
        else
            literal += c;
    }
    return literal + "\"";
}

std::string schemaArgument(const QualifiedName& written)
{
    return written.schema.empty() ? std::string() : ", schema=" + pythonText(written.schema);
}

std::string executeCall(std::string_view sql)
{
    return "op.execute(" + pythonText(sql) + ")";
}

} // namespace sightglass
