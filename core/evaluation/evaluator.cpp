// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/evaluator.h"

#include "core/evaluation/builtins.h"
#include "core/evaluation/classes.h"

#include <algorithm>

namespace sightglass {

namespace {

constexpr std::size_t shownText = 60;
/// All that is ever made together, in multiples of the longest text.
constexpr std::size_t totalBytes = 4;
constexpr std::size_t asksEvery = 256;

/// Classes whose handlers may see an error that the server sent.
constexpr std::array databaseErrors{
    std::string_view("BaseException"),
    std::string_view("Exception"),
    std::string_view("SQLAlchemyError"),
    std::string_view("StatementError"),
    std::string_view("DBAPIError"),
    std::string_view("DatabaseError"),
    std::string_view("ProgrammingError"),
    std::string_view("OperationalError"),
    std::string_view("IntegrityError"),
    std::string_view("InternalError"),
    std::string_view("NotSupportedError"),
    std::string_view("DataError"),
    std::string_view("Error"),
    std::string_view("InterfaceError"),
};

bool isDatabaseError(std::string_view name)
{
    return std::ranges::find(databaseErrors, name) != databaseErrors.end();
}

/// The last name of what an `except` says: "exc.ProgrammingError" is "ProgrammingError".
bool namesDatabaseError(const Node& node)
{
    if (node.kind == Kind::Identifier)
        return isDatabaseError(node.text());
    if (node.kind == Kind::Attribute) {
        const Node* last = node.child(Role::AttributeName);
        return last != nullptr && isDatabaseError(last->text());
    }
    return std::ranges::any_of(std::array{0}, [&](int) {
        for (const Node& each : childrenOf(node)) {
            if (each.kind == Kind::AsPatternTarget)
                continue;
            if (each.kind != Kind::Block && namesDatabaseError(each))
                return true;
        }
        return false;
    });
}

} // namespace

Evaluator::Evaluator(Interpreter& interpreterOf,
                     ModuleSource& sourceOf,
                     InterpreterHooks hooksOf,
                     InterpreterLimits limitsOf,
                     std::stop_token stopOf)
    : interpreter(interpreterOf)
    , source(sourceOf)
    , hooks(std::move(hooksOf))
    , limits(limitsOf)
    , stop(std::move(stopOf))
    , stepLimit(limitsOf.steps)
{}

Evaluator::~Evaluator() = default;

bool Evaluator::step()
{
    ++steps;
    if (steps % asksEvery == 0 && stop.stop_requested()) {
        raised = limitReached("reading was stopped");
        return false;
    }
    if (steps > stepLimit) {
        raised = limitReached("more than " + std::to_string(limits.steps) + " steps");
        return false;
    }
    return true;
}

Raised Evaluator::limitReached(std::string what) const
{
    return Raised{.type = "Limit",
                  .bases = {},
                  .message = std::move(what),
                  .span = here(),
                  .exception = {},
                  .stopsReading = true};
}

std::optional<Raised> Evaluator::charge(std::size_t made)
{
    if (made > limits.textBytes)
        return limitReached("a text or list that is too long");
    bytes += made;
    if (bytes > limits.textBytes * totalBytes)
        return limitReached("texts and lists that are too long together");
    return std::nullopt;
}

Flow Evaluator::raise(Raised what)
{
    if (what.span.line == 0)
        what.span = here();
    raised = std::move(what);
    return Flow::Raise;
}

Raised Evaluator::take()
{
    Raised result = std::move(*raised);
    raised.reset();
    return result;
}

Raised Evaluator::makeRaised(std::string type, std::string message) const
{
    std::vector<std::string> bases = exceptionBases(type);
    return Raised{.type = std::move(type),
                  .bases = std::move(bases),
                  .message = std::move(message),
                  .span = here(),
                  .exception = {},
                  .stopsReading = false};
}

Unknown Evaluator::unknown(const Node& node, std::string_view what) const
{
    return Unknown{std::string(what) + ", line " + std::to_string(node.line)};
}

Unknown Evaluator::unknownFromLibrary(std::string reason)
{
    libraryReasons.insert(reason);
    return Unknown{std::move(reason)};
}

bool Evaluator::isFromLibrary(const std::string& reason) const
{
    return libraryReasons.contains(reason);
}

SourceSpan Evaluator::here() const
{
    return current == nullptr ? SourceSpan{} : current->program->span(*current);
}

std::string Evaluator::describe(const Node& node) const
{
    std::string result;
    for (const char each : node.text()) {
        const bool space = each == ' ' || each == '\n' || each == '\t' || each == '\r';
        if (space && (result.empty() || result.back() == ' '))
            continue;
        result.push_back(space ? ' ' : each);
        if (result.size() > shownText)
            break;
    }
    if (result.size() <= shownText)
        return result;
    result.resize(shownText);
    while (!result.empty() && (static_cast<unsigned char>(result.back()) & 0xC0U) == 0x80U)
        result.pop_back(); // not within a character
    if (!result.empty() && static_cast<unsigned char>(result.back()) >= 0xC0U)
        result.pop_back();
    return result + "…";
}

bool Evaluator::catchesDatabaseErrors()
{
    for (TryFrame* each : tries) {
        if (!each->catchesDatabaseErrors) {
            bool catches = std::ranges::any_of(each->names, isDatabaseError);
            if (each->statement != nullptr) {
                for (const Node& clause : childrenOf(*each->statement)) {
                    if (clause.kind != Kind::ExceptClause)
                        continue;
                    const bool bare = clause.first == nullptr || clause.first->kind == Kind::Block;
                    catches = catches || bare || namesDatabaseError(clause);
                }
            }
            each->catchesDatabaseErrors = catches;
        }
        if (*each->catchesDatabaseErrors)
            return true;
    }
    return false;
}

const Value* Evaluator::lookUp(Scope* scope, NameId name) const
{
    const Scope* start = scope;
    for (; scope != nullptr; scope = scope->parent()) {
        // A class's names are not seen by the functions in it.
        if (scope->kind() == Scope::Kind::Class && scope != start &&
            start->kind() != Scope::Kind::Comprehension)
            continue;
        if (!scope->globals.empty() &&
            std::ranges::find(scope->globals, name) != scope->globals.end()) {
            while (scope->parent() != nullptr)
                scope = scope->parent();
        }
        if (const Value* found = scope->find(name))
            return found;
    }
    return nullptr;
}

void Evaluator::bind(Scope& scope, NameId name, Value value)
{
    noteChange(scope, name);
    scope.bind(name, std::move(value));
}

void Evaluator::bindHere(NameId name, Value value)
{
    Scope* scope = frame().scope;
    const auto declared = [&](const std::vector<NameId>& declaredNames) {
        return !declaredNames.empty() &&
               std::ranges::find(declaredNames, name) != declaredNames.end();
    };
    if (declared(scope->globals)) {
        while (scope->parent() != nullptr)
            scope = scope->parent();
    } else if (declared(scope->nonlocals)) {
        for (Scope* outer = scope->parent(); outer != nullptr; outer = outer->parent()) {
            if (outer->kind() == Scope::Kind::Function && outer->find(name) != nullptr) {
                scope = outer;
                break;
            }
        }
    }
    bind(*scope, name, std::move(value));
}

const Value* Evaluator::builtin(NameId name)
{
    if (const auto known = builtins.find(name); known != builtins.end())
        return &known->second;
    auto made = makeBuiltin(*this, names.text(name));
    if (!made)
        return nullptr;
    return &builtins.emplace(name, std::move(*made)).first->second;
}

} // namespace sightglass
