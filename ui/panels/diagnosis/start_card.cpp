// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/diagnosis/start_card.h"

#include "ui/panels/diagnosis/evidence_links.h"
#include "ui/panels/diagnosis/mark_row.h"
#include "ui/text.h"
#include "ui/widgets/text_label.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace sightglass {

namespace {

constexpr int roomInside = 18;
constexpr int lightSize = 22;
constexpr std::size_t mostBlockers = 8;

/// A mark of two words for each thing that can stand in the way.
QString kindWord(StartBlocker::Kind kind)
{
    switch (kind) {
    case StartBlocker::Kind::LockHeld:
        return StartCard::tr("lock held");
    case StartBlocker::Kind::LockAwaited:
        return StartCard::tr("lock awaited");
    case StartBlocker::Kind::RowsChanged:
        return StartCard::tr("rows held");
    case StartBlocker::Kind::AnotherUpgrade:
        return StartCard::tr("other upgrade");
    case StartBlocker::Kind::Dump:
        return StartCard::tr("dump");
    case StartBlocker::Kind::WraparoundVacuum:
        return StartCard::tr("vacuum");
    case StartBlocker::Kind::OlderTransaction:
        return StartCard::tr("older snapshot");
    case StartBlocker::Kind::PreparedTransaction:
        return StartCard::tr("prepared");
    case StartBlocker::Kind::Standby:
        return StartCard::tr("standby");
    }
    return {};
}

int markWidth(const Theme& theme)
{
    return widestMark(theme, {StartCard::tr("older snapshot"), StartCard::tr("other upgrade")});
}

QWidget* blockerRow(const Theme& theme,
                    const Inspection& inspection,
                    const StartBlocker& blocker,
                    const std::function<void(const QUrl&)>& open)
{
    Evidence sentence{.grade = Grade::Asked, .text = blocker.text, .revision = blocker.revision};
    if (!blocker.relations.empty())
        sentence.object = toText(blocker.relations.front());
    const QString way = toQString(blocker.way).toHtmlEscaped();
    return markRow(theme,
                   {.mark = {.text = kindWord(blocker.kind),
                             .tone = blocker.endsByItself ? Tone::Warning : Tone::Danger},
                    .markWidth = markWidth(theme),
                    .html = evidenceHtml(theme, inspection, sentence) +
                            QStringLiteral(" <span style=\"color:%1\">%2</span>")
                                .arg(theme.colors().dim.name(), way),
                    .spoken = toQString(blocker.text) + QLatin1Char(' ') + toQString(blocker.way),
                    .toolTip = blocker.endsByItself ? StartCard::tr("It ends by itself.")
                                                    : StartCard::tr("Somebody has to act.")},
                   open,
                   QStringLiteral("blockerLink"));
}

QWidget* notKnownRow(const Theme& theme,
                     const Inspection& inspection,
                     const std::string& sentence,
                     const std::function<void(const QUrl&)>& open)
{
    return markRow(theme,
                   {.mark = {.text = StartCard::tr("not known"), .outlined = true},
                    .markWidth = markWidth(theme),
                    .html = evidenceHtml(theme, inspection, {.text = sentence}),
                    .spoken = toQString(sentence),
                    .toolTip = {}},
                   open,
                   QStringLiteral("blockerLink"));
}

QString clockOf(const std::string& readAt)
{
    const QDateTime when = QDateTime::fromString(toQString(readAt), Qt::ISODate).toLocalTime();
    return when.isValid()
               ? StartCard::tr("locks as at %1").arg(when.toString(QStringLiteral("HH:mm:ss")))
               : QString();
}

} // namespace

StartWords startWords(const StartCheck& check)
{
    if (!check.verdict)
        return {.tone = Tone::Neutral,
                .mark = StartCard::tr("not known"),
                .sentence = StartCard::tr("Whether an upgrade could start now is not known."),
                .more = {}};
    switch (*check.verdict) {
    case StartAnswer::Yes:
        return {.tone = Tone::Good,
                .mark = StartCard::tr("free"),
                .sentence = StartCard::tr(
                    "No open transaction stands in the way of the pending revisions."),
                .more = StartCard::tr("What they do is another matter.")};
    case StartAnswer::Wait:
        return {.tone = Tone::Warning,
                .mark = StartCard::tr("wait"),
                .sentence = StartCard::tr("Wait before an upgrade is started."),
                .more = StartCard::tr("What stands in the way ends by itself.")};
    case StartAnswer::No:
        break;
    }
    return {.tone = Tone::Danger,
            .mark = StartCard::tr("do not start"),
            .sentence = StartCard::tr("Do not start an upgrade now."),
            .more = StartCard::tr("Somebody has to clear the way first.")};
}

Pill startPill(const StartCheck& check)
{
    const StartWords words = startWords(check);
    const QChar sign = !check.verdict                        ? u'?'
                       : *check.verdict == StartAnswer::Yes  ? u'\u2713'
                       : *check.verdict == StartAnswer::Wait ? u'\u25B2'
                                                             : u'\u25A0';
    return {.text = QString(sign) + StartCard::tr(" locks: %1").arg(words.mark),
            .tone = words.tone,
            .outlined = !check.verdict};
}

const StartCheck* startCheckToShow(const Inspection& inspection)
{
    if (inspection.live == nullptr || inspection.outlook == nullptr || !inspection.outlook->start ||
        inspection.outlook->start->nothingPending)
        return nullptr;
    return &*inspection.outlook->start;
}

StartLight::StartLight(const Theme& theme, std::optional<StartAnswer> answer, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_answer(answer)
{
    setObjectName(QStringLiteral("startLight"));
    setFixedSize(sizeHint());
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize StartLight::sizeHint() const
{
    return {lightSize, lightSize};
}

void StartLight::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(2, 2, -2, -2);
    if (!m_answer) {
        painter.setPen(QPen(m_theme.colors().dim, 2, Qt::DotLine));
        painter.drawEllipse(box.adjusted(1, 1, -1, -1));
        return;
    }
    const QColor ink = m_theme.colors().panel;
    painter.setPen(Qt::NoPen);
    const QPointF middle = box.center();
    switch (*m_answer) {
    case StartAnswer::Yes:
        painter.setBrush(m_theme.foreground(Tone::Good));
        painter.drawEllipse(box);
        painter.setPen(QPen(ink, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(QPolygonF{
            middle + QPointF(-4, 0), middle + QPointF(-1, 3.5), middle + QPointF(4.5, -3.5)});
        break;
    case StartAnswer::Wait:
        painter.setBrush(m_theme.foreground(Tone::Warning));
        painter.drawPolygon(
            QPolygonF{QPointF(middle.x(), box.top()), box.bottomRight(), box.bottomLeft()});
        painter.setPen(QPen(ink, 2, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(middle + QPointF(0, -2), middle + QPointF(0, 5));
        break;
    case StartAnswer::No:
        painter.setBrush(m_theme.foreground(Tone::Danger));
        painter.drawRoundedRect(box, 3, 3);
        painter.setPen(QPen(ink, 2.5, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(middle + QPointF(-4.5, 0), middle + QPointF(4.5, 0));
        break;
    }
}

StartCard::StartCard(const Theme& theme,
                     const Inspection& inspection,
                     const StartCheck& check,
                     const std::function<void(const QUrl&)>& open,
                     QWidget* parent)
    : Card(theme, Frame::Quiet, parent)
{
    setObjectName(QStringLiteral("startCard"));
    const StartWords words = startWords(check);
    setAccessibleName(words.sentence);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(roomInside, roomInside - 4, roomInside, roomInside - 4);
    layout->setSpacing(9);
    auto* head = new QHBoxLayout;
    head->setSpacing(9);
    auto* light = new StartLight(theme, check.verdict);
    light->setAccessibleName(words.mark);
    head->addWidget(light, 0, Qt::AlignTop);
    auto* sentence = new TextLabel(theme, {});
    sentence->setObjectName(QStringLiteral("startSentence"));
    sentence->setRich(QStringLiteral("<b>%1</b> <span style=\"color:%2\">%3</span>")
                          .arg(words.sentence.toHtmlEscaped(),
                               theme.colors().dim.name(),
                               words.more.toHtmlEscaped()));
    head->addWidget(sentence, 1);
    auto* readAt = new TextLabel(theme, {.dim = true}, clockOf(check.readAt));
    readAt->setWordWrap(false);
    head->addWidget(readAt, 0, Qt::AlignTop);
    layout->addLayout(head);
    for (std::size_t i = 0; i < std::min(check.blockers.size(), mostBlockers); ++i)
        layout->addWidget(blockerRow(theme, inspection, check.blockers[i], open));
    if (check.blockers.size() > mostBlockers)
        layout->addWidget(new TextLabel(
            theme, {.dim = true}, tr("and %1 more").arg(check.blockers.size() - mostBlockers)));
    for (const std::string& each : check.notKnown)
        layout->addWidget(notKnownRow(theme, inspection, each, open));
}

} // namespace sightglass
