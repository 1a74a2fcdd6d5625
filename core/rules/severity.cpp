// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/severity.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sightglass {

namespace {

using Milliseconds = std::chrono::milliseconds;

/// Milliseconds per million rows of 180 bytes, as measured.
namespace factor {
constexpr double scan = 350;
constexpr double rewrite = 4000;
constexpr double rewriteIndex = 700;
constexpr double indexBuild = 1500;
constexpr double update = 33000;
constexpr double foreignKey = 600; ///< a scan that looks each row up
constexpr double exclusion = 35000;
} // namespace factor

constexpr double usualRowBytes = 180;

double widthOf(const TableFacts& facts, double rows)
{
    if (!facts.heapBytes || rows < 1)
        return 1;
    return std::clamp(static_cast<double>(*facts.heapBytes) / rows / usualRowBytes, 0.3, 5.0);
}

double perMillion(const Footprint& footprint, double indexes)
{
    if (footprint.rewrites)
        return factor::rewrite + factor::rewriteIndex * indexes;
    double sum = 0;
    if (footprint.changesRows)
        sum += factor::update;
    if (footprint.scans)
        sum += factor::scan;
    if (footprint.buildsIndex)
        sum += factor::indexBuild;
    return sum;
}

/// How long a statement is expected to block, as the rows of the severity table.
struct Duration
{
    Milliseconds below;
    Severity reads;  ///< reads and writes are blocked
    Severity writes; ///< only writes
    Severity none;
};

constexpr std::array durations{
    Duration{Milliseconds(50), Severity::Low, Severity::Info, Severity::Info},
    Duration{Milliseconds(1'000), Severity::Medium, Severity::Low, Severity::Info},
    Duration{Milliseconds(10'000), Severity::High, Severity::Medium, Severity::Info},
    Duration{Milliseconds(120'000), Severity::Critical, Severity::High, Severity::Low},
    Duration{Milliseconds::max(), Severity::Critical, Severity::Critical, Severity::Low}};

Severity ofDuration(Milliseconds time, LockMode mode)
{
    const auto row =
        std::ranges::find_if(durations, [&](const Duration& each) { return time < each.below; });
    const Duration& found = row == durations.end() ? durations.back() : *row;
    return blocksReads(mode) ? found.reads : blocksWrites(mode) ? found.writes : found.none;
}

std::size_t indexesOf(const StepRecord& record)
{
    if (!record.target.table)
        return 1;
    const Table& table = *record.target.table;
    return table.indexes.size() + table.uniques.size() + (table.primaryKey ? 1 : 0);
}

/// No activity at all lowers one level, a busy table raises one.
Severity withTraffic(Severity severity, const TableFacts& facts)
{
    if (facts.lockAwaited && severity > Severity::High)
        return Severity::High;
    if (!facts.readsPerSecond || !facts.writesPerSecond)
        return severity;
    const double traffic = *facts.readsPerSecond + *facts.writesPerSecond;
    if (traffic > 100)
        return raised(severity);
    return traffic > 0 || severity >= Severity::Low ? severity : lowered(severity);
}

/// How much slower a statement is than a plain scan or index build.
double relativeWork(const StepRecord& record)
{
    const auto* const added = record.as<change::AddConstraint>();
    if (added == nullptr)
        return 1;
    switch (added->constraint.kind) {
    case ConstraintDefinition::Kind::ForeignKey:
        return factor::foreignKey / factor::scan;
    case ConstraintDefinition::Kind::Exclude:
        return factor::exclusion / (factor::scan + factor::indexBuild);
    case ConstraintDefinition::Kind::PrimaryKey:
    case ConstraintDefinition::Kind::Unique:
    case ConstraintDefinition::Kind::Check:
        return 1;
    }
    return 1;
}

std::optional<Severity>
withDuration(Severity base, const StepRecord& record, const TableFacts& facts)
{
    if (facts.rows == 0)
        return std::nullopt;
    if (!record.footprint.isSlow())
        return base; // does not grow with the table
    const auto time = estimatedDuration(record.footprint, facts, indexesOf(record));
    if (!time)
        return base;
    const auto blocked = Milliseconds(static_cast<std::int64_t>(
        static_cast<double>(time->middle().count()) * relativeWork(record)));
    return withTraffic(ofDuration(blocked, record.footprint.strongest()), facts);
}

std::string seconds(Milliseconds time)
{
    const auto count = time.count();
    if (count < 1'000)
        return std::to_string(count) + " ms";
    if (count < 120'000)
        return std::to_string((count + 500) / 1'000) + " s";
    return std::to_string((count + 30'000) / 60'000) + " min";
}

} // namespace

Milliseconds DurationRange::middle() const
{
    return Milliseconds(static_cast<std::int64_t>(
        std::sqrt(static_cast<double>(least.count()) * static_cast<double>(most.count()))));
}

std::optional<DurationRange>
estimatedDuration(const Footprint& footprint, const TableFacts& facts, std::size_t indexes)
{
    if (!facts.rows || !footprint.isSlow())
        return std::nullopt;
    const auto rows = static_cast<double>(*facts.rows);
    const double time =
        rows / 1e6 * perMillion(footprint, static_cast<double>(indexes)) * widthOf(facts, rows);
    return DurationRange{.least = Milliseconds(static_cast<std::int64_t>(time * 0.3)),
                         .most = Milliseconds(static_cast<std::int64_t>(time * 10))};
}

std::string toText(const DurationRange& range)
{
    return seconds(range.least) + " to " + seconds(range.most);
}

Severity lowered(Severity severity, int levels)
{
    return static_cast<Severity>(
        std::min(static_cast<int>(severity) + levels, static_cast<int>(Severity::Info)));
}

Severity raised(Severity severity, int levels)
{
    return static_cast<Severity>(
        std::max(static_cast<int>(severity) - levels, static_cast<int>(Severity::Critical)));
}

std::optional<Severity> severityWithFacts(Severity base,
                                          Scaling scaling,
                                          const StepRecord& record,
                                          const ReviewFacts& facts)
{
    const TableFacts* const known = facts.table(record.target.name);
    if (known == nullptr || scaling == Scaling::Fixed)
        return base;
    switch (scaling) {
    case Scaling::Duration:
        return withDuration(base, record, *known);
    case Scaling::Loss:
        return known->rows == 0 ? lowered(base, 2) : base;
    case Scaling::MayFail:
        return known->rows == 0 ? std::nullopt : std::optional(base);
    case Scaling::Fixed:
        break;
    }
    return base;
}

} // namespace sightglass
