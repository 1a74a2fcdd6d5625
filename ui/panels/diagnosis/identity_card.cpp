// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/diagnosis/identity_card.h"

#include "ui/panels/diagnosis/evidence_links.h"
#include "ui/panels/diagnosis/mark_row.h"
#include "ui/state/environment.h"
#include "ui/text.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>
#include <vector>

namespace sightglass {

namespace {

constexpr int roomInside = 18;

MarkRow plainRow(Pill mark, const QString& text)
{
    return {.mark = std::move(mark),
            .markWidth = 0,
            .html = text.toHtmlEscaped(),
            .spoken = text,
            .toolTip = {}};
}

MarkRow environmentRow(const DatabaseVisit& visit)
{
    const QString word = toQString(toText(visit.environment.environment));
    return plainRow({.text = word, .tone = Theme::toneOf(environmentFromSetting(word))},
                    toQString(visit.environment.why));
}

/// Names of what changed are links, also where they are gone from the database.
MarkRow changeRow(const Theme& theme, const Inspection& inspection, const IdentityChange& change)
{
    const bool ofTables = change.kind == IdentityChangeKind::TablesLost ||
                          change.kind == IdentityChangeKind::RowsLost;
    Evidence sentence{.grade = Grade::Asked, .text = change.text};
    if (!change.objects.empty())
        (ofTables ? sentence.object : sentence.revision) = change.objects.front();
    return {.mark = {.text = IdentityCard::tr("changed"),
                     .tone = change.alarming ? Tone::Danger : Tone::Neutral},
            .markWidth = 0,
            .html = evidenceHtml(theme, inspection, sentence),
            .spoken = toQString(change.text),
            .toolTip = {}};
}

std::vector<MarkRow>
rowsOf(const Theme& theme, const Inspection& inspection, const DatabaseVisit& visit)
{
    std::vector<MarkRow> rows{environmentRow(visit)};
    const Pill quiet{.text = IdentityCard::tr("identity"), .outlined = true};
    if (!visit.notCompared.empty())
        rows.push_back(plainRow(
            quiet, IdentityCard::tr("Not compared. %1").arg(toQString(visit.notCompared))));
    else if (visit.rememberedAt.empty())
        rows.push_back(plainRow(
            quiet, IdentityCard::tr("Remembered now; there is no earlier visit to compare with.")));
    else if (visit.changes.empty())
        rows.push_back(plainRow(
            {.text = IdentityCard::tr("same"), .tone = Tone::Good},
            IdentityCard::tr("The same database as on %1.").arg(visitTime(visit.rememberedAt))));
    for (const IdentityChange& change : visit.changes)
        rows.push_back(changeRow(theme, inspection, change));
    for (const NoticedChange& each : visit.noticed) {
        const QString when = IdentityCard::tr("On %1: ").arg(visitTime(each.at));
        rows.push_back(
            {.mark = {.text = IdentityCard::tr("noticed"), .tone = Tone::Warning},
             .markWidth = 0,
             .html = when.toHtmlEscaped() + evidenceHtml(theme, inspection, {.text = each.text}),
             .spoken = when + toQString(each.text),
             .toolTip = IdentityCard::tr("By an earlier visit")});
    }
    if (!visit.notKept.empty())
        rows.push_back(plainRow({.text = IdentityCard::tr("not kept"), .tone = Tone::Warning},
                                toQString(visit.notKept)));
    return rows;
}

} // namespace

QString visitTime(const std::string& time)
{
    const QDateTime when = QDateTime::fromString(toQString(time), Qt::ISODate).toLocalTime();
    return when.isValid() ? when.toString(QStringLiteral("d MMMM yyyy, HH:mm")) : toQString(time);
}

QString noticedSentence(const DatabaseVisit& visit)
{
    if (visit.noticed.empty())
        return {};
    const NoticedChange& last = visit.noticed.front();
    return IdentityCard::tr("Noticed on %1: %2").arg(visitTime(last.at), toQString(last.text));
}

IdentityCard::IdentityCard(const Theme& theme,
                           const Inspection& inspection,
                           const DatabaseVisit& visit,
                           const std::function<void(const QUrl&)>& open,
                           QWidget* parent)
    : Card(theme, Frame::Quiet, parent)
{
    setObjectName(QStringLiteral("identityCard"));
    setAccessibleName(tr("Which database this is"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(roomInside, roomInside - 4, roomInside, roomInside - 4);
    layout->setSpacing(9);
    std::vector<MarkRow> rows = rowsOf(theme, inspection, visit);
    QStringList marks;
    for (const MarkRow& row : rows)
        marks << row.mark.text;
    for (MarkRow& row : rows) {
        row.markWidth = widestMark(theme, marks);
        layout->addWidget(markRow(theme, row, open, QStringLiteral("identityLink")));
    }
    if (visit.changes.empty() && visit.noticed.empty())
        return;
    auto* remember = new QPushButton(tr("This database is the one that was meant"));
    remember->setObjectName(QStringLiteral("rememberDatabase"));
    remember->setToolTip(tr("Remembers it as it is now and puts aside what was noticed. Nothing is "
                            "changed in the database."));
    connect(remember, &QPushButton::clicked, this, &IdentityCard::rememberAsked);
    auto* end = new QHBoxLayout;
    end->addWidget(remember);
    end->addStretch(1);
    layout->addLayout(end);
}

} // namespace sightglass
