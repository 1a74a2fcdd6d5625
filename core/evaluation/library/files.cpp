// SPDX-License-Identifier: GPL-3.0-or-later
// os, os.path, pathlib, open(): names of files are followed, files of the project are read.
#include "core/evaluation/assumed_environment.h"
#include "core/evaluation/builtins.h"
#include "core/evaluation/containers.h"
#include "core/evaluation/library.h"

#include <algorithm>
#include <memory>

namespace sightglass {

namespace {

Path cleaned(const std::string& text)
{
    return Path(text).lexically_normal();
}

/// Text of a file that a program opens; absolute names only, as where it runs is not known.
Evaluated readText(Evaluator& evaluator, const std::string& name)
{
    const Path path = cleaned(name);
    if (!path.is_absolute())
        return evaluator.unknownFromLibrary(
            "a file whose folder depends on where the program runs: " + name);
    auto text = evaluator.source.readFile(path);
    if (!text)
        return evaluator.unknownFromLibrary("a file that can't be read: " + name);
    if (std::ranges::find(evaluator.filesRead, path) == evaluator.filesRead.end())
        evaluator.filesRead.push_back(path);
    if (auto tooMuch = evaluator.charge(text->size()))
        return otherwise(std::move(*tooMuch));
    std::string made; // as text mode reads it
    for (std::size_t at = 0; at < text->size(); ++at) {
        if ((*text)[at] != '\r')
            made += (*text)[at];
        else if (at + 1 >= text->size() || (*text)[at + 1] != '\n')
            made += '\n';
    }
    return Value(std::move(made));
}

std::vector<Value> linesOf(const std::string& text)
{
    std::vector<Value> lines;
    std::size_t from = 0;
    while (from < text.size()) {
        const std::size_t end = std::min(text.find('\n', from), text.size() - 1);
        lines.emplace_back(text.substr(from, end + 1 - from));
        from = end + 1;
    }
    return lines;
}

/// An open file.
class FileObject final : public Object
{
public:
    FileObject(std::string name, bool reads, bool bytes)
        : m_name(std::move(name))
        , m_reads(reads)
        , m_bytes(bytes)
    {}

    std::string typeName() const override { return "TextIOWrapper"; }

    Evaluated attribute(Interpreter& interpreter, std::string_view wanted) override
    {
        FileObject* self = this;
        const std::string what(wanted);
        if (what == "name")
            return Value(m_name);
        if (what != "read" && what != "readlines" && what != "close" && what != "readline")
            return interpreter.evaluator().unknownFromLibrary("what a file's " + what + " gives");
        return interpreter.makeFunction(
            what, [self, what](Interpreter& running, const Arguments& arguments) -> Evaluated {
                if (what == "close")
                    return Value();
                if (!arguments.positional.empty() || what == "readline")
                    return running.evaluator().unknownFromLibrary("a part of a file");
                Evaluated text = self->read(running.evaluator());
                if (!text || text->asText() == nullptr || what == "read")
                    return text;
                return running.makeList(linesOf(*text->asText()));
            });
    }

    Outcome<std::vector<Value>, Raised> elements(Interpreter& interpreter) override
    {
        Evaluated all = read(interpreter.evaluator());
        if (!all)
            return otherwise(std::move(all.error()));
        if (all->asText() == nullptr)
            return std::vector<Value>{*all};
        return linesOf(*all->asText());
    }

private:
    Evaluated read(Evaluator& evaluator)
    {
        if (!m_reads)
            return evaluator.unknownFromLibrary("a file that is written");
        Evaluated all = readText(evaluator, m_name);
        if (all && m_bytes && all->asText() != nullptr)
            return Value(BytesValue{*all->asText()});
        return all;
    }

    std::string m_name;
    bool m_reads;
    bool m_bytes;
};

/// A pathlib.Path.
class PathObject final : public Object
{
public:
    explicit PathObject(Path path)
        : m_path(std::move(path))
    {}

    std::string typeName() const override { return "PosixPath"; }

    std::vector<std::string> classNames() const override
    {
        return {"PosixPath", "Path", "PurePosixPath", "PurePath", "PathLike"};
    }

    Known<bool> truth(Interpreter&) override { return true; }

    Known<std::string> text(Interpreter&) override { return m_path.generic_string(); }

    std::optional<Evaluated> binary(Interpreter& interpreter,
                                    std::string_view op,
                                    const Value& other,
                                    bool reflected) override;
    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;

    const Path& path() const { return m_path; }

private:
    Path m_path;
};

std::optional<std::string> nameOf(const Value& value)
{
    if (const std::string* text = value.asText())
        return *text;
    if (const auto* path = value.as<PathObject>())
        return path->path().generic_string();
    return std::nullopt;
}

Value pathOf(Evaluator& evaluator, const Path& path)
{
    std::string text = path.lexically_normal().generic_string();
    if (text.size() > 1 && text.ends_with('/'))
        text.pop_back();
    return evaluator.make<PathObject>(Path(text));
}

std::optional<Evaluated> PathObject::binary(Interpreter& interpreter,
                                            std::string_view op,
                                            const Value& other,
                                            bool reflected)
{
    const auto name = nameOf(other);
    if (op == "/" && name)
        return Evaluated(
            pathOf(interpreter.evaluator(), reflected ? Path(*name) / m_path : m_path / *name));
    if (op == "/" && other.isUnknown())
        return Evaluated(other);
    if ((op == "==" || op == "!=") && other.as<PathObject>() != nullptr)
        return Evaluated(Value((other.as<PathObject>()->m_path == m_path) == (op == "==")));
    return std::nullopt;
}

Evaluated PathObject::attribute(Interpreter& interpreter, std::string_view wanted)
{
    Evaluator& evaluator = interpreter.evaluator();
    if (wanted == "parent")
        return pathOf(evaluator, m_path.parent_path());
    if (wanted == "name")
        return Value(m_path.filename().generic_string());
    if (wanted == "stem")
        return Value(m_path.stem().generic_string());
    if (wanted == "suffix")
        return Value(m_path.extension().generic_string());
    if (wanted == "parents") {
        std::vector<Value> all;
        for (Path each = m_path.parent_path(); all.size() < 200; each = each.parent_path()) {
            all.push_back(pathOf(evaluator, each));
            if (each == each.parent_path())
                break;
        }
        return interpreter.makeTuple(std::move(all));
    }
    const PathObject* self = this;
    const std::string what(wanted);
    return interpreter.makeFunction(
        what, [self, what](Interpreter& running, const Arguments& arguments) -> Evaluated {
            Evaluator& inner = running.evaluator();
            const auto first =
                arguments.positional.empty() ? std::nullopt : nameOf(arguments.positional.front());
            if (what == "read_text" || what == "read_bytes") {
                Evaluated text = readText(inner, self->m_path.generic_string());
                if (text && what == "read_bytes" && text->asText() != nullptr)
                    return Value(BytesValue{*text->asText()});
                return text;
            }
            if (what == "open")
                return Value(inner.make<FileObject>(self->m_path.generic_string(),
                                                    !first || first->find('r') != std::string::npos,
                                                    false));
            if (what == "resolve" || what == "absolute" || what == "expanduser")
                return self->m_path.is_absolute() ? Evaluated(pathOf(inner, self->m_path))
                                                  : Evaluated(inner.unknownFromLibrary(
                                                        "the folder that the program runs in"));
            if (what == "joinpath") {
                Path path = self->m_path;
                for (const Value& each : arguments.positional) {
                    const auto name = nameOf(each);
                    if (!name)
                        return notFollowed("joinpath", arguments);
                    path /= *name;
                }
                return pathOf(inner, path);
            }
            if (what == "with_suffix" && first)
                return pathOf(inner, Path(self->m_path).replace_extension(*first));
            if (what == "with_name" && first)
                return pathOf(inner, self->m_path.parent_path() / *first);
            if (what == "as_posix" || what == "__str__" || what == "__fspath__")
                return Value(self->m_path.generic_string());
            if ((what == "exists" || what == "is_file") && inner.source.readFile(self->m_path))
                return Value(true);
            return inner.unknownFromLibrary("what Path." + what + "() gives");
        });
}

Evaluated makePath(Evaluator& evaluator, const Arguments& arguments)
{
    Path path;
    for (const Value& each : arguments.positional) {
        const auto name = nameOf(each);
        if (!name)
            return notFollowed("Path", arguments);
        path /= *name;
    }
    return pathOf(evaluator, path.empty() ? Path(".") : path);
}

Value pathClass(Evaluator& evaluator)
{
    return evaluator.make<NativeClass>("Path",
                                       std::vector<std::string>{"PurePath"},
                                       [](Interpreter& interpreter, const Arguments& arguments) {
                                           return makePath(interpreter.evaluator(), arguments);
                                       });
}

Evaluated open(Evaluator& evaluator, const Arguments& arguments)
{
    const Value* file = arguments.at(0, "file");
    const Value* mode = arguments.at(1, "mode");
    const auto name = file == nullptr ? std::nullopt : nameOf(*file);
    if (!name)
        return evaluator.unknownFromLibrary("a file whose name is not known");
    const std::string how = mode == nullptr || mode->asText() == nullptr ? "r" : *mode->asText();
    const bool reads = how.find_first_of("wax+") == std::string::npos;
    return Value(evaluator.make<FileObject>(*name, reads, how.find('b') != std::string::npos));
}

Evaluated join(Evaluator& evaluator, const Arguments& arguments)
{
    Path path;
    for (const Value& each : arguments.positional) {
        const auto name = nameOf(each);
        if (!name)
            return notFollowed("os.path.join", arguments);
        path /= *name;
    }
    if (arguments.hidden)
        return *arguments.hidden;
    (void)evaluator;
    return Value(path.generic_string());
}

template <int What>
Evaluated partOf(Evaluator& evaluator, const Arguments& arguments)
{
    const auto name =
        arguments.positional.empty() ? std::nullopt : nameOf(arguments.positional.front());
    if (!name)
        return notFollowed("os.path", arguments);
    const std::size_t slash = name->rfind('/');
    switch (What) {
    case 0: { // dirname
        if (slash == std::string::npos)
            return Value("");
        return Value(slash == 0 ? std::string("/") : name->substr(0, slash));
    }
    case 1: // basename
        return Value(slash == std::string::npos ? *name : name->substr(slash + 1));
    case 2: // abspath, realpath
        if (!Path(*name).is_absolute())
            return evaluator.unknownFromLibrary("the folder that the program runs in");
        return Value(evaluator.text(pathOf(evaluator, Path(*name))).value());
    case 3: { // splitext
        const std::string extension = Path(*name).extension().generic_string();
        return evaluator.interpreter.makeTuple(
            {Value(name->substr(0, name->size() - extension.size())), Value(extension)});
    }
    case 4: // normpath
        return Value(evaluator.text(pathOf(evaluator, Path(*name))).value());
    default: // exists, isfile
        if (Path(*name).is_absolute() && evaluator.source.readFile(cleaned(*name)))
            return Value(true);
        return evaluator.unknownFromLibrary("whether a file exists: " + *name);
    }
}

Evaluated environment(Evaluator& evaluator, const Arguments& arguments)
{
    if (evaluator.interpreter.service<AssumedEnvironment>() != nullptr) {
        const Value* fallback = arguments.at(1, "default");
        return fallback == nullptr ? Value() : *fallback;
    }
    const Value* name = arguments.at(0, "key");
    const std::string shown =
        name != nullptr && name->asText() != nullptr ? " " + *name->asText() : "";
    return evaluator.unknownFromLibrary("the environment variable" + shown);
}

/// os.environ: nothing of it is known.
class EnvironmentObject final : public Object
{
public:
    std::string typeName() const override { return "environ"; }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override
    {
        if (name != "get" && name != "setdefault" && name != "pop")
            return interpreter.evaluator().unknownFromLibrary("the environment");
        return interpreter.makeFunction(std::string(name),
                                        [](Interpreter& running, const Arguments& arguments) {
                                            return environment(running.evaluator(), arguments);
                                        });
    }

    Evaluated subscript(Interpreter& interpreter, const Value& key) override
    {
        Arguments arguments;
        arguments.positional.push_back(key);
        if (interpreter.service<AssumedEnvironment>() != nullptr)
            return otherwise(interpreter.evaluator().makeRaised(
                "KeyError", key.asText() == nullptr ? "" : "'" + *key.asText() + "'"));
        return environment(interpreter.evaluator(), arguments);
    }

    std::optional<Evaluated>
    binary(Interpreter& interpreter, std::string_view op, const Value&, bool) override
    {
        if (op != "in")
            return std::nullopt;
        if (interpreter.service<AssumedEnvironment>() != nullptr)
            return Evaluated(Value(false));
        return Evaluated(interpreter.evaluator().unknownFromLibrary("the environment"));
    }
};

Value environ(Evaluator& evaluator)
{
    return evaluator.make<EnvironmentObject>();
}

Value separator(Evaluator&)
{
    return "/";
}

Value lineEnd(Evaluator&)
{
    return "\n";
}

LibraryItem function(std::string_view module,
                     std::string_view name,
                     Evaluated (*run)(Evaluator&, const Arguments&))
{
    return {.module = module, .name = name, .run = run, .make = nullptr};
}

LibraryItem value(std::string_view module, std::string_view name, Value (*make)(Evaluator&))
{
    return {.module = module, .name = name, .run = nullptr, .make = make};
}

} // namespace

std::span<const LibraryItem> fileItems()
{
    static const std::array table{
        function("io", "open", open),
        function("codecs", "open", open),
        value("pathlib", "Path", pathClass),
        value("pathlib", "PurePath", pathClass),
        value("pathlib", "PosixPath", pathClass),
        function("os.path", "join", join),
        function("os.path", "dirname", partOf<0>),
        function("os.path", "basename", partOf<1>),
        function("os.path", "abspath", partOf<2>),
        function("os.path", "realpath", partOf<2>),
        function("os.path", "splitext", partOf<3>),
        function("os.path", "normpath", partOf<4>),
        function("os.path", "exists", partOf<5>),
        function("os.path", "isfile", partOf<5>),
        value("os", "environ", environ),
        function("os", "getenv", environment),
        value("os", "sep", separator),
        value("os.path", "sep", separator),
        value("os", "linesep", lineEnd),
    };
    return table;
}

} // namespace sightglass
