// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/models.h"

#include "core/models/followed_filters.h"
#include "core/models/model_reader.h"

namespace sightglass {

ModelsReading readModels(const FileSystem& files,
                         const Project& project,
                         const TypeMap& types,
                         const RunContext& run)
{
    ModelsReading reading = ModelReader(files, project, types, run).read();
    reading.autogenerate = readAutogenerateFacts(files, project.environmentFile);
    if (!reading.autogenerate.filters.empty())
        reading.filters = followedFilters(files, project, types, reading);
    return reading;
}

} // namespace sightglass
