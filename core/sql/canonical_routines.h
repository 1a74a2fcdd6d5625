// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sql/canonical_coercion.h"

#include <string>
#include <vector>

namespace sightglass::canonical {

/// A function or operator that a call may mean.
struct Candidate
{
    std::vector<TypeId> arguments; ///< variadic ones repeated as often as the call has them
    TypeId result = 0;
    char kind = 'f';
    char volatility = 'i';
    bool set = false;
    bool variadic = false; ///< arguments were repeated
    std::uint8_t origin = 0;
    bool own = false;      ///< of the schema
    std::string schema;    ///< of an own one
    std::size_t depth = 0; ///< place of its schema in the search path
};

/// func_select_candidate: the one that fits best; null: several fit as well.
const Candidate* bestOf(std::vector<const Candidate*> candidates,
                        const std::vector<TypeId>& actual,
                        Coercion& coercion);

/// Candidates whose arguments all can be coerced implicitly.
std::vector<const Candidate*> fitting(const std::vector<Candidate>& candidates,
                                      const std::vector<TypeId>& actual,
                                      Coercion& coercion);

struct FunctionCall
{
    std::string schema; ///< as written; empty: through the search path
    std::string name;
    bool variadic = false; ///< VARIADIC is written
};

/// Functions of that name that take this many arguments.
std::vector<Candidate>
functionCandidates(const FunctionCall& call, std::size_t arguments, TypeSpace& types);
/// Whether the name is a function's at all, whatever its arguments.
bool functionKnown(const FunctionCall& call, TypeSpace& types);

/// Operators of that name; prefix ones have one argument.
std::vector<Candidate>
operatorCandidates(std::string_view name, std::size_t arguments, TypeSpace& types);

/// oper(): which operator two operands (or one) mean; absent with trouble when none does.
std::optional<Candidate>
operatorFor(std::string_view name, const std::vector<TypeId>& operands, Coercion& coercion);

} // namespace sightglass::canonical
