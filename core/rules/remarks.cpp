// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/remarks.h"

#include <algorithm>
#include <string>

namespace sightglass {

const RevisionReading::Remark* remarkOn(const Step& step, RevisionReading::Remark::Kind kind)
{
    const auto& remarks = step.revision.reading->remarks;
    const std::string name = objectOf(step.operation().change).name;
    const std::string column = objectOf(step.operation().change).column;
    const auto found = std::ranges::find_if(remarks, [&](const RevisionReading::Remark& each) {
        // One call in a loop has one place and several objects.
        return each.kind == kind && each.span == step.operation().span &&
               (each.object == name || each.object.ends_with("." + column));
    });
    return found == remarks.end() ? nullptr : &*found;
}

const RevisionReading::Remark* remarkOn(const RevisionReview& revision,
                                        RevisionReading::Remark::Kind kind)
{
    const auto& remarks = revision.reading->remarks;
    const auto found = std::ranges::find(remarks, kind, &RevisionReading::Remark::kind);
    return found == remarks.end() ? nullptr : &*found;
}

} // namespace sightglass
