// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/models.h"

namespace sightglass {

ModelsReading readModels(const FileSystem&, const Project&, const TypeMap&, const RunContext&)
{
    ModelsReading reading;
    reading.whyNot = "models are not read yet";
    return reading;
}

} // namespace sightglass
