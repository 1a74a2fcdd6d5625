// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scripts/project.h"
#include "core/scripts/settings.h"

#include <string>
#include <vector>

namespace sightglass {

/// sqlalchemy.url as the settings give it. SECRET: it may hold a password; notes never do.
struct UrlFact
{
    ReadFact url;
    std::vector<std::string> notes;
};

/// Reads sqlalchemy.url from the ini. A template's placeholder counts as absent, with a note;
/// broken interpolation makes it Unknown.
UrlFact databaseUrlOf(const Settings& settings);

} // namespace sightglass
