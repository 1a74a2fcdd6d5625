// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/evaluation/object.h"
#include "core/operations/operation.h"
#include "core/python/syntax_tree.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// A file of Python, parsed once and read by one thread.
struct SourceModule
{
    std::string file; ///< as shown
    Path path;
    bool isPackage = false; ///< an __init__.py
    SyntaxTree tree;
};

/// Where the interpreter finds the project's modules. One for each thread; keeps its trees.
class ModuleSource
{
public:
    virtual ~ModuleSource() = default;
    /// The module of a dotted name; null when the project does not have it.
    virtual const SourceModule* find(std::string_view dotted) = 0;
    /// Bytes of a file that a program opens; empty when it can't be read. Paths are absolute.
    virtual std::optional<std::string> readFile(const Path& path) = 0;
};

struct InterpreterLimits
{
    std::size_t steps = 500'000;       ///< expressions and statements, in all
    int depth = 150;                   ///< calls within calls, expressions within expressions
    std::size_t textBytes = 16u << 20; ///< longest text or list that may be made
};

/// A call whose callee reading does not know.
struct UnknownCall
{
    std::string callee; ///< as written: "helpers.create_partitions"
    std::string reason; ///< why it is not known
    const Arguments& arguments;
    SourceSpan span;
    bool result = false; ///< its value is used
};

/// Something of the embedder's that natives reach through the interpreter, by its class.
class InterpreterService
{
public:
    virtual ~InterpreterService() = default;
};

/// What an embedder adds to Python.
struct InterpreterHooks
{
    std::vector<InterpreterService*> services; ///< outlive the interpreter
    /// A module written in C++ for a dotted name, or null. Asked before the project's own modules.
    std::function<Object*(Interpreter&, std::string_view dotted)> nativeModule;
    /// A call of something unknown; natives decide whether it may hide operations. Not told of
    /// calls at the top level of imported modules, nor of calls of what Python's own library gave.
    std::function<void(Interpreter&, const UnknownCall&)> unknownCall;
};

/// Runs Python over syntax trees without Python: values are known or Unknown with a reason, and
/// nothing outside (files to write, network, processes) is ever touched.
///
/// A condition that is Unknown runs its first branch under a Guard, then the others as
/// alternatives; names that end up different are Unknown. A loop over something Unknown runs its
/// body once under a Guard. A `return`, `continue` or `raise` under a Guard makes what follows
/// conditional.
///
/// One for each reading of a file: it owns every Object that it makes and frees them at its end.
/// errors  none of its own: Raised with stopsReading where a limit was reached or `stop` requested
class Interpreter
{
public:
    Interpreter(ModuleSource& modules,
                InterpreterHooks hooks,
                InterpreterLimits limits = {},
                std::stop_token stop = {});
    ~Interpreter();
    Interpreter(const Interpreter&) = delete;
    Interpreter& operator=(const Interpreter&) = delete;

    /// Runs a file's top level: the value is its module object. Imports inside are followed when a
    /// name of theirs is first used. `name` is its dotted name, empty for a file loaded by its
    /// path.
    Evaluated runModule(const SourceModule& module, std::string name = {});
    /// import `dotted`: native, else the project's, else Unknown.
    Value importModule(std::string_view dotted);

    Evaluated attribute(const Value& object, std::string_view name);
    Evaluated call(const Value& callee, const Arguments& arguments);
    /// Elements of iter(iterable). Of something Unknown: one element, Unknown for the same reason;
    /// doubtAbout tells.
    Outcome<std::vector<Value>, Raised> elementsOf(const Value& iterable);
    Known<bool> truthOf(const Value& value);
    /// str(value).
    Known<std::string> textOf(const Value& value);
    Known<bool> equal(const Value& left, const Value& right);
    bool isInstance(const Value& value, std::string_view className);

    template <typename T, typename... Args>
    T* make(Args&&... args)
    {
        auto owned = std::make_unique<T>(std::forward<Args>(args)...);
        T* object = owned.get();
        keep(std::move(owned));
        return object;
    }

    Value makeList(std::vector<Value> items);
    Value makeTuple(std::vector<Value> items);
    Value makeSet(std::vector<Value> items);
    Value makeDictionary(std::vector<std::pair<Value, Value>> items);
    Value makeFunction(std::string name, NativeFunction::Body body);

    /// Why the items of a list, set or dictionary are not all known, or not surely these; nothing
    /// when they are. An Unknown value is in doubt for its own reason.
    std::optional<Unknown> doubtAbout(const Value& value) const;

    /// The embedder's service of class T; null when there is none.
    template <typename T>
    T* service() const
    {
        for (InterpreterService* each : services()) {
            if (auto* found = dynamic_cast<T*>(each))
                return found;
        }
        return nullptr;
    }

    const std::vector<InterpreterService*>& services() const;

    /// Items of a list, tuple, set, or keys of a dictionary; null for anything else.
    static const std::vector<Value>* itemsOf(const Value& value);
    /// Pairs of a dictionary in order; empty for anything else.
    static std::vector<std::pair<Value, Value>> pairsOf(const Value& value);

    /// Conditions around the place that is being run, outermost first.
    const std::vector<Guard>& guards() const;
    bool inAlternative() const; ///< in a branch that is taken when the assumed one is not
    /// Inside a try whose handlers would catch an error of the database ("DBAPIError" and bases).
    bool databaseErrorsAreCaught() const;
    /// The call or statement that is being run.
    SourceSpan here() const;
    /// Files besides the first that were read: modules and opened files, each once.
    const std::vector<Path>& filesRead() const;

    /// What runs programs; for this module's own files.
    class Evaluator& evaluator() { return *m_evaluator; }

private:
    void keep(std::unique_ptr<Object> object);

    std::unique_ptr<class Evaluator> m_evaluator;
};

} // namespace sightglass
