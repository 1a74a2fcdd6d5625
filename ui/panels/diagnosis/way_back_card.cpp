// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/diagnosis/way_back_card.h"

#include "ui/text.h"
#include "ui/widgets/command_box.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace sightglass {

namespace {
constexpr int roomInside = 18;

QHBoxLayout* line(int spacing)
{
    auto* layout = new QHBoxLayout;
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing);
    return layout;
}

QLayout* argument(const Theme& theme, const QString& sign, Tone tone, const std::string& text)
{
    QHBoxLayout* const row = line(9);
    auto* mark = new TextLabel(theme, {.tone = tone}, sign);
    mark->setWordWrap(false);
    mark->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    row->addWidget(mark, 0, Qt::AlignTop);
    row->addWidget(new TextLabel(theme, {}, toQString(text)), 1);
    return row;
}

/// "stamp base" is how a command names it; a sentence starts with a capital.
QString sentenceCase(const std::string& text)
{
    QString shown = toQString(text);
    if (!shown.isEmpty())
        shown[0] = shown[0].toUpper();
    return shown;
}

} // namespace

WayBackCard::WayBackCard(const Theme& theme, const WayBack& way, QWidget* parent)
    : Card(theme, way.recommended ? Frame::Accent : Frame::Quiet, parent)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("wayBack"));
    setAccessibleName(toQString(way.title));
    m_layout = new QVBoxLayout(this);
    m_layout->setContentsMargins(roomInside, roomInside, roomInside, roomInside);
    m_layout->setSpacing(8);
    addTitle(way);
    addArguments(way);
    addSteps(way);
    m_layout->addStretch(1);
}

void WayBackCard::addTitle(const WayBack& way)
{
    QHBoxLayout* const row = line(8);
    row->addStrut(static_cast<int>(pillSize({}, m_theme.smallFont()).height()) + 1);
    row->addWidget(new TextLabel(m_theme, {.strong = true}, toQString(way.title)), 1);
    if (way.recommended) {
        auto* pill = new PillLabel(m_theme);
        pill->setObjectName(QStringLiteral("recommended"));
        pill->setPill({.text = tr("recommended"), .tone = Tone::Accent});
        row->addWidget(pill, 0, Qt::AlignTop);
    }
    m_layout->addLayout(row);
    if (!way.summary.empty())
        m_layout->addWidget(new TextLabel(m_theme, {.dim = true}, toQString(way.summary)));
}

void WayBackCard::addArguments(const WayBack& way)
{
    for (const std::string& text : way.pros)
        m_layout->addLayout(argument(m_theme, QStringLiteral("+"), Tone::Good, text));
    for (const std::string& text : way.cons)
        m_layout->addLayout(argument(m_theme, QString(QChar(0x2212)), Tone::Danger, text));
    if (way.needs.empty())
        return;
    m_layout->addSpacing(4);
    m_layout->addWidget(
        new TextLabel(m_theme, {.dim = true}, tr("Needs: %1").arg(toQString(way.needs))));
}

QLayout* WayBackCard::stepLayout(const RepairStep& step, int number)
{
    QHBoxLayout* const row = line(8);
    row->addWidget(new StepNumber(m_theme, number), 0, Qt::AlignTop);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(3);
    texts->addWidget(new TextLabel(m_theme, {}, sentenceCase(step.action)));
    if (!step.detail.empty())
        texts->addWidget(
            new TextLabel(m_theme, {.size = TextSize::Small, .dim = true}, toQString(step.detail)));
    for (const std::string* code : {&step.command, &step.sql}) {
        if (!code->empty())
            texts->addWidget(new CommandBox(m_theme, toQString(*code)));
    }
    if (step.stamp) {
        auto* open = new QPushButton(tr("Stamp…"));
        open->setObjectName(QStringLiteral("openStamp"));
        open->setToolTip(tr("Shows the rows before and after, and the SQL, before anything runs."));
        connect(open, &QPushButton::clicked, this, [this, stamp = *step.stamp] {
            Q_EMIT stampAsked(stamp);
        });
        texts->addWidget(open, 0, Qt::AlignLeft);
    }
    row->addLayout(texts, 1);
    return row;
}

void WayBackCard::addSteps(const WayBack& way)
{
    if (!way.steps.empty())
        m_layout->addSpacing(4);
    int number = 0;
    for (const RepairStep& step : way.steps)
        m_layout->addLayout(stepLayout(step, ++number));
}

} // namespace sightglass
