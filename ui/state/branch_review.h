// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/report/review_report.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>

namespace sightglass {

/// A finished review of what a branch adds.
struct BranchReview
{
    QString branch;             ///< that is checked out; empty: none has a name
    std::optional<Error> error; ///< why there is no review
    ReviewReport report;
    std::size_t operations = 0; ///< of the upgrades that were reviewed
};

/// The review of a branch that a window shows: none, one that runs, or a finished one.
class BranchReviewStore : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// What is compared with; empty: no review is asked for.
    const QString& reference() const { return m_reference; }

    bool isOpen() const { return !m_reference.isEmpty(); }

    /// Null while it runs.
    const std::shared_ptr<const BranchReview>& current() const { return m_current; }

    /// The old review of the same reference stays in sight until there is a new one.
    void begin(const QString& reference)
    {
        if (reference != m_reference)
            m_current.reset();
        m_reference = reference;
        Q_EMIT changed();
    }

    void set(std::shared_ptr<const BranchReview> review)
    {
        m_current = std::move(review);
        Q_EMIT changed();
    }

    void close()
    {
        m_reference.clear();
        m_current.reset();
        Q_EMIT changed();
    }

Q_SIGNALS:
    void changed();

private:
    QString m_reference;
    std::shared_ptr<const BranchReview> m_current;
};

} // namespace sightglass
