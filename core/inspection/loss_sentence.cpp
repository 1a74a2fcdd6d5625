// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/words.h"
#include "core/inspection/outlook.h"

namespace sightglass {

std::string lossInWords(const LossAssessment& loss)
{
    std::string words;
    if (loss.tables() > 0) {
        words = counted(loss.tables(), "table loses all its rows", "tables lose all their rows") +
                ", " + std::to_string(loss.rows()) + " as far as is known";
        if (loss.notManaged() > 0)
            words += "; no revision makes " + std::to_string(loss.notManaged()) + " of them";
    }
    if (loss.columns() > 0)
        words += (words.empty() ? "" : "; ") +
                 counted(loss.columns(), "column is dropped", "columns are dropped");
    if (!loss.unknown.empty())
        words += (words.empty() ? "" : "; ") +
                 counted(loss.unknown.size(), "operation", "operations") + " may destroy more";
    return words;
}

} // namespace sightglass
