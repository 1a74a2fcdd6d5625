// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/evaluator.h"

#include <array>
#include <optional>
#include <span>
#include <string_view>

namespace sightglass {

/// Something of Python's own library: a name in a module and what makes it.
struct LibraryItem
{
    std::string_view module;
    std::string_view name;
    Evaluated (*run)(Evaluator&, const Arguments&) = nullptr; ///< of a function
    Value (*make)(Evaluator&) = nullptr;                      ///< of anything else
};

/// A module of Python's library; null when `dotted` is none. What it does not know of it is
/// Unknown, and calls of that are not reported.
Object* makeLibraryModule(Evaluator& evaluator, std::string_view dotted);

/// open(), __import__()
Value makeLibraryFunction(Evaluator& evaluator, std::string_view name);

// One table for each file of library/.
std::span<const LibraryItem> collectionItems();
std::span<const LibraryItem> classItems();    ///< enum, dataclasses, typing, abc, types
std::span<const LibraryItem> functionItems(); ///< functools, itertools, operator, contextlib
std::span<const LibraryItem> fileItems();     ///< os, os.path, pathlib, io
std::span<const LibraryItem> textItems();     ///< textwrap, string, json, re.escape
std::span<const LibraryItem> patternItems();  ///< re
std::span<const LibraryItem> systemItems();   ///< sys, logging, warnings, copy, importlib, time …

/// An iterator over values.
Value makeIterator(Evaluator& evaluator, std::vector<Value> items);
/// Why an argument's elements are not known, or they.
Outcome<Known<std::vector<Value>>, Raised> elementsOf(Evaluator& evaluator, const Value& value);
Evaluated notFollowed(std::string_view function, const Arguments& arguments);

} // namespace sightglass
