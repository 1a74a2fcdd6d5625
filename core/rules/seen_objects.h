// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/moment.h"

#include <map>
#include <memory>
#include <set>
#include <string>

namespace sightglass {

/// What a revision's operations are about, each as it was before the first of them: null where it
/// was not there. So that a way back can be compared without a copy of the whole schema.
struct SeenObjects
{
    template <typename T>
    using Objects = std::map<QualifiedName, std::shared_ptr<const T>>;

    Objects<Table> tables;
    Objects<View> views;
    Objects<EnumType> enums;
    Objects<Domain> domains;
    Objects<Sequence> sequences;
    std::map<std::string, bool> namespaces; ///< was it there?
    std::set<QualifiedName> notKnown;       ///< tables of which not all is known

    /// To be called before `operation` is applied.
    void note(const Operation& operation, const Moment& moment);
};

} // namespace sightglass
