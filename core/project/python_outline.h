// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/python/syntax_tree.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sightglass {

/// A function of a file, or its module's own code.
struct OutlineFunction
{
    std::string name;       ///< empty: the module; "__main__": below `if __name__ == "__main__"`
    std::string decorators; ///< as written, one a line
    TextRange range;
    std::vector<std::pair<std::string, TextRange>> calls; ///< names called or handed on: "init_db"
};

/// Where a name used in `code` stands: function, condition.
struct OutlinePlace
{
    std::size_t function = 0; ///< index in PythonOutline::functions
    std::string condition;    ///< of the nearest `if`; empty: none
    SyntaxNode node;
};

struct ImportedFrom
{
    std::string name;   ///< as it is called here
    std::string module; ///< dotted, with its leading dots
    std::string origin; ///< its name there; empty: the module itself
};

/// What the names in a file are, without following them.
struct PythonOutline
{
    std::vector<OutlineFunction> functions; ///< first the module's own code
    std::vector<OutlinePlace> attributes;   ///< attribute expressions whose last name was asked for
    std::vector<OutlinePlace> calls;        ///< every call
    std::vector<ImportedFrom> imports;
};

/// shape  nested functions belong to the outer one's calls too; below 400 nested nodes nothing is
///        seen
PythonOutline outlineOf(SyntaxNode root, const std::vector<std::string_view>& attributeNames);

} // namespace sightglass
