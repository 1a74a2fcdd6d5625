// SPDX-License-Identifier: GPL-3.0-or-later
//
// What values that are kept on disk are made of. A struct is named here with the number of its
// fields; a structured binding hands them over, so one that gains a field does not compile until
// the number here is right, and then the new field is kept too (and `formatVersion` of
// reading_bytes.h has to rise).
#pragma once

#include "core/directives/revision_reader.h"
#include "core/history/first_reading.h"
#include "core/history/history.h"
#include "core/history/reading_bytes.h"
#include "core/operations/operation.h"
#include "core/operations/revision_reading.h"

#include <cstddef>
#include <type_traits>

namespace sightglass::kept {

template <typename T, typename... Others>
inline constexpr bool isOneOf = (std::is_same_v<T, Others> || ...);

/// 0: no struct that is kept field by field.
template <typename T>
consteval std::size_t fieldCountOf()
{
    using namespace change;
    if (isOneOf<T, Query, Transaction>)
        return 1;
    if (isOneOf<T,
                DropNotNull,
                DropDefault,
                AddConstraint,
                ValidateConstraint,
                CreateType,
                RenameType,
                SetTypeSchema,
                RenameSequence,
                CreateSchema,
                RenameSchema,
                RefreshView,
                CreatePolicy,
                LockTable,
                IdentityDefinition,
                Guard,
                QualifiedName,
                FirstReading,
                RefusedOperation,
                KeptHead,
                KeptReading>)
        return 2;
    if (isOneOf<T,
                DropTable,
                RenameTable,
                SetTableSchema,
                RenameColumn,
                SetDefault,
                SetExpression,
                AddIdentity,
                DropIdentity,
                DropGenerated,
                RenameConstraint,
                CreateIndex,
                RenameIndex,
                Reindex,
                AttachPartition,
                DetachPartition,
                RenameEnumLabel,
                AlterSequence,
                DropSequence,
                DropSchema,
                DropExtension,
                RenameTrigger,
                RenameView,
                DropPolicy,
                Other,
                Opaque,
                Refusal,
                RevisionReading::PossibleStop,
                InterpreterLimits,
                SourceLookup,
                TransactionFacts>)
        return 3;
    if (isOneOf<T,
                AddColumn,
                DropColumn,
                DropConstraint,
                DropIndex,
                SetComment,
                AlterTableOption,
                CreateEnum,
                DropType,
                CreateSequence,
                CreateExtension,
                DropView,
                DropTrigger,
                SetIndexStorage,
                SetSetting,
                ResolutionCount,
                RevisionReading::Remark,
                KeptRun,
                KeptRun::Revision>)
        return 4;
    if (isOneOf<T, SetIdentity, AddEnumLabel, DropFunction, RenameFunction, CreateTrigger>)
        return 5;
    if (isOneOf<T, AlterPolicy, ChangeData, Policy, SetColumnType, SetNotNull, AlterConstraint>)
        return 6;
    if (isOneOf<T, CreateDomain, CreateView, CreateFunction, SourceSpan>)
        return 7;
    if (isOneOf<T, FreshRun, IndexElement, Surroundings>)
        return 8;
    if (isOneOf<T, AlterDomain, ColumnDefinition>)
        return 10;
    if (isOneOf<T, IndexDefinition>)
        return 11;
    if (isOneOf<T, SequenceOptions, RevisionReading>)
        return 12;
    if (isOneOf<T, Operation>)
        return 13;
    if (isOneOf<T, CreateTable>)
        return 14;
    if (isOneOf<T, ConstraintDefinition>)
        return 23;
    return 0;
}

/// The enumerator that stands last; what is greater is no value of the type.
template <typename T>
inline constexpr T lastOf = T::unnamed;
template <>
inline constexpr Resolution lastOf<Resolution> = Resolution::Opaque;
template <>
inline constexpr Origin lastOf<Origin> = Origin::Model;
template <>
inline constexpr RevisionReading::End lastOf<RevisionReading::End> =
    RevisionReading::End::NeedsSchema;
template <>
inline constexpr RevisionReading::Remark::Kind lastOf<RevisionReading::Remark::Kind> =
    RevisionReading::Remark::Kind::NeedsDatabase;
template <>
inline constexpr ConstraintDefinition::Kind lastOf<ConstraintDefinition::Kind> =
    ConstraintDefinition::Kind::Exclude;
template <>
inline constexpr FreshRun::Outcome lastOf<FreshRun::Outcome> = FreshRun::Outcome::NotKnown;

/// Hands all fields of `value` to `visit`, in order.
template <typename T, typename Visit>
void visitFields(T& value, const Visit& visit)
{
    constexpr std::size_t count = fieldCountOf<std::remove_const_t<T>>();
    static_assert(count > 0, "name this struct above, with the number of its fields");
    if constexpr (count == 1) {
        auto& [a] = value;
        visit(a);
    } else if constexpr (count == 2) {
        auto& [a, b] = value;
        visit(a, b);
    } else if constexpr (count == 3) {
        auto& [a, b, c] = value;
        visit(a, b, c);
    } else if constexpr (count == 4) {
        auto& [a, b, c, d] = value;
        visit(a, b, c, d);
    } else if constexpr (count == 5) {
        auto& [a, b, c, d, e] = value;
        visit(a, b, c, d, e);
    } else if constexpr (count == 6) {
        auto& [a, b, c, d, e, f] = value;
        visit(a, b, c, d, e, f);
    } else if constexpr (count == 7) {
        auto& [a, b, c, d, e, f, g] = value;
        visit(a, b, c, d, e, f, g);
    } else if constexpr (count == 8) {
        auto& [a, b, c, d, e, f, g, h] = value;
        visit(a, b, c, d, e, f, g, h);
    } else if constexpr (count == 10) {
        auto& [a, b, c, d, e, f, g, h, i, j] = value;
        visit(a, b, c, d, e, f, g, h, i, j);
    } else if constexpr (count == 11) {
        auto& [a, b, c, d, e, f, g, h, i, j, k] = value;
        visit(a, b, c, d, e, f, g, h, i, j, k);
    } else if constexpr (count == 12) {
        auto& [a, b, c, d, e, f, g, h, i, j, k, l] = value;
        visit(a, b, c, d, e, f, g, h, i, j, k, l);
    } else if constexpr (count == 13) {
        auto& [a, b, c, d, e, f, g, h, i, j, k, l, m] = value;
        visit(a, b, c, d, e, f, g, h, i, j, k, l, m);
    } else if constexpr (count == 14) {
        auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n] = value;
        visit(a, b, c, d, e, f, g, h, i, j, k, l, m, n);
    } else if constexpr (count == 23) {
        auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w] = value;
        visit(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w);
    } else {
        static_assert(count == 0, "add a binding of this many fields");
    }
}

} // namespace sightglass::kept
