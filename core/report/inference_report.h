// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/inference.h"

#include <string>

namespace sightglass {

/// `infer` as JSON and as text. `source` names the schema that was compared: "live", "file:PATH".
std::string
inferJson(const RevisionGraph& graph, const InferenceResult& result, const std::string& source);
std::string
inferText(const RevisionGraph& graph, const InferenceResult& result, const std::string& source);

} // namespace sightglass
