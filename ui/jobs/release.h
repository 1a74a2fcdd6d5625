// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QThreadPool>

#include <memory>
#include <utility>

namespace sightglass {

/// Lets go of a large value on another thread: giving back a schema of 10,000 tables takes longer
/// than a window may stand still.
template <typename Value>
void releaseElsewhere(Value value)
{
    auto last = std::make_shared<Value>(std::move(value));
    QThreadPool::globalInstance()->start([last = std::move(last)]() mutable { last.reset(); });
}

/// The same value; whoever holds it last, it is let go of on another thread.
template <typename Value>
std::shared_ptr<const Value> releasedElsewhere(std::shared_ptr<const Value> value)
{
    const Value* const seen = value.get();
    return {seen, [value = std::move(value)](const Value*) mutable {
                releaseElsewhere(std::move(value));
            }};
}

} // namespace sightglass
