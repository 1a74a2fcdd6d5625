// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/builtins.h"
#include "core/evaluation/classes.h"
#include "core/evaluation/containers.h"
#include "core/evaluation/library.h"

namespace sightglass {

namespace {

Evaluated filled(Evaluator& evaluator, DictObject* made, const Arguments& arguments)
{
    if (!arguments.positional.empty() && arguments.positional.front().isUnknown())
        return arguments.positional.front();
    const auto update = dictMethod("update");
    Evaluated done = (*update)(evaluator, Value(made), arguments);
    return done ? Evaluated(Value(made)) : done;
}

Evaluated defaultdict(Evaluator& evaluator, const Arguments& arguments)
{
    auto* made = evaluator.make<DictObject>(DictObject::Kind::Default);
    Arguments rest = arguments;
    if (!rest.positional.empty()) {
        made->factory = rest.positional.front();
        rest.positional.erase(rest.positional.begin());
    }
    return filled(evaluator, made, rest);
}

Evaluated ordered(Evaluator& evaluator, const Arguments& arguments)
{
    return filled(evaluator, evaluator.make<DictObject>(DictObject::Kind::Ordered), arguments);
}

Evaluated counter(Evaluator& evaluator, const Arguments& arguments)
{
    auto* made = evaluator.make<DictObject>(DictObject::Kind::Counter);
    if (arguments.positional.empty())
        return filled(evaluator, made, arguments);
    if (arguments.positional.front().as<DictObject>() != nullptr)
        return filled(evaluator, made, arguments);
    auto all = elementsOf(evaluator, arguments.positional.front());
    if (!all)
        return otherwise(std::move(all.error()));
    if (!all->isKnown())
        return Unknown{all->reason()};
    for (const Value& each : all->value()) {
        const auto found = made->find(evaluator, each);
        if (!found)
            return Unknown{"what a Counter counts"};
        const auto* before = *found == nullptr ? nullptr : (*found)->asInteger();
        made->set(evaluator, each, Value(before == nullptr ? std::int64_t{1} : *before + 1));
    }
    return Value(made);
}

Evaluated deque(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.size() > 1 || !arguments.keywords.empty())
        return notFollowed("deque", arguments);
    return evaluator.call(*evaluator.builtin(evaluator.names.id("list")), arguments);
}

/// namedtuple("P", "x y"), NamedTuple("P", [("x", int)])
Evaluated namedtuple(Evaluator& evaluator, const Arguments& arguments)
{
    const Value* name = arguments.at(0, "typename");
    const Value* given = arguments.at(1, "field_names");
    if (name == nullptr || name->asText() == nullptr || given == nullptr)
        return notFollowed("namedtuple", arguments);
    std::vector<std::string> fields;
    if (const std::string* text = given->asText()) {
        std::string word;
        for (const char each : *text + " ") {
            if (each != ' ' && each != ',')
                word.push_back(each);
            else if (!word.empty())
                fields.push_back(std::exchange(word, {}));
        }
    } else {
        auto all = elementsOf(evaluator, *given);
        if (!all)
            return otherwise(std::move(all.error()));
        if (!all->isKnown())
            return Unknown{all->reason()};
        for (const Value& each : all->value()) {
            const auto* pair = plainItems(each);
            const Value& field = pair != nullptr && !pair->empty() ? pair->front() : each;
            if (field.asText() == nullptr)
                return notFollowed("namedtuple", arguments);
            fields.push_back(*field.asText());
        }
    }
    const FileModule* module = evaluator.frame().scope->module();
    auto* made = evaluator.make<FileClass>(*name->asText(),
                                           std::vector<Value>{},
                                           module == nullptr ? std::string() : module->dottedName(),
                                           arguments.span);
    made->shape = FileClass::Shape::NamedTuple;
    for (std::string& each : fields)
        made->fields.push_back(
            {.name = std::move(each), .fallback = {}, .factory = {}, .inInit = true});
    if (const Value* defaults = arguments.keyword("defaults")) {
        const auto* values = plainItems(*defaults);
        if (values == nullptr || values->size() > made->fields.size())
            return notFollowed("namedtuple", arguments);
        for (std::size_t at = 0; at < values->size(); ++at)
            made->fields[made->fields.size() - values->size() + at].fallback = (*values)[at];
    }
    return Value(made);
}

template <Evaluated (*Construct)(Evaluator&, const Arguments&)>
Value classOf(Evaluator& evaluator, std::string name, std::vector<std::string> bases)
{
    return evaluator.make<NativeClass>(std::move(name),
                                       std::move(bases),
                                       [](Interpreter& interpreter, const Arguments& arguments) {
                                           return Construct(interpreter.evaluator(), arguments);
                                       });
}

Value defaultClass(Evaluator& evaluator)
{
    return classOf<defaultdict>(evaluator, "defaultdict", {"dict"});
}

Value orderedClass(Evaluator& evaluator)
{
    return classOf<ordered>(evaluator, "OrderedDict", {"dict"});
}

Value counterClass(Evaluator& evaluator)
{
    return classOf<counter>(evaluator, "Counter", {"dict"});
}

} // namespace

std::span<const LibraryItem> collectionItems()
{
    static const std::array table{
        LibraryItem{
            .module = "collections", .name = "defaultdict", .run = nullptr, .make = defaultClass},
        LibraryItem{
            .module = "collections", .name = "OrderedDict", .run = nullptr, .make = orderedClass},
        LibraryItem{
            .module = "collections", .name = "Counter", .run = nullptr, .make = counterClass},
        LibraryItem{
            .module = "typing", .name = "DefaultDict", .run = nullptr, .make = defaultClass},
        LibraryItem{
            .module = "typing", .name = "OrderedDict", .run = nullptr, .make = orderedClass},
        LibraryItem{.module = "collections", .name = "deque", .run = deque, .make = nullptr},
        LibraryItem{
            .module = "collections", .name = "namedtuple", .run = namedtuple, .make = nullptr},
    };
    return table;
}

} // namespace sightglass
