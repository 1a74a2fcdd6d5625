// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/library.h"

#include "core/evaluation/containers.h"

#include <algorithm>

namespace sightglass {

namespace {

/// Modules of Python 3.12's library; what is not in a table is not followed.
constexpr std::array libraryModules{
    std::string_view("__future__"),
    std::string_view("abc"),
    std::string_view("argparse"),
    std::string_view("array"),
    std::string_view("ast"),
    std::string_view("asyncio"),
    std::string_view("atexit"),
    std::string_view("base64"),
    std::string_view("binascii"),
    std::string_view("bisect"),
    std::string_view("builtins"),
    std::string_view("calendar"),
    std::string_view("cmath"),
    std::string_view("codecs"),
    std::string_view("collections"),
    std::string_view("concurrent"),
    std::string_view("configparser"),
    std::string_view("contextlib"),
    std::string_view("contextvars"),
    std::string_view("copy"),
    std::string_view("csv"),
    std::string_view("ctypes"),
    std::string_view("dataclasses"),
    std::string_view("datetime"),
    std::string_view("decimal"),
    std::string_view("difflib"),
    std::string_view("dis"),
    std::string_view("email"),
    std::string_view("enum"),
    std::string_view("errno"),
    std::string_view("fnmatch"),
    std::string_view("fractions"),
    std::string_view("functools"),
    std::string_view("gc"),
    std::string_view("getpass"),
    std::string_view("gettext"),
    std::string_view("glob"),
    std::string_view("gzip"),
    std::string_view("hashlib"),
    std::string_view("heapq"),
    std::string_view("hmac"),
    std::string_view("html"),
    std::string_view("http"),
    std::string_view("importlib"),
    std::string_view("inspect"),
    std::string_view("io"),
    std::string_view("ipaddress"),
    std::string_view("itertools"),
    std::string_view("json"),
    std::string_view("keyword"),
    std::string_view("linecache"),
    std::string_view("locale"),
    std::string_view("logging"),
    std::string_view("math"),
    std::string_view("mimetypes"),
    std::string_view("multiprocessing"),
    std::string_view("numbers"),
    std::string_view("operator"),
    std::string_view("os"),
    std::string_view("pathlib"),
    std::string_view("pickle"),
    std::string_view("pkgutil"),
    std::string_view("platform"),
    std::string_view("pprint"),
    std::string_view("queue"),
    std::string_view("random"),
    std::string_view("re"),
    std::string_view("secrets"),
    std::string_view("select"),
    std::string_view("shlex"),
    std::string_view("shutil"),
    std::string_view("signal"),
    std::string_view("socket"),
    std::string_view("sqlite3"),
    std::string_view("ssl"),
    std::string_view("stat"),
    std::string_view("statistics"),
    std::string_view("string"),
    std::string_view("struct"),
    std::string_view("subprocess"),
    std::string_view("sys"),
    std::string_view("tempfile"),
    std::string_view("textwrap"),
    std::string_view("threading"),
    std::string_view("time"),
    std::string_view("timeit"),
    std::string_view("tomllib"),
    std::string_view("traceback"),
    std::string_view("types"),
    std::string_view("typing"),
    std::string_view("unicodedata"),
    std::string_view("unittest"),
    std::string_view("urllib"),
    std::string_view("uuid"),
    std::string_view("warnings"),
    std::string_view("weakref"),
    std::string_view("xml"),
    std::string_view("zipfile"),
    std::string_view("zlib"),
    std::string_view("zoneinfo"),
    // Backports: the same names.
    std::string_view("typing_extensions"),
    std::string_view("mypy_extensions"),
    // No part of it, and as plain: an object that is made when it is first used.
    std::string_view("lazy_object_proxy"),
};

std::string_view sameAs(std::string_view dotted)
{
    if (dotted == "typing_extensions" || dotted == "collections.abc")
        return "typing";
    if (dotted == "posixpath")
        return "os.path";
    return dotted;
}

const LibraryItem* itemOf(std::string_view module, std::string_view name)
{
    for (const auto table : {collectionItems(),
                             classItems(),
                             functionItems(),
                             fileItems(),
                             textItems(),
                             patternItems(),
                             systemItems()}) {
        for (const LibraryItem& each : table) {
            if (each.module == module && each.name == name)
                return &each;
        }
    }
    return nullptr;
}

Value valueOf(Evaluator& evaluator, const LibraryItem& item)
{
    if (item.make != nullptr)
        return item.make(evaluator);
    const auto run = item.run;
    return evaluator.interpreter.makeFunction(
        std::string(item.name), [run](Interpreter& interpreter, const Arguments& arguments) {
            return run(interpreter.evaluator(), arguments);
        });
}

/// A module of the library: names are made when they are asked for.
class LibraryModule final : public Object
{
public:
    explicit LibraryModule(std::string name)
        : m_name(std::move(name))
    {}

    std::string typeName() const override { return "module"; }

    std::vector<std::string> classNames() const override { return {"module", "ModuleType"}; }

    Known<bool> truth(Interpreter&) override { return true; }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override
    {
        if (const auto known = m_made.find(name); known != m_made.end())
            return known->second;
        Evaluator& evaluator = interpreter.evaluator();
        if (const LibraryItem* item = itemOf(sameAs(m_name), name))
            return m_made.emplace(std::string(name), valueOf(evaluator, *item)).first->second;
        if (m_name == "builtins") {
            if (const Value* found = evaluator.builtin(evaluator.names.id(name)))
                return *found;
        }
        const std::string dotted = m_name + "." + std::string(name);
        const bool below = dotted == "os.path" || dotted == "collections.abc" ||
                           dotted == "importlib.util" || dotted == "importlib.metadata" ||
                           dotted == "logging.config";
        if (below)
            return interpreter.importModule(dotted);
        return evaluator.unknownFromLibrary(dotted + " of Python's library is not followed");
    }

private:
    std::string m_name;
    std::map<std::string, Value, std::less<>> m_made;
};

} // namespace

Object* makeLibraryModule(Evaluator& evaluator, std::string_view dotted)
{
    const std::string_view top = dotted.substr(0, dotted.find('.'));
    if (std::ranges::find(libraryModules, top) == libraryModules.end())
        return nullptr;
    return evaluator.make<LibraryModule>(std::string(dotted));
}

Value makeLibraryFunction(Evaluator& evaluator, std::string_view name)
{
    const LibraryItem* item =
        name == "open" ? itemOf("io", "open") : itemOf("importlib", "import_module");
    return item == nullptr ? Value(Unknown{std::string(name)}) : valueOf(evaluator, *item);
}

Value makeIterator(Evaluator& evaluator, std::vector<Value> items)
{
    return evaluator.make<IteratorObject>(std::move(items));
}

Outcome<Known<std::vector<Value>>, Raised> elementsOf(Evaluator& evaluator, const Value& value)
{
    if (const auto why = evaluator.doubt(value))
        return Known<std::vector<Value>>(*why);
    auto all = evaluator.elements(value);
    if (!all)
        return otherwise(std::move(all.error()));
    return Known<std::vector<Value>>(std::move(*all));
}

Evaluated notFollowed(std::string_view function, const Arguments& arguments)
{
    if (arguments.hidden)
        return *arguments.hidden;
    for (const Value& each : arguments.positional) {
        if (each.isUnknown())
            return each;
    }
    return Unknown{std::string(function) + "() with arguments that are not followed"};
}

} // namespace sightglass
