// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/inspection.h"

#include <QObject>

#include <memory>

namespace sightglass {

/// Holds the current Inspection and says when there is another. Null until a project was opened.
class InspectionStore : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    const std::shared_ptr<const Inspection>& current() const { return m_current; }

    void set(std::shared_ptr<const Inspection> inspection)
    {
        m_current = std::move(inspection);
        Q_EMIT changed();
    }

Q_SIGNALS:
    void changed();

private:
    std::shared_ptr<const Inspection> m_current;
};

} // namespace sightglass
