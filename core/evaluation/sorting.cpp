// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/sorting.h"

#include <algorithm>

namespace sightglass {

namespace {

struct Keyed
{
    Value key;
    Value item;
};

/// Merges two sorted runs; false when two keys can't be compared.
bool merge(Evaluator& evaluator,
           std::vector<Keyed>& items,
           std::size_t from,
           std::size_t middle,
           std::size_t to,
           bool down,
           std::optional<Unknown>& open)
{
    std::vector<Keyed> made;
    made.reserve(to - from);
    std::size_t a = from;
    std::size_t b = middle;
    while (a < middle && b < to) {
        // The right one goes first only where it is surely before: equal keys keep their order.
        const Known<bool> before = down ? evaluator.less(items[a].key, items[b].key)
                                        : evaluator.less(items[b].key, items[a].key);
        if (!before.isKnown()) {
            open = Unknown{before.reason()};
            return false;
        }
        made.push_back(items[before.value() ? b++ : a++]);
    }
    made.insert(made.end(),
                items.begin() + static_cast<std::ptrdiff_t>(a),
                items.begin() + static_cast<std::ptrdiff_t>(middle));
    made.insert(made.end(),
                items.begin() + static_cast<std::ptrdiff_t>(b),
                items.begin() + static_cast<std::ptrdiff_t>(to));
    std::ranges::copy(made, items.begin() + static_cast<std::ptrdiff_t>(from));
    return true;
}

} // namespace

Outcome<std::optional<Unknown>, Raised>
sortValues(Evaluator& evaluator, std::vector<Value>& items, const Arguments& arguments)
{
    const Value* key = arguments.keyword("key");
    const Value* reverse = arguments.keyword("reverse");
    bool down = false;
    std::optional<Unknown> open = arguments.hidden;
    if (reverse != nullptr) {
        const Known<bool> known = evaluator.truth(*reverse);
        if (!known.isKnown())
            return std::optional<Unknown>(Unknown{known.reason()});
        down = known.value();
    }
    std::vector<Keyed> keyed;
    keyed.reserve(items.size());
    for (const Value& each : items) {
        Value by = each;
        if (key != nullptr && !key->isNone()) {
            Arguments one;
            one.positional.push_back(each);
            Evaluated made = evaluator.call(*key, one);
            if (!made)
                return otherwise(std::move(made.error()));
            by = std::move(*made);
        }
        keyed.push_back({.key = std::move(by), .item = each});
    }
    // A merge of our own: the library's wants an order that is one, and programs may have none.
    for (std::size_t width = 1; width < keyed.size() && !open; width *= 2) {
        for (std::size_t from = 0; from + width < keyed.size(); from += 2 * width) {
            if (!evaluator.step())
                return otherwise(evaluator.take());
            if (!merge(evaluator,
                       keyed,
                       from,
                       from + width,
                       std::min(from + 2 * width, keyed.size()),
                       down,
                       open))
                return open;
        }
    }
    if (open)
        return open;
    for (std::size_t at = 0; at < items.size(); ++at)
        items[at] = std::move(keyed[at].item);
    return std::optional<Unknown>();
}

} // namespace sightglass
