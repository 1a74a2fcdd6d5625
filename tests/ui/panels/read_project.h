// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/inspection.h"

#include <QTemporaryDir>

#include <memory>
#include <string_view>

namespace sightglass::tests {

/// A folder of revision files that is really read, operations and all.
class ReadProject
{
public:
    /// `body` is what stands below the identifiers: functions, imports.
    void add(std::string_view id, std::string_view down, std::string_view body);
    /// Reads the folder as the window does; null when that fails.
    std::shared_ptr<const Inspection> read(bool operations = true) const;

    QString file(std::string_view id) const;

    /// The same, and reviewed: what was read of operations with findings and locks.
    std::shared_ptr<Inspection> readAndReview() const;
    /// Reviews an inspection that was read, as it stands.
    static bool review(Inspection& inspection);

private:
    QTemporaryDir m_folder;
};

/// Three revisions: tables, an operation under a condition and an opaque one, one that PostgreSQL
/// refuses.
std::shared_ptr<const Inspection> smallHistory(ReadProject& project);

} // namespace sightglass::tests
