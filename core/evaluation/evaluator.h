// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/interpreter.h"
#include "core/evaluation/program.h"
#include "core/evaluation/scope.h"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace sightglass {

class FunctionObject;
class GeneratorObject;
class FileModule;

/// How a statement ended. The value of Return and the exception of Raise are in the Evaluator.
enum class Flow : std::uint8_t
{
    Next,
    Break,
    Continue,
    Return,
    Raise
};

/// Until where a condition holds that an exit in an unknown branch made.
enum class Hold : std::uint8_t
{
    Branch,
    Iteration,
    Loop,
    Function,
    Raise
};

struct Parameter
{
    enum class Kind : std::uint8_t
    {
        PositionalOnly,
        Plain,
        Rest,
        KeywordOnly,
        KeywordRest
    };
    NameId name = 0;
    Kind kind = Kind::Plain;
    const Node* fallback = nullptr; ///< its default
};

using Signature = std::vector<Parameter>;

/// A call that is running.
struct Frame
{
    Scope* scope = nullptr;
    FunctionObject* function = nullptr;
    std::vector<Value>* yielded = nullptr; ///< of a generator that runs to its end at once
    /// What a yield runs, for a generator whose consumer is inside.
    std::function<Flow(const Value&)> consumer;
    Value result;
    std::vector<Value> perhaps; ///< results of returns in unknown branches
    const Raised* handled = nullptr;
    std::size_t guards = 0; ///< conditions around its call
};

/// A try whose body is running.
struct TryFrame
{
    const Node* statement = nullptr; ///< null: contextlib.suppress
    std::vector<std::string> names;  ///< suppress's
    std::size_t guards = 0;
    std::vector<std::pair<Raised, Guard>> perhaps; ///< exceptions raised in unknown branches
    std::optional<bool> catchesDatabaseErrors;
};

/// Runs programs: what stands behind Interpreter. Its parts are in the files evaluate_*.cpp.
class Evaluator
{
public:
    Evaluator(Interpreter& interpreter,
              ModuleSource& source,
              InterpreterHooks hooks,
              InterpreterLimits limits,
              std::stop_token stop);
    ~Evaluator();
    Evaluator(const Evaluator&) = delete;
    Evaluator& operator=(const Evaluator&) = delete;

    // evaluate_modules.cpp
    Evaluated runModule(const SourceModule& module, std::string name);
    Value importModule(std::string_view dotted);
    /// from `dotted` import `name`; nothing when the module surely does not have it.
    std::optional<Value> importName(const std::string& dotted, const std::string& name);
    Value resolved(const Value& value); ///< what an import stands for
    /// The names of a native module for `from m import *`.
    void bindStarNames(Scope& scope, const Value& module);
    Flow runImport(const Node& statement);
    Flow runImportFrom(const Node& statement);

    // evaluate_statements.cpp, evaluate_loops.cpp, evaluate_try.cpp, evaluate_match.cpp
    Flow runBlock(const Node& block);
    Flow run(const Node& statement);
    Flow runIf(const Node& statement);
    Flow runFor(const Node& statement);
    Flow runWhile(const Node& statement);
    Flow runTry(const Node& statement);
    Flow runWith(const Node& statement);
    Flow runMatch(const Node& statement);
    Flow runRaise(const Node& statement);
    Flow runAssert(const Node& statement);
    Flow runDelete(const Node& target);
    Flow runReturn(const Node& statement);
    Flow runAssignment(const Node& statement);
    Flow runAugmented(const Node& statement);
    Flow assign(const Node& target, const Value& value);
    Flow assignAll(const Node& pattern, const Value& value);

    // evaluate_definitions.cpp
    Flow runFunction(const Node& statement, const Node* decorated);
    Flow runClass(const Node& statement, const Node* decorated);
    Evaluated makeFunction(const Node& definition);
    Evaluated decorate(const Node& decorated, Value value);
    const Signature& signatureOf(const Node& definition);

    // evaluate_calls.cpp
    Evaluated evaluateCall(const Node& node);
    Outcome<Arguments, Raised> argumentsOf(const Node& list);
    Evaluated call(const Value& callee, const Arguments& arguments);
    Evaluated callFunction(FunctionObject& function, const Arguments& arguments, const Value* self);
    /// Runs a generator's body, with what each yield runs.
    Flow runGenerator(GeneratorObject& generator, std::function<Flow(const Value&)> consumer);
    std::optional<Raised> bindParameters(FunctionObject& function,
                                         const Arguments& arguments,
                                         const Value* self,
                                         Scope& scope);
    Evaluated unknownCall(std::string callee, std::string reason, const Arguments& arguments);

    // evaluate_expressions.cpp, evaluate_texts.cpp, evaluate_comprehensions.cpp
    Evaluated evaluate(const Node& node);
    /// Truth of a condition; short cuts that hold whatever the unknown parts are.
    Outcome<Known<bool>, Raised> conditionOf(const Node& node);
    Evaluated evaluateBoolean(const Node& node);
    Evaluated evaluateComparison(const Node& node);
    Evaluated evaluateBinary(const Node& node);
    Evaluated evaluateUnary(const Node& node);
    Evaluated evaluateConditional(const Node& node);
    Evaluated evaluateName(const Node& node);
    Evaluated evaluateAttribute(const Node& node);
    Evaluated evaluateSubscript(const Node& node);
    Evaluated evaluateKey(const Node& subscript);
    Evaluated evaluateSequence(const Node& node);
    Evaluated evaluateDictionary(const Node& node);
    Evaluated evaluateComprehension(const Node& node);
    Evaluated evaluateText(const Node& node);
    Evaluated evaluateInterpolation(const Node& node);
    Outcome<Known<std::string>, Raised> formatSpecifier(const Node& node);
    Evaluated evaluateNumber(const Node& node);
    Evaluated evaluateYield(const Node& node);

    // operators.cpp
    Evaluated binary(std::string_view op, const Value& left, const Value& right);
    Evaluated unary(std::string_view op, const Value& operand);
    Evaluated compare(std::string_view op, const Value& left, const Value& right);
    Known<bool> equal(const Value& left, const Value& right, int depth = 0);
    Known<bool> less(const Value& left, const Value& right, int depth = 0);
    Outcome<Known<bool>, Raised> contains(const Value& container, const Value& item);

    // protocols.cpp
    Evaluated attribute(const Value& object, std::string_view name);
    std::optional<Raised>
    setAttribute(const Value& object, std::string_view name, const Value& value);
    Evaluated subscript(const Value& object, const Value& key);
    std::optional<Raised> setSubscript(const Value& object, const Value& key, const Value& value);
    std::optional<Raised> deleteSubscript(const Value& object, const Value& key);
    Outcome<std::vector<Value>, Raised> elements(const Value& iterable);
    std::optional<Unknown> doubt(const Value& value) const;
    Known<bool> truth(const Value& value);
    Known<std::string> text(const Value& value);  ///< str()
    Known<std::string> shown(const Value& value); ///< repr()
    Known<std::string>
    joinable(const Value& value); ///< as str.join() sees a str and what derives from it
    std::vector<std::string> classNames(const Value& value) const;
    std::string typeName(const Value& value) const;
    Known<bool> isInstance(const Value& value, const Value& type);
    Known<bool> isSubclass(const Value& type, const Value& base);
    /// Key for equal values of hashable kinds; nothing when it can't be told.
    std::optional<std::string> hashKey(const Value& value);

    // branches.cpp
    struct Branch
    {
        Guard guard;
        bool alternative = false;
        std::function<Flow()> run;
    };

    /// Runs branches of which one is taken, nobody knows which. `exhaustive`: no other is possible.
    Flow runBranches(const std::vector<Branch>& branches, bool exhaustive, const std::string& why);
    /// Runs something that may or may not happen.
    Flow runPerhaps(Guard guard, bool alternative, const std::function<Flow()>& run);
    Evaluated
    evaluatePerhaps(const Node& node, const Node& condition, bool negated, bool alternative);
    void hold(Guard guard, Hold until);
    void release(std::size_t from, Hold inside); ///< forgets conditions that ended
    void noteChange(Scope& scope, NameId name);
    void noteChange(Changeable& what);
    Guard guardOf(const Node& condition, bool negated) const;

    // names
    const Value* lookUp(Scope* scope, NameId name) const;
    void bind(Scope& scope, NameId name, Value value);
    void bindHere(NameId name, Value value); ///< respecting global and nonlocal
    const Value* builtin(NameId name);

    // bookkeeping
    /// Counts a step; false when reading has to stop, with the exception set.
    bool step();
    Raised limitReached(std::string what) const;
    /// Charges what was made against the limits; false: too much, with the exception set.
    std::optional<Raised> charge(std::size_t bytes);
    Flow raise(Raised raised);
    Raised take(); ///< the exception on its way
    Raised makeRaised(std::string type, std::string message) const;
    Unknown unknown(const Node& node, std::string_view what) const; ///< "what, line 3"
    Unknown unknownFromLibrary(std::string reason); ///< calls of it are not reported
    bool isFromLibrary(const std::string& reason) const;
    SourceSpan here() const;
    std::string describe(const Node& node) const; ///< its text on one line, cut
    bool catchesDatabaseErrors();

    Frame& frame() { return *frames.back(); }

    template <typename T, typename... Args>
    T* make(Args&&... args)
    {
        return interpreter.make<T>(std::forward<Args>(args)...);
    }

    Interpreter& interpreter;
    ModuleSource& source;
    InterpreterHooks hooks;
    InterpreterLimits limits;
    std::stop_token stop;

    Names names;
    std::vector<std::unique_ptr<Object>> objects;
    std::deque<Scope> scopes;
    std::map<const SourceModule*, std::unique_ptr<Program>> programs;
    std::map<std::string, Value, std::less<>> modules;
    std::map<std::string, bool, std::less<>> importing;
    std::unordered_map<const Node*, Signature> signatures;
    std::unordered_map<NameId, Value> builtins;
    std::unordered_set<std::string> libraryReasons;
    std::vector<Path> filesRead;
    Scope* builtinScope = nullptr;

    std::vector<Frame*> frames;
    std::vector<TryFrame*> tries;
    std::vector<Journal*> journals;
    std::vector<Guard> guards;
    std::vector<Hold> holds; ///< one for each guard
    int alternatives = 0;
    int imports = 0; ///< top levels of imported modules that are running
    std::optional<Raised> raised;
    const Node* current = nullptr;

    std::size_t steps = 0;
    std::size_t stepLimit = 0;
    std::size_t bytes = 0;
    int depth = 0; ///< of expressions and statements
    int calls = 0;
};

/// Counts the depth while it lives.
class Deeper
{
public:
    explicit Deeper(int& depth)
        : m_depth(depth)
    {
        ++m_depth;
    }

    ~Deeper() { --m_depth; }

    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;

private:
    int& m_depth;
};

} // namespace sightglass
