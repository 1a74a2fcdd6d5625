// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/table_locks.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace sightglass {

namespace {

/// What it names is no table.
bool isOfOtherKind(const StepRecord& record)
{
    return record.as<change::DropView>() != nullptr || record.as<change::CreateView>() != nullptr ||
           record.as<change::RenameView>() != nullptr ||
           record.as<change::RefreshView>() != nullptr ||
           record.as<change::AlterSequence>() != nullptr ||
           record.as<change::DropSequence>() != nullptr ||
           record.as<change::RenameSequence>() != nullptr;
}

bool made(const StepRecord& record, const RelationLock& lock)
{
    if (lock.ofIndex) {
        const auto* const index = record.as<change::CreateIndex>();
        return index != nullptr && index->index.name == lock.relation.name;
    }
    return record.as<change::CreateTable>() != nullptr && record.target.name == lock.relation;
}

struct Unit
{
    std::string_view name;
    std::int64_t milliseconds;
};

constexpr std::array units{Unit{"", 1},
                           Unit{"ms", 1},
                           Unit{"s", 1'000},
                           Unit{"min", 60'000},
                           Unit{"h", 3'600'000},
                           Unit{"d", 86'400'000}};

} // namespace

bool isOnExistingTable(const RelationLock& lock,
                       const StepRecord& record,
                       std::span<const StepRecord> before)
{
    if (!lock.further && isOfOtherKind(record))
        return false;
    if (lock.relation == record.target.name)
        return !record.target.isNew;
    return std::ranges::none_of(before, [&](const StepRecord& each) { return made(each, lock); });
}

const RelationLock*
lockOnExistingTable(const StepRecord& record, std::span<const StepRecord> before, LockMode atLeast)
{
    if (!record.runs)
        return nullptr;
    for (const RelationLock& lock : record.footprint.locks) {
        if (lock.mode >= atLeast && isOnExistingTable(lock, record, before))
            return &lock;
    }
    return nullptr;
}

std::optional<std::chrono::milliseconds> settingDuration(std::string_view value)
{
    while (value.starts_with(' '))
        value.remove_prefix(1);
    while (value.ends_with(' '))
        value.remove_suffix(1);
    double number = 0;
    const char* const end = value.data() + value.size();
    const auto [rest, error] = std::from_chars(value.data(), end, number);
    if (error != std::errc() || number < 0)
        return std::nullopt;
    std::string_view name(rest, static_cast<std::size_t>(end - rest));
    while (name.starts_with(' '))
        name.remove_prefix(1);
    const auto unit = std::ranges::find(units, name, &Unit::name);
    if (unit == units.end())
        return std::nullopt;
    return std::chrono::milliseconds(
        static_cast<std::int64_t>(number * static_cast<double>(unit->milliseconds)));
}

void TimeoutInForce::note(const StepRecord& record)
{
    const auto* const setting = record.as<change::SetSetting>();
    if (setting == nullptr || !record.runs)
        return;
    if (setting->name == "ALL" || (setting->name == m_setting && setting->reset)) {
        m_session = m_start;
        m_local.reset();
        return;
    }
    if (setting->name != m_setting)
        return;
    const auto value = settingDuration(setting->value);
    const bool isOn = value && value->count() > 0;
    if (!setting->local) {
        m_session = isOn;
        m_local.reset();
    } else if (record.transaction != 0) {
        m_local = isOn;
        m_transaction = record.transaction;
    }
}

bool TimeoutInForce::isSet(int transaction) const
{
    if (m_local && transaction != 0 && transaction == m_transaction)
        return *m_local;
    return m_session;
}

} // namespace sightglass
