// SPDX-License-Identifier: GPL-3.0-or-later
// functools, itertools, operator, contextlib: functions that make or combine functions and
// elements.
#include "core/evaluation/classes.h"
#include "core/evaluation/containers.h"
#include "core/evaluation/library.h"

#include <algorithm>

namespace sightglass {

namespace {

using Body = Evaluated (*)(Evaluator&, const Arguments&);

Value made(Evaluator& evaluator, std::string name, NativeFunction::Body body)
{
    return evaluator.interpreter.makeFunction(std::move(name), std::move(body));
}

/// lazy_object_proxy.Proxy(make): by the time that a migration uses it, it is what make() gives.
Evaluated madeAtOnce(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.size() != 1)
        return notFollowed("Proxy", arguments);
    return evaluator.call(arguments.positional.front(), Arguments{});
}

Evaluated partial(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return notFollowed("partial", arguments);
    Arguments first = arguments;
    const Value function = first.positional.front();
    first.positional.erase(first.positional.begin());
    return made(
        evaluator, "partial", [function, first](Interpreter& interpreter, const Arguments& more) {
            Arguments all = first;
            all.positional.insert(
                all.positional.end(), more.positional.begin(), more.positional.end());
            for (const auto& [name, value] : more.keywords) {
                std::erase_if(all.keywords, [&](const auto& each) { return each.first == name; });
                all.keywords.emplace_back(name, value);
            }
            if (more.hidden)
                all.hidden = more.hidden;
            all.span = more.span;
            return interpreter.call(function, all);
        });
}

/// A decorator that changes nothing that matters here; with arguments or without.
Evaluated transparent(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.size() == 1 && arguments.keywords.empty() &&
        arguments.positional.front().asObject() != nullptr)
        return arguments.positional.front();
    return made(evaluator, "decorator", [](Interpreter&, const Arguments& given) -> Evaluated {
        return given.positional.empty() ? Evaluated(Value()) : given.positional.front();
    });
}

Evaluated wraps(Evaluator& evaluator, const Arguments&)
{
    return made(evaluator, "wraps", [](Interpreter&, const Arguments& given) -> Evaluated {
        return given.positional.empty() ? Evaluated(Value()) : given.positional.front();
    });
}

Evaluated reduce(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.size() < 2)
        return notFollowed("reduce", arguments);
    auto all = elementsOf(evaluator, arguments.positional[1]);
    if (!all)
        return otherwise(std::move(all.error()));
    if (!all->isKnown())
        return Unknown{all->reason()};
    std::vector<Value> items = all->value();
    if (arguments.positional.size() > 2)
        items.insert(items.begin(), arguments.positional[2]);
    if (items.empty())
        return otherwise(
            evaluator.makeRaised("TypeError", "reduce() of empty iterable with no initial value"));
    Evaluated total = items.front();
    for (std::size_t at = 1; at < items.size() && total; ++at) {
        Arguments pair;
        pair.positional = {*total, items[at]};
        total = evaluator.call(arguments.positional[0], pair);
    }
    return total;
}

Evaluated cachedProperty(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return notFollowed("cached_property", arguments);
    return Value(evaluator.make<WrapperObject>(WrapperObject::Kind::CachedProperty,
                                               arguments.positional.front()));
}

/// The elements of all arguments; a reason where one is not known.
Outcome<Known<std::vector<std::vector<Value>>>, Raised> all(Evaluator& evaluator,
                                                            const std::vector<Value>& given)
{
    std::vector<std::vector<Value>> result;
    for (const Value& each : given) {
        auto items = elementsOf(evaluator, each);
        if (!items)
            return otherwise(std::move(items.error()));
        if (!items->isKnown())
            return Known<std::vector<std::vector<Value>>>(Unknown{items->reason()});
        result.push_back(std::move(items->value()));
    }
    return Known<std::vector<std::vector<Value>>>(std::move(result));
}

Evaluated chained(Evaluator& evaluator, const std::vector<Value>& given)
{
    auto lists = all(evaluator, given);
    if (!lists)
        return otherwise(std::move(lists.error()));
    if (!lists->isKnown())
        return Unknown{lists->reason()};
    std::vector<Value> result;
    for (const auto& each : lists->value())
        result.insert(result.end(), each.begin(), each.end());
    if (auto tooMuch = evaluator.charge(result.size() * sizeof(Value)))
        return otherwise(std::move(*tooMuch));
    return makeIterator(evaluator, std::move(result));
}

Evaluated chain(Evaluator& evaluator, const Arguments& arguments)
{
    return arguments.hidden ? Evaluated(*arguments.hidden)
                            : chained(evaluator, arguments.positional);
}

Evaluated chainFromIterable(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return notFollowed("chain.from_iterable", arguments);
    auto lists = elementsOf(evaluator, arguments.positional.front());
    if (!lists)
        return otherwise(std::move(lists.error()));
    return lists->isKnown() ? chained(evaluator, lists->value())
                            : Evaluated(Unknown{lists->reason()});
}

/// chain(…) and chain.from_iterable(…)
Value chainClass(Evaluator& evaluator)
{
    auto* result =
        evaluator.make<NativeClass>("chain",
                                    std::vector<std::string>{},
                                    [](Interpreter& interpreter, const Arguments& arguments) {
                                        return chain(interpreter.evaluator(), arguments);
                                    });
    result->setClassAttribute(
        "from_iterable",
        made(evaluator, "from_iterable", [](Interpreter& interpreter, const Arguments& arguments) {
            return chainFromIterable(interpreter.evaluator(), arguments);
        }));
    return Value(result);
}

Evaluated product(Evaluator& evaluator, const Arguments& arguments)
{
    if (!arguments.keywords.empty())
        return notFollowed("product", arguments);
    auto lists = all(evaluator, arguments.positional);
    if (!lists)
        return otherwise(std::move(lists.error()));
    if (!lists->isKnown())
        return Unknown{lists->reason()};
    std::vector<std::vector<Value>> rows{{}};
    for (const auto& list : lists->value()) {
        if (auto tooMuch = evaluator.charge(rows.size() * list.size() *
                                            (arguments.positional.size() + 1) * sizeof(Value)))
            return otherwise(std::move(*tooMuch));
        std::vector<std::vector<Value>> next;
        for (const auto& row : rows) {
            for (const Value& each : list) {
                next.push_back(row);
                next.back().push_back(each);
            }
        }
        rows = std::move(next);
    }
    std::vector<Value> result;
    for (auto& row : rows)
        result.push_back(evaluator.interpreter.makeTuple(std::move(row)));
    return makeIterator(evaluator, std::move(result));
}

Evaluated count(Evaluator& evaluator, const Arguments& arguments)
{
    const Value* start = arguments.at(0, "start");
    const Value* step = arguments.at(1, "step");
    if ((start != nullptr && start->asInteger() == nullptr) ||
        (step != nullptr && step->asInteger() == nullptr))
        return notFollowed("count", arguments);
    return Value(evaluator.make<EndlessObject>(start == nullptr ? Value(0) : *start,
                                               step == nullptr ? 1 : *step->asInteger()));
}

Evaluated repeat(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return notFollowed("repeat", arguments);
    const Value* times = arguments.at(1, "times");
    if (times == nullptr)
        return Value(evaluator.make<EndlessObject>(arguments.positional.front(), 0));
    if (times->asInteger() == nullptr)
        return notFollowed("repeat", arguments);
    const auto size = static_cast<std::size_t>(std::max<std::int64_t>(*times->asInteger(), 0));
    if (auto tooMuch =
            evaluator.charge(size > SIZE_MAX / sizeof(Value) ? SIZE_MAX : size * sizeof(Value)))
        return otherwise(std::move(*tooMuch));
    return makeIterator(evaluator, std::vector<Value>(size, arguments.positional.front()));
}

Evaluated islice(Evaluator& evaluator, const Arguments& arguments)
{
    const std::size_t size = arguments.positional.size();
    if (size < 2 || size > 3 || arguments.positional[size - 1].asInteger() == nullptr)
        return notFollowed("islice", arguments);
    const std::int64_t from = size == 2 || arguments.positional[1].asInteger() == nullptr
                                  ? 0
                                  : *arguments.positional[1].asInteger();
    const std::int64_t to = *arguments.positional[size - 1].asInteger();
    if (from < 0 || to < from || arguments.positional[0].as<EndlessObject>() != nullptr)
        return notFollowed("islice", arguments);
    auto items = elementsOf(evaluator, arguments.positional[0]);
    if (!items)
        return otherwise(std::move(items.error()));
    if (!items->isKnown())
        return Unknown{items->reason()};
    const auto limit = static_cast<std::int64_t>(items->value().size());
    return makeIterator(evaluator,
                        {items->value().begin() + std::min(from, limit),
                         items->value().begin() + std::min(to, limit)});
}

/// @contextmanager: a call gives what a with statement runs around its block.
Evaluated contextManager(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return notFollowed("contextmanager", arguments);
    const Value function = arguments.positional.front();
    return made(evaluator,
                "contextmanager",
                [function](Interpreter& interpreter, const Arguments& given) -> Evaluated {
                    Evaluated result = interpreter.call(function, given);
                    if (!result)
                        return result;
                    if (auto* generator = result->as<GeneratorObject>())
                        return Value(interpreter.make<ContextObject>(*generator));
                    return result;
                });
}

Evaluated suppress(Evaluator& evaluator, const Arguments& arguments)
{
    return Value(evaluator.make<ExceptionObject>(
        "suppress", std::vector<std::string>{}, arguments.positional));
}

/// nullcontext(x): entering gives x.
class NullContext final : public Object
{
public:
    explicit NullContext(Value entered)
        : m_entered(std::move(entered))
    {}

    std::string typeName() const override { return "nullcontext"; }

    Evaluated enter(Interpreter&) override { return m_entered; }

private:
    Value m_entered;
};

Evaluated nullContext(Evaluator& evaluator, const Arguments& arguments)
{
    const Value* given = arguments.at(0, "enter_result");
    return Value(evaluator.make<NullContext>(given == nullptr ? Value() : *given));
}

template <bool Subscript>
Evaluated getter(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.size() != 1 || arguments.hidden)
        return notFollowed("itemgetter", arguments);
    const Value key = arguments.positional.front();
    return made(
        evaluator, "getter", [key](Interpreter& interpreter, const Arguments& given) -> Evaluated {
            if (given.positional.empty())
                return notFollowed("itemgetter", given);
            if (Subscript)
                return interpreter.evaluator().subscript(given.positional.front(), key);
            if (key.asText() == nullptr || key.asText()->find('.') != std::string::npos)
                return notFollowed("attrgetter", given);
            return interpreter.attribute(given.positional.front(), *key.asText());
        });
}

constexpr char addSign[] = "+";
constexpr char subtractSign[] = "-";
constexpr char multiplySign[] = "*";
constexpr char orSign[] = "|";
constexpr char andSign[] = "&";

template <const char* Sign>
Evaluated binaryOf(Evaluator& evaluator, const Arguments& arguments)
{
    return arguments.positional.size() != 2
               ? notFollowed(Sign, arguments)
               : evaluator.binary(Sign, arguments.positional[0], arguments.positional[1]);
}

LibraryItem function(std::string_view module, std::string_view name, Body run)
{
    return {.module = module, .name = name, .run = run, .make = nullptr};
}

} // namespace

std::span<const LibraryItem> functionItems()
{
    static const std::array table{
        function("lazy_object_proxy", "Proxy", madeAtOnce),
        function("functools", "partial", partial),
        function("functools", "reduce", reduce),
        function("functools", "wraps", wraps),
        function("functools", "lru_cache", transparent),
        function("functools", "cache", transparent),
        function("functools", "total_ordering", transparent),
        function("functools", "cached_property", cachedProperty),
        LibraryItem{.module = "itertools", .name = "chain", .run = nullptr, .make = chainClass},
        function("itertools", "product", product),
        function("itertools", "count", count),
        function("itertools", "repeat", repeat),
        function("itertools", "islice", islice),
        function("contextlib", "contextmanager", contextManager),
        function("contextlib", "asynccontextmanager", contextManager),
        function("contextlib", "suppress", suppress),
        function("contextlib", "nullcontext", nullContext),
        function("operator", "itemgetter", getter<true>),
        function("operator", "attrgetter", getter<false>),
        function("operator", "add", binaryOf<addSign>),
        function("operator", "sub", binaryOf<subtractSign>),
        function("operator", "mul", binaryOf<multiplySign>),
        function("operator", "or_", binaryOf<orSign>),
        function("operator", "and_", binaryOf<andSign>),
    };
    return table;
}

} // namespace sightglass
