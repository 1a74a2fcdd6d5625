// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/server_exception.h"

#include <algorithm>
#include <array>
#include <string>

namespace sightglass {

namespace {

struct StateName
{
    std::string_view state;
    std::string_view name; ///< of psycopg2.errors
};

constexpr std::array stateNames{
    StateName{"0A000", "FeatureNotSupported"},
    StateName{"22023", "InvalidParameterValue"},
    StateName{"22P02", "InvalidTextRepresentation"},
    StateName{"23502", "NotNullViolation"},
    StateName{"23503", "ForeignKeyViolation"},
    StateName{"23505", "UniqueViolation"},
    StateName{"23514", "CheckViolation"},
    StateName{"25001", "ActiveSqlTransaction"},
    StateName{"25P02", "InFailedSqlTransaction"},
    StateName{"2BP01", "DependentObjectsStillExist"},
    StateName{"3F000", "InvalidSchemaName"},
    StateName{"42501", "InsufficientPrivilege"},
    StateName{"42601", "SyntaxError"},
    StateName{"42611", "InvalidColumnDefinition"},
    StateName{"42622", "NameTooLong"},
    StateName{"42701", "DuplicateColumn"},
    StateName{"42702", "AmbiguousColumn"},
    StateName{"42703", "UndefinedColumn"},
    StateName{"42704", "UndefinedObject"},
    StateName{"42710", "DuplicateObject"},
    StateName{"42712", "DuplicateAlias"},
    StateName{"42723", "DuplicateFunction"},
    StateName{"42725", "AmbiguousFunction"},
    StateName{"42803", "GroupingError"},
    StateName{"42804", "DatatypeMismatch"},
    StateName{"42809", "WrongObjectType"},
    StateName{"42830", "InvalidForeignKey"},
    StateName{"42846", "CannotCoerce"},
    StateName{"42883", "UndefinedFunction"},
    StateName{"42939", "ReservedName"},
    StateName{"42P01", "UndefinedTable"},
    StateName{"42P02", "UndefinedParameter"},
    StateName{"42P06", "DuplicateSchema"},
    StateName{"42P07", "DuplicateTable"},
    StateName{"42P08", "AmbiguousParameter"},
    StateName{"42P10", "InvalidColumnReference"},
    StateName{"42P13", "InvalidFunctionDefinition"},
    StateName{"42P15", "InvalidSchemaDefinition"},
    StateName{"42P16", "InvalidTableDefinition"},
    StateName{"42P17", "InvalidObjectDefinition"},
    StateName{"42P18", "IndeterminateDatatype"},
    StateName{"54000", "ProgramLimitExceeded"},
    StateName{"54011", "TooManyColumns"},
    StateName{"55000", "ObjectNotInPrerequisiteState"},
    StateName{"55006", "ObjectInUse"},
    StateName{"55P04", "UnsafeNewEnumValueUsage"},
    StateName{"58P01", "UndefinedFile"},
    StateName{"P0001", "RaiseException"},
};

struct ClassName
{
    std::string_view prefix; ///< of the SQLSTATE
    std::string_view name;   ///< of the exception that DB-API has for it
};

// source  psycopg2 2.9, psycopg/pqpath.c, exception_from_sqlstate
constexpr std::array classNames{
    ClassName{"0A", "NotSupportedError"}, ClassName{"20", "ProgrammingError"},
    ClassName{"21", "ProgrammingError"},  ClassName{"22", "DataError"},
    ClassName{"23", "IntegrityError"},    ClassName{"24", "InternalError"},
    ClassName{"25", "InternalError"},     ClassName{"26", "OperationalError"},
    ClassName{"27", "OperationalError"},  ClassName{"28", "OperationalError"},
    ClassName{"2B", "InternalError"},     ClassName{"2D", "InternalError"},
    ClassName{"2F", "InternalError"},     ClassName{"34", "OperationalError"},
    ClassName{"38", "InternalError"},     ClassName{"39", "InternalError"},
    ClassName{"3B", "InternalError"},     ClassName{"3D", "ProgrammingError"},
    ClassName{"3F", "ProgrammingError"},  ClassName{"40", "OperationalError"},
    ClassName{"42", "ProgrammingError"},  ClassName{"44", "ProgrammingError"},
    ClassName{"53", "OperationalError"},  ClassName{"54", "OperationalError"},
    ClassName{"55", "OperationalError"},  ClassName{"57", "OperationalError"},
    ClassName{"58", "OperationalError"},  ClassName{"F0", "InternalError"},
    ClassName{"P0", "InternalError"},     ClassName{"XX", "InternalError"},
};

std::string_view classOf(std::string_view state)
{
    for (const ClassName& each : classNames) {
        if (state.starts_with(each.prefix))
            return each.name;
    }
    return "DatabaseError";
}

std::string driverClassOf(std::string_view state)
{
    for (const StateName& each : stateNames) {
        if (each.state == state)
            return "psycopg2.errors." + std::string(each.name);
    }
    return "psycopg2." + std::string(classOf(state));
}

} // namespace

const std::vector<ExceptionClass>& exceptionClasses()
{
    static const std::vector<ExceptionClass> classes{
        {"SQLAlchemyError", "Exception"},
        {"ArgumentError", "SQLAlchemyError"},
        {"DuplicateColumnError", "ArgumentError"},
        {"NoForeignKeysError", "ArgumentError"},
        {"AmbiguousForeignKeysError", "ArgumentError"},
        {"NoSuchModuleError", "ArgumentError"},
        {"ObjectNotExecutableError", "ArgumentError"},
        {"CircularDependencyError", "SQLAlchemyError"},
        {"CompileError", "SQLAlchemyError"},
        {"UnsupportedCompilationError", "CompileError"},
        {"IdentifierError", "SQLAlchemyError"},
        {"DisconnectionError", "SQLAlchemyError"},
        {"InvalidatePoolError", "DisconnectionError"},
        {"TimeoutError", "SQLAlchemyError"},
        {"InvalidRequestError", "SQLAlchemyError"},
        {"IllegalStateChangeError", "InvalidRequestError"},
        {"NoInspectionAvailable", "InvalidRequestError"},
        {"PendingRollbackError", "InvalidRequestError"},
        {"ResourceClosedError", "InvalidRequestError"},
        {"NoSuchColumnError", "InvalidRequestError"},
        {"NoResultFound", "InvalidRequestError"},
        {"MultipleResultsFound", "InvalidRequestError"},
        {"NoReferenceError", "InvalidRequestError"},
        {"NoReferencedTableError", "NoReferenceError"},
        {"NoReferencedColumnError", "NoReferenceError"},
        {"NoSuchTableError", "InvalidRequestError"},
        {"UnreflectableTableError", "InvalidRequestError"},
        {"UnboundExecutionError", "InvalidRequestError"},
        {"AwaitRequired", "InvalidRequestError"},
        {"MissingGreenlet", "InvalidRequestError"},
        {"StatementError", "SQLAlchemyError"},
        {"DBAPIError", "StatementError"},
        {"InterfaceError", "DBAPIError"},
        {"DatabaseError", "DBAPIError"},
        {"DataError", "DatabaseError"},
        {"OperationalError", "DatabaseError"},
        {"IntegrityError", "DatabaseError"},
        {"InternalError", "DatabaseError"},
        {"ProgrammingError", "DatabaseError"},
        {"NotSupportedError", "DatabaseError"},
        {"SAWarning", "RuntimeWarning"},
        {"SADeprecationWarning", "DeprecationWarning"},
        {"RemovedIn20Warning", "DeprecationWarning"},
        {"StaleDataError", "SQLAlchemyError"},
        {"FlushError", "SQLAlchemyError"},
        {"UnmappedError", "InvalidRequestError"},
        {"UnmappedClassError", "UnmappedError"},
        {"UnmappedInstanceError", "UnmappedError"},
        {"UnmappedColumnError", "InvalidRequestError"},
        {"DetachedInstanceError", "SQLAlchemyError"},
        {"ObjectDeletedError", "InvalidRequestError"},
        {"CommandError", "Exception"},
    };
    return classes;
}

std::vector<std::string> basesOfException(std::string_view name)
{
    std::vector<std::string> bases;
    std::string_view current = name;
    for (;;) {
        const auto& all = exceptionClasses();
        const auto found = std::ranges::find(all, current, &ExceptionClass::name);
        if (found == all.end())
            break;
        bases.emplace_back(found->base);
        current = found->base;
    }
    if (current == "RuntimeWarning" || current == "DeprecationWarning")
        bases.insert(bases.end(), {"Warning", "Exception"});
    bases.emplace_back("BaseException");
    return bases;
}

Raised serverException(const Refusal& refusal, const SourceSpan& span)
{
    const std::string name(classOf(refusal.state));
    return Raised{.type = name,
                  .bases = basesOfException(name),
                  .message = "(" + driverClassOf(refusal.state) + ") " + refusal.message,
                  .span = span,
                  .exception = {},
                  .stopsReading = false};
}

} // namespace sightglass
