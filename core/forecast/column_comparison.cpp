// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/forecast_writer.h"
#include "core/forecast/type_words.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <system_error>

namespace sightglass {

namespace {

constexpr const char* typesAreCompared =
    "Alembic compares types since 1.12; before, only with compare_type=True.";

std::string schemaArgument(const ForecastWriter& writer)
{
    return writer.schema().empty() ? std::string() : ", schema=" + quotedPython(writer.schema());
}

std::string call(const ForecastWriter& writer, const std::string& column, const std::string& change)
{
    return "op.alter_column(" + quotedPython(writer.table().name) + ", " + quotedPython(column) +
           ", " + change + schemaArgument(writer) + ")";
}

void addColumn(const ComparedColumn& column, ForecastWriter& writer)
{
    const std::string type = column.type.value_or("…");
    writer.add("add_column",
               column.name,
               type + (column.nullable ? "" : ", not null"),
               "op.add_column(" + quotedPython(writer.table().name) + ", sa.Column(" +
                   quotedPython(column.name) + ", …, nullable=" +
                   (column.nullable ? "True" : "False") + ")" + schemaArgument(writer) + ")");
}

void compareNullable(const ComparedColumn& live,
                     const ComparedColumn& model,
                     ForecastWriter& writer)
{
    if (live.nullable == model.nullable)
        return;
    // Where the model does not say nullable, Alembic leaves identity and computed columns alone.
    const bool ofItsOwn = live.identity || model.identity || live.computed || model.computed;
    if (ofItsOwn && model.nullable == !model.identity)
        return;
    writer.add("alter_column",
               model.name,
               model.nullable ? "nullable" : "not null",
               call(writer, model.name, model.nullable ? "nullable=True" : "nullable=False"));
}

void compareType(const ComparedColumn& live, const ComparedColumn& model, ForecastWriter& writer)
{
    const auto& setting = writer.input().models.autogenerate.compareType;
    if (setting && setting->isKnown() && !setting->value())
        return;
    ForecastCondition condition = ForecastCondition::None;
    std::string why;
    if (!setting) {
        condition = ForecastCondition::NewerAlembic;
        why = typesAreCompared;
    } else if (!setting->isKnown()) {
        condition = ForecastCondition::Setting;
        why = "Types may be compared in another way: " + setting->reason() + ".";
    }
    if (!live.type || (!model.type && model.typeUnknown.empty()))
        return;
    if (!model.type) {
        condition = ForecastCondition::Reading;
        why = "The type in the models is not known: " + model.typeUnknown + ".";
    } else if (!typesDiffer(*live.type, *model.type)) {
        return;
    }
    const std::string wanted = model.type.value_or("…");
    writer.add("alter_column",
               model.name,
               "type " + *live.type + " to " + wanted,
               call(writer, model.name, "type_=…"),
               condition,
               std::move(why));
}

bool optionDiffers(const std::optional<std::int64_t>& model,
                   const std::optional<std::int64_t>& live)
{
    return model && model != live;
}

/// An identity is compared even when compare_server_default is off.
void compareIdentity(const ComparedColumn& live,
                     const ComparedColumn& model,
                     ForecastWriter& writer)
{
    const bool both = live.identity && model.identity;
    bool differs = !both;
    bool isRead = true;
    if (both) {
        const SequenceOptions& wanted = model.identity->options;
        differs = live.identity->always != model.identity->always ||
                  optionDiffers(wanted.start, live.identity->options.start) ||
                  optionDiffers(wanted.increment, live.identity->options.increment);
        isRead = !(wanted.minimum || wanted.maximum || wanted.cycle.value_or(false) ||
                   wanted.cache || wanted.noMinimum || wanted.noMaximum);
    }
    if (!differs && isRead)
        return;
    const bool sure = differs;
    writer.add("alter_column",
               model.name,
               model.identity ? "identity" : "no identity",
               call(writer,
                    model.name,
                    model.identity ? "server_default=sa.Identity(…)" : "server_default=None"),
               sure ? ForecastCondition::None : ForecastCondition::Server,
               sure ? std::string() : "The identity's limits in the database are not read here.");
}

/// "'x'::character varying" as "'x'".
std::string withoutCast(const std::string& expression)
{
    const std::size_t at = expression.rfind("::");
    if (at == std::string::npos || expression.find('\'', at) != std::string::npos ||
        expression.find(')', at) != std::string::npos)
        return expression;
    return expression.substr(0, at);
}

bool isConstant(const std::string& expression)
{
    const std::string bare = withoutCast(expression);
    if (bare.empty())
        return false;
    const bool text = bare.front() == '\'' && bare.back() == '\'';
    const bool number = std::ranges::all_of(bare, [](unsigned char each) {
        return std::isdigit(each) != 0 || each == '.' || each == '-';
    });
    return text || number || bare == "true" || bare == "false";
}

std::optional<double> numberIn(const std::string& expression)
{
    std::string_view bare = expression;
    if (bare.size() >= 2 && bare.front() == '\'' && bare.back() == '\'')
        bare = bare.substr(1, bare.size() - 2);
    double number = 0;
    const auto [end, error] = std::from_chars(bare.data(), bare.data() + bare.size(), number);
    if (bare.empty() || error != std::errc() || end != bare.data() + bare.size())
        return std::nullopt;
    return number;
}

/// As far as text tells: PostgreSQL reads '0' and 0 alike where a number is wanted.
bool isSameDefault(const std::string& live, const std::string& wanted, const ComparedColumn& model)
{
    if (live.empty() || wanted.empty())
        return live == wanted;
    const std::string one = withoutCast(live);
    const std::string other = withoutCast(wanted);
    if (one == other)
        return true;
    const std::string type = model.type.value_or("");
    const bool isText =
        type.starts_with("VARCHAR") || type.starts_with("TEXT") || type.starts_with("CHAR");
    const auto number = numberIn(one);
    return !isText && number && number == numberIn(other);
}

void compareDefault(const ComparedColumn& live, const ComparedColumn& model, ForecastWriter& writer)
{
    if (live.computed || model.computed)
        return;
    if (live.identity || model.identity) {
        compareIdentity(live, model, writer);
        return;
    }
    const Known<bool>& setting = writer.input().models.autogenerate.compareServerDefault;
    if ((setting.isKnown() && !setting.value()) || model.serial)
        return;
    const std::string liveText = live.defaultText.value_or("");
    const std::string modelText = model.defaultText.value_or("");
    if (isSameDefault(liveText, modelText, model))
        return;
    ForecastCondition condition = ForecastCondition::None;
    std::string why;
    if (!setting.isKnown()) {
        condition = ForecastCondition::Setting;
        why = "Defaults may not be compared: " + setting.reason() + ".";
    } else if (live.defaultText && model.defaultText &&
               !(isConstant(liveText) && isConstant(modelText))) {
        condition = ForecastCondition::Server;
        why = "Alembic asks the server whether both defaults are equal.";
    }
    writer.add(
        "alter_column",
        model.name,
        model.defaultText ? "default " + modelText : "no default",
        call(writer, model.name, model.defaultText ? "server_default=…" : "server_default=None"),
        condition,
        std::move(why));
}

void compareComment(const ComparedColumn& live, const ComparedColumn& model, ForecastWriter& writer)
{
    if (live.comment == model.comment)
        return;
    writer.add("alter_column",
               model.name,
               model.comment ? "comment " + quotedPython(*model.comment) : "no comment",
               call(writer,
                    model.name,
                    "comment=" + (model.comment ? quotedPython(*model.comment) : "None")));
}

} // namespace

void compareColumns(const ComparedTable& live, const ComparedTable& model, ForecastWriter& writer)
{
    const auto question = [](const std::string& name, bool both) {
        return FilteredObject{.kind = "column",
                              .name = name,
                              .schema = {},
                              .table = {},
                              .reflected = false,
                              .hasOther = both};
    };
    for (const ComparedColumn& column : model.columns) {
        if (live.column(column.name) == nullptr && writer.keepsObject(question(column.name, false)))
            addColumn(column, writer);
    }
    for (const ComparedColumn& column : model.columns) {
        const ComparedColumn* other = live.column(column.name);
        if (other == nullptr || !writer.keepsObject(question(column.name, true)))
            continue;
        compareNullable(*other, column, writer);
        compareType(*other, column, writer);
        compareDefault(*other, column, writer);
        compareComment(*other, column, writer);
    }
}

void dropColumns(const ComparedTable& live, const ComparedTable& model, ForecastWriter& writer)
{
    for (const ComparedColumn& column : live.columns) {
        if (model.column(column.name) != nullptr || !writer.keepsObject({.kind = "column",
                                                                         .name = column.name,
                                                                         .schema = {},
                                                                         .table = {},
                                                                         .reflected = true}))
            continue;
        writer.add("drop_column",
                   column.name,
                   column.type.value_or(""),
                   "op.drop_column(" + quotedPython(writer.table().name) + ", " +
                       quotedPython(column.name) + schemaArgument(writer) + ")");
    }
}

} // namespace sightglass
