// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/object.h"
#include "core/evaluation/scope.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace sightglass {

class Evaluator;

/// The content of a list or set.
struct Items
{
    std::vector<Value> items;
    std::optional<Unknown> doubt; ///< why these may not be its items
};

/// A container that keeps its content so that branches can put it back.
template <typename Content>
class Container : public Object, public Changeable
{
public:
    const Content& now() const { return *m_content; }

    std::shared_ptr<const void> content() const override { return m_content; }

    void restore(const std::shared_ptr<const void>& content) override
    {
        m_content = std::static_pointer_cast<const Content>(content);
    }

    bool same(const std::shared_ptr<const void>& content) const override
    {
        return content == m_content;
    }

    void doubt(Unknown reason) override
    {
        Content& changed = writable();
        if (!changed.doubt)
            changed.doubt = std::move(reason);
    }

    /// The content, to be changed by a program.
    Content& change(Interpreter& interpreter);

protected:
    explicit Container(Content content)
        : m_content(std::make_shared<const Content>(std::move(content)))
    {}

    Content& writable()
    {
        // A journal may hold the old one; alone, it is changed in place.
        if (m_content.use_count() > 1)
            m_content = std::make_shared<const Content>(*m_content);
        return const_cast<Content&>(*m_content);
    }

private:
    std::shared_ptr<const Content> m_content;
};

void noteChange(Interpreter& interpreter, Changeable& what);

template <typename Content>
Content& Container<Content>::change(Interpreter& interpreter)
{
    noteChange(interpreter, *this);
    return writable();
}

class ListObject final : public Container<Items>
{
public:
    explicit ListObject(std::vector<Value> items)
        : Container(Items{.items = std::move(items), .doubt = {}})
    {}

    std::string typeName() const override { return "list"; }

    std::vector<std::string> classNames() const override;
    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    Outcome<std::vector<Value>, Raised> elements(Interpreter& interpreter) override;
    Known<bool> truth(Interpreter& interpreter) override;
};

class TupleObject final : public Object
{
public:
    /// `type` and `fields` are those of a namedtuple.
    explicit TupleObject(std::vector<Value> items, Object* type = nullptr)
        : m_items(std::move(items))
        , m_type(type)
    {}

    std::string typeName() const override;
    std::vector<std::string> classNames() const override;
    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    Outcome<std::vector<Value>, Raised> elements(Interpreter& interpreter) override;
    Known<bool> truth(Interpreter& interpreter) override;

    const std::vector<Value>& items() const { return m_items; }

    Object* type() const { return m_type; }

private:
    std::vector<Value> m_items;
    Object* m_type;
};

class SetObject final : public Container<Items>
{
public:
    SetObject(std::vector<Value> items, bool frozen)
        : Container(Items{.items = std::move(items), .doubt = {}})
        , m_frozen(frozen)
    {}

    std::string typeName() const override { return m_frozen ? "frozenset" : "set"; }

    std::vector<std::string> classNames() const override;
    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    Outcome<std::vector<Value>, Raised> elements(Interpreter& interpreter) override;
    Known<bool> truth(Interpreter& interpreter) override;

    bool frozen() const { return m_frozen; }

    bool ordered = false; ///< keys of a dictionary: their order is known

private:
    bool m_frozen;
};

/// The content of a dictionary.
struct Pairs
{
    std::vector<std::pair<Value, Value>> pairs;
    std::unordered_map<std::string, std::size_t> index; ///< by hash key, in `pairs`
    std::optional<Unknown> doubt;
};

class DictObject final : public Container<Pairs>
{
public:
    enum class Kind
    {
        Plain,
        Ordered,
        Default,
        Counter
    };

    explicit DictObject(Kind kind = Kind::Plain)
        : Container(Pairs{})
        , m_kind(kind)
    {}

    std::string typeName() const override;
    std::vector<std::string> classNames() const override;
    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    Outcome<std::vector<Value>, Raised> elements(Interpreter& interpreter) override;
    Known<bool> truth(Interpreter& interpreter) override;

    Kind kind() const { return m_kind; }

    const std::vector<Value>* keys() const; ///< valid until it is asked again

    /// The value of a key; null when it has none. Nothing: whether it has can't be told.
    std::optional<const Value*> find(Evaluator& evaluator, const Value& key) const;
    void set(Evaluator& evaluator, const Value& key, Value value);
    /// False when it does not have the key.
    bool remove(Evaluator& evaluator, const Value& key);

    Value factory; ///< of a defaultdict

private:
    Kind m_kind;
    mutable std::vector<Value> m_keys;
};

class RangeObject final : public Object
{
public:
    RangeObject(std::int64_t from, std::int64_t to, std::int64_t by)
        : start(from)
        , stop(to)
        , step(by)
    {}

    std::string typeName() const override { return "range"; }

    std::vector<std::string> classNames() const override;
    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    Outcome<std::vector<Value>, Raised> elements(Interpreter& interpreter) override;
    Known<bool> truth(Interpreter& interpreter) override;
    std::int64_t size() const;

    const std::int64_t start;
    const std::int64_t stop;
    const std::int64_t step;
};

class SliceObject final : public Object
{
public:
    SliceObject(Value from, Value to, Value by)
        : start(std::move(from))
        , stop(std::move(to))
        , step(std::move(by))
    {}

    std::string typeName() const override { return "slice"; }

    /// Positions in something of `size`; nothing when a bound is not known.
    struct Positions
    {
        std::int64_t start;
        std::int64_t step;
        std::int64_t count;
        std::int64_t stop;
    };

    std::optional<Positions> positions(std::int64_t size) const;

    const Value start;
    const Value stop;
    const Value step;
};

/// What iter(), zip(), map(), a generator expression give: elements, taken one after the other.
class IteratorObject final : public Container<Items>
{
public:
    explicit IteratorObject(std::vector<Value> items, std::string type = "iterator")
        : Container(Items{.items = std::move(items), .doubt = {}})
        , m_type(std::move(type))
    {}

    std::string typeName() const override { return m_type; }

    std::vector<std::string> classNames() const override;
    /// What is left; nothing is left afterwards.
    Outcome<std::vector<Value>, Raised> elements(Interpreter& interpreter) override;
    std::optional<Value> next(Interpreter& interpreter);

private:
    std::string m_type;
};

/// itertools.count and repeat: an end nobody gave.
class EndlessObject final : public Object
{
public:
    EndlessObject(Value first, std::int64_t step)
        : m_first(std::move(first))
        , m_step(step)
    {}

    std::string typeName() const override { return "count"; }

    Outcome<std::vector<Value>, Raised> elements(Interpreter& interpreter) override;
    std::vector<Value> take(std::size_t count);

private:
    Value m_first;
    std::int64_t m_step; ///< 0: repeat
};

/// The items of a list, tuple, set or the rest of an iterator; null for anything else.
const std::vector<Value>* plainItems(const Value& value);

/// Adds what is not there; Unknown items make the set doubtful.
void addToSet(Evaluator& evaluator, Items& items, const Value& item);

/// Methods of Python's own types: a function for each name.
using MethodBody = Evaluated (*)(Evaluator&, const Value& self, const Arguments&);

struct Method
{
    std::string_view name;
    MethodBody run;
};

/// `value.name` for text, bytes, numbers and containers; nothing when they do not have it.
std::optional<MethodBody> methodOf(const Value& value, std::string_view name);
/// The same by the type's name: "str", "dict".
std::optional<MethodBody> methodOfType(std::string_view type, std::string_view name);
/// A method with its object, as a value.
Value boundMethod(Evaluator& evaluator, std::string_view name, MethodBody body, Value self);

std::optional<MethodBody> textMethod(std::string_view name);
std::optional<MethodBody> textCaseMethod(std::string_view name);
std::optional<MethodBody> bytesMethod(std::string_view name);
std::optional<MethodBody> numberMethod(std::string_view name);
std::optional<MethodBody> listMethod(std::string_view name);
std::optional<MethodBody> tupleMethod(std::string_view name);
std::optional<MethodBody> dictMethod(std::string_view name);
std::optional<MethodBody> setMethod(std::string_view name, bool frozen);

} // namespace sightglass
