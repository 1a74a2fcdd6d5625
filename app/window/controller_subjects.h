// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QString>

namespace sightglass {

/// What the controller's jobs are about; a newer job of a subject takes an older one's place.
namespace subjects {
inline const QString files = QStringLiteral("files");
inline const QString database = QStringLiteral("database");
inline const QString demo = QStringLiteral("demo");
inline const QString inspection = QStringLiteral("inspection");
inline const QString operations = QStringLiteral("operations");
inline const QString review = QStringLiteral("review");
inline const QString branchReview = QStringLiteral("branch review");
inline const QString identity = QStringLiteral("identity");
inline const QString surroundings = QStringLiteral("surroundings");
} // namespace subjects

inline bool isCancelled(const Error& error)
{
    return error.code == ErrorCode::Cancelled;
}

} // namespace sightglass
