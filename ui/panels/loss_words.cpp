// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/loss_words.h"

#include "ui/text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace sightglass {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("sightglass::LossWords", text);
}

} // namespace

LossAssessment lossOf(const LossAssessment& loss, std::string_view revision)
{
    LossAssessment own{.losses = {}, .unknown = loss.unknown};
    std::ranges::copy_if(loss.losses, std::back_inserter(own.losses), [&](const Loss& each) {
        return each.revision == revision;
    });
    return own;
}

QString lossSentence(const LossLine& line)
{
    QStringList parts{toQString(line.what)};
    if (line.rows == "not known")
        parts << tr("its rows are not known");
    else
        parts << (line.rows.find_first_of("0123456789") == std::string::npos
                      ? toQString(line.rows)
                      : tr("%1 rows").arg(toQString(line.rows)));
    if (!line.size.empty())
        parts << toQString(line.size);
    QString sentence = parts.join(QStringLiteral(", "));
    if (!line.owner.empty())
        sentence += tr("; made by %1").arg(toQString(line.owner));
    if (!line.with.empty())
        sentence += tr("; with it %1").arg(toQString(line.with));
    return sentence;
}

QChar checkSign(const ChecklistItem& item)
{
    if (!item.ok)
        return QLatin1Char('?');
    return *item.ok ? QChar(0x2713) : QChar(0x2716);
}

QString checksMet(const std::vector<ChecklistItem>& items)
{
    const auto met = std::ranges::count_if(
        items, [](const ChecklistItem& each) { return each.ok.value_or(false); });
    return tr("%1 of %2").arg(met).arg(items.size());
}

} // namespace sightglass
