// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/loss.h"

#include <algorithm>

namespace sightglass {

namespace {

bool isTable(const Loss& loss)
{
    return loss.kind == Loss::Kind::Table && !loss.refused;
}

template <typename Counts>
std::size_t counted(const std::vector<Loss>& losses, Counts counts)
{
    return static_cast<std::size_t>(std::ranges::count_if(losses, counts));
}

std::int64_t sum(const std::vector<Loss>& losses, std::optional<std::int64_t> Loss::*figure)
{
    std::int64_t total = 0;
    for (const Loss& loss : losses) {
        if (isTable(loss))
            total += (loss.*figure).value_or(0);
    }
    return total;
}

} // namespace

std::string_view toText(Loss::Kind kind)
{
    switch (kind) {
    case Loss::Kind::Column:
        return "column";
    case Loss::Kind::MaterializedView:
        return "materialized view";
    case Loss::Kind::Table:
        break;
    }
    return "table";
}

std::string_view toText(Loss::How how)
{
    switch (how) {
    case Loss::How::Truncated:
        return "truncated";
    case Loss::How::Deleted:
        return "deleted";
    case Loss::How::Dropped:
        break;
    }
    return "dropped";
}

std::size_t LossAssessment::tables() const
{
    return counted(losses, isTable);
}

std::size_t LossAssessment::columns() const
{
    return counted(
        losses, [](const Loss& loss) { return loss.kind == Loss::Kind::Column && !loss.refused; });
}

std::int64_t LossAssessment::rows() const
{
    return sum(losses, &Loss::rows);
}

std::int64_t LossAssessment::bytes() const
{
    return sum(losses, &Loss::bytes);
}

std::size_t LossAssessment::withoutRows() const
{
    return counted(losses, [](const Loss& loss) { return isTable(loss) && !loss.rows; });
}

bool LossAssessment::isCounted() const
{
    return std::ranges::all_of(
        losses, [](const Loss& loss) { return !isTable(loss) || !loss.rows || loss.counted; });
}

std::size_t LossAssessment::notManaged() const
{
    return counted(losses, [](const Loss& loss) { return isTable(loss) && !loss.managed; });
}

} // namespace sightglass
