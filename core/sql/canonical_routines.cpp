// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/canonical_routines.h"

#include <algorithm>

namespace sightglass::canonical {

namespace {

using Candidates = std::vector<const Candidate*>;

/// Those with the highest score; all when none has one.
template <typename Score>
Candidates highest(const Candidates& candidates, Score score)
{
    Candidates best;
    int most = 0;
    for (const Candidate* const candidate : candidates) {
        const int points = score(*candidate);
        if (points > most || best.empty()) {
            most = points;
            best.clear();
            best.push_back(candidate);
        } else if (points == most) {
            best.push_back(candidate);
        }
    }
    return best;
}

/// What category unknown literals of one argument most likely have.
struct Slot
{
    char category = 0;
    bool preferred = false;
    bool conflict = false;
};

Slot slotOf(const Candidates& candidates, std::size_t argument, TypeSpace& types)
{
    Slot slot;
    for (const Candidate* const candidate : candidates) {
        const TypeFacts& facts = types.facts(candidate->arguments[argument]);
        if (slot.category == 0 || (facts.category == 'S' && slot.category != 'S')) {
            if (slot.category != 0)
                slot.conflict = true;
            slot.category = facts.category;
            slot.preferred = facts.preferred;
        } else if (facts.category == slot.category) {
            slot.preferred = slot.preferred || facts.preferred;
        } else {
            slot.conflict = true;
        }
    }
    if (slot.category == 'S')
        slot.conflict = false;
    return slot;
}

Candidates
byUnknowns(const Candidates& candidates, const std::vector<TypeId>& bases, TypeSpace& types)
{
    std::vector<Slot> slots(bases.size());
    for (std::size_t i = 0; i < bases.size(); ++i) {
        if (bases[i] != type::unknown)
            continue;
        slots[i] = slotOf(candidates, i, types);
        if (slots[i].conflict)
            return candidates;
    }
    Candidates kept;
    for (const Candidate* const candidate : candidates) {
        bool keep = true;
        for (std::size_t i = 0; i < bases.size() && keep; ++i) {
            if (bases[i] != type::unknown)
                continue;
            const TypeFacts& facts = types.facts(candidate->arguments[i]);
            keep = facts.category == slots[i].category && (!slots[i].preferred || facts.preferred);
        }
        if (keep)
            kept.push_back(candidate);
    }
    return kept.empty() ? candidates : kept;
}

const Candidate* bySingleKnownType(const Candidates& candidates,
                                   const std::vector<TypeId>& bases,
                                   Coercion& coercion)
{
    TypeId known = type::unknown;
    for (const TypeId id : bases) {
        if (id == type::unknown || id == known)
            continue;
        if (known != type::unknown)
            return nullptr;
        known = id;
    }
    if (known == type::unknown)
        return nullptr;
    const std::vector<TypeId> assumed(bases.size(), known);
    const Candidate* found = nullptr;
    for (const Candidate* const candidate : candidates) {
        if (!coercion.canCoerce(assumed, candidate->arguments))
            continue;
        if (found != nullptr)
            return nullptr;
        found = candidate;
    }
    return found;
}

} // namespace

const Candidate*
bestOf(Candidates candidates, const std::vector<TypeId>& actual, Coercion& coercion)
{
    TypeSpace& types = coercion.types();
    std::vector<TypeId> bases;
    for (const TypeId id : actual)
        bases.push_back(types.baseOf(id));
    candidates = highest(candidates, [&](const Candidate& candidate) {
        int points = 0;
        for (std::size_t i = 0; i < bases.size(); ++i)
            points += bases[i] != type::unknown && candidate.arguments[i] == bases[i] ? 1 : 0;
        return points;
    });
    if (candidates.size() == 1)
        return candidates.front();
    candidates = highest(candidates, [&](const Candidate& candidate) {
        int points = 0;
        for (std::size_t i = 0; i < bases.size(); ++i) {
            if (bases[i] == type::unknown)
                continue;
            const TypeId declared = candidate.arguments[i];
            const TypeFacts& facts = types.facts(declared);
            const bool preferred = facts.preferred && facts.category == types.category(bases[i]);
            points += declared == bases[i] || preferred ? 1 : 0;
        }
        return points;
    });
    if (candidates.size() == 1)
        return candidates.front();
    if (std::ranges::find(bases, type::unknown) == bases.end())
        return nullptr;
    candidates = byUnknowns(candidates, bases, types);
    if (candidates.size() == 1)
        return candidates.front();
    return bySingleKnownType(candidates, bases, coercion);
}

Candidates fitting(const std::vector<Candidate>& candidates,
                   const std::vector<TypeId>& actual,
                   Coercion& coercion)
{
    Candidates result;
    for (const Candidate& candidate : candidates) {
        if (coercion.canCoerce(actual, candidate.arguments))
            result.push_back(&candidate);
    }
    return result;
}

namespace {

/// "integer, character varying" at its outer commas.
std::vector<std::string_view> separated(std::string_view list)
{
    std::vector<std::string_view> parts;
    int depth = 0;
    bool quoted = false;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= list.size(); ++i) {
        const char c = i < list.size() ? list[i] : ',';
        if (c == '"')
            quoted = !quoted;
        if (!quoted)
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (i < list.size() && (c != ',' || quoted || depth > 0))
            continue;
        std::string_view part = list.substr(begin, i - begin);
        while (part.starts_with(' '))
            part.remove_prefix(1);
        if (!part.empty())
            parts.push_back(part);
        begin = i + 1;
    }
    return parts;
}

void addOwn(const Function& function,
            std::size_t arguments,
            TypeSpace& types,
            std::vector<Candidate>& result)
{
    const auto written = separated(function.arguments);
    if (written.size() != arguments)
        return;
    Candidate candidate{.kind = function.kind == "aggregate" ? 'a' : 'f',
                        .volatility = '?',
                        .set = function.result.starts_with("SETOF") ||
                               function.result.starts_with("TABLE"),
                        .own = true,
                        .schema = function.name.schema,
                        .depth = types.pathPosition(function.name.schema).value_or(0)};
    for (const std::string_view argument : written)
        candidate.arguments.push_back(types.readSpelling(argument).id);
    if (!candidate.set)
        candidate.result = types.readSpelling(function.result).id;
    result.push_back(std::move(candidate));
}

bool inReach(const CatalogFunction& row, const FunctionCall& call, const TypeSpace& types)
{
    if (row.origin == 0)
        return call.schema.empty() || call.schema == "pg_catalog";
    if (!types.installed(row.origin))
        return false;
    if (call.schema.empty())
        return types.visible(row.origin);
    const auto& extensions = types.scope().schema.extensions;
    return extensions.at(std::string(origins()[row.origin])).schema == call.schema;
}

/// Whether the function can take this many; fills the candidate's arguments.
bool takes(const CatalogFunction& row, std::size_t count, bool written, Candidate& candidate)
{
    const auto declared = argumentsOf(row);
    candidate.arguments.assign(declared.begin(), declared.end());
    if (row.variadic != 0 && !written && declared.size() <= count) {
        candidate.variadic = true;
        candidate.arguments.back() = row.variadic;
        candidate.arguments.resize(count, row.variadic);
        return true;
    }
    if (declared.size() < count || declared.size() - row.withDefault > count)
        return false;
    candidate.arguments.resize(count);
    return row.variadic == 0 || written;
}

bool ownInReach(const QualifiedName& name, const FunctionCall& call, const TypeSpace& types)
{
    if (name.name != call.name)
        return false;
    return call.schema.empty() ? name.schema.empty() || types.pathPosition(name.schema).has_value()
                               : name.schema == call.schema;
}

} // namespace

std::vector<Candidate>
functionCandidates(const FunctionCall& call, std::size_t arguments, TypeSpace& types)
{
    std::vector<Candidate> result;
    for (const CatalogFunction& row : functionsNamed(call.name)) {
        Candidate candidate{.result = row.result,
                            .kind = row.kind,
                            .volatility = row.volatility,
                            .set = row.set,
                            .origin = row.origin};
        if (!inReach(row, call, types) || !takes(row, arguments, call.variadic, candidate))
            continue;
        // Of two that take the same, the one without repeated arguments is meant.
        const auto same = std::ranges::find(result, candidate.arguments, &Candidate::arguments);
        if (same == result.end())
            result.push_back(std::move(candidate));
        else if (same->variadic && !candidate.variadic)
            *same = std::move(candidate);
    }
    for (const auto& [key, function] : types.scope().schema.functions) {
        if (!ownInReach(key.first, call, types))
            continue;
        std::vector<Candidate> own;
        addOwn(*function, arguments, types, own);
        for (Candidate& candidate : own) {
            if (std::ranges::find(result, candidate.arguments, &Candidate::arguments) ==
                result.end())
                result.push_back(std::move(candidate));
        }
    }
    return result;
}

bool functionKnown(const FunctionCall& call, TypeSpace& types)
{
    for (const CatalogFunction& row : functionsNamed(call.name)) {
        if (inReach(row, call, types))
            return true;
    }
    return std::ranges::any_of(types.scope().schema.functions, [&](const auto& entry) {
        return ownInReach(entry.first.first, call, types);
    });
}

std::vector<Candidate>
operatorCandidates(std::string_view name, std::size_t arguments, TypeSpace& types)
{
    std::vector<Candidate> result;
    for (const CatalogOperator& row : operatorsNamed(name)) {
        if ((row.left == 0) != (arguments == 1) || !types.visible(row.origin))
            continue;
        Candidate candidate{
            .result = row.result, .volatility = row.volatility, .origin = row.origin};
        if (row.left != 0)
            candidate.arguments.push_back(row.left);
        candidate.arguments.push_back(row.right);
        if (std::ranges::find(result, candidate.arguments, &Candidate::arguments) == result.end())
            result.push_back(std::move(candidate));
    }
    return result;
}

namespace {

const Candidate* exactly(const std::vector<Candidate>& candidates, const std::vector<TypeId>& types)
{
    const auto found = std::ranges::find(candidates, types, &Candidate::arguments);
    return found == candidates.end() ? nullptr : &*found;
}

/// binary_oper_exact: an unknown literal is taken for the other operand's type first.
const Candidate* exactOperator(const std::vector<Candidate>& candidates,
                               std::vector<TypeId> operands,
                               TypeSpace& types)
{
    bool unknown = false;
    if (operands.size() == 2) {
        for (std::size_t i = 0; i < 2 && !unknown; ++i) {
            if (operands[i] == type::unknown) {
                operands[i] = operands[1 - i];
                unknown = true;
            }
        }
    }
    if (const Candidate* const found = exactly(candidates, operands); found != nullptr)
        return found;
    if (!unknown)
        return nullptr;
    const TypeId base = types.baseOf(operands.front());
    return base == operands.front() ? nullptr : exactly(candidates, {base, base});
}

std::string
operatorWords(std::string_view name, const std::vector<TypeId>& operands, TypeSpace& types)
{
    std::string words = operands.size() == 2 ? types.spell(operands[0]) + " " : std::string();
    return words + std::string(name) + " " + types.spell(operands.back());
}

bool spellable(const std::vector<TypeId>& ids, TypeSpace& types)
{
    return std::ranges::all_of(ids, [&](TypeId id) {
        const TypeFacts& facts = types.facts(types.baseOf(id));
        const TypeFacts& inner = facts.element != 0 ? types.facts(facts.element) : facts;
        return inner.kind != 'o';
    });
}

} // namespace

std::optional<Candidate>
operatorFor(std::string_view name, const std::vector<TypeId>& operands, Coercion& coercion)
{
    TypeSpace& types = coercion.types();
    const std::vector<Candidate> candidates = operatorCandidates(name, operands.size(), types);
    if (const Candidate* const exact = exactOperator(candidates, operands, types); exact != nullptr)
        return *exact;
    const Candidates possible = fitting(candidates, operands, coercion);
    const Candidate* const best = possible.empty()       ? nullptr
                                  : possible.size() == 1 ? possible.front()
                                                         : bestOf(possible, operands, coercion);
    if (best != nullptr)
        return *best;
    const std::string words = operatorWords(name, operands, types);
    if (!spellable(operands, types))
        types.trouble().doubt("operator " + words + " is of a type whose operators are not known");
    else if (!types.unlistedExtension().empty() && possible.empty())
        types.trouble().doubt("operator " + words + " may come from extension " +
                              types.unlistedExtension());
    else if (possible.empty())
        types.trouble().refuse("42883", "operator does not exist: " + words);
    else
        types.trouble().refuse("42725", "operator is not unique: " + words);
    return std::nullopt;
}

} // namespace sightglass::canonical
