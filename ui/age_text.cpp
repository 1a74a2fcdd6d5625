// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/age_text.h"

#include <algorithm>

namespace sightglass {

using namespace std::chrono_literals;

QString ageText(std::chrono::milliseconds age)
{
    const auto value = [](auto count, const char* unit) {
        return QStringLiteral("%1 %2 ago").arg(count).arg(QLatin1String(unit));
    };
    if (age < 1s)
        return value(std::max<qlonglong>(0, age.count()), "ms");
    if (age < 1min)
        return value(std::chrono::duration_cast<std::chrono::seconds>(age).count(), "s");
    if (age < 1h)
        return value(std::chrono::duration_cast<std::chrono::minutes>(age).count(), "min");
    return value(std::chrono::duration_cast<std::chrono::hours>(age).count(), "h");
}

std::chrono::milliseconds ageOf(std::chrono::system_clock::time_point when)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now() -
                                                                 when);
}

} // namespace sightglass
