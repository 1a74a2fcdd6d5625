// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/diagnosis/diagnosis_banner.h"

#include "ui/panels/diagnosis/diagnosis_words.h"
#include "ui/panels/diagnosis/start_card.h"
#include "ui/text.h"
#include "ui/widgets/text_label.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace sightglass {

namespace {
constexpr int iconSize = 20;
constexpr int leastHeight = 48;
} // namespace

DiagnosisBanner::DiagnosisBanner(const PanelContext& panelContext, QWidget* parent)
    : Panel(panelContext, parent)
{
    setObjectName(QStringLiteral("diagnosisBanner"));
    setAccessibleName(tr("Diagnosis"));
    createLayout();
    connect(m_details, &QPushButton::clicked, this, &DiagnosisBanner::detailsRequested);
    connect(m_show, &QPushButton::clicked, this, [this] {
        if (m_inspection != nullptr)
            context().selection.jumpToRevision(revisionToShow(m_inspection->diagnosis));
    });
    // Hidden things are not refreshed, and without a project it hides itself: it has to look.
    connect(&context().store, &InspectionStore::changed, this, [this] { ensureFresh(); });
    hide();
}

void DiagnosisBanner::createLayout()
{
    m_icon = new QLabel;
    m_icon->setFixedSize(iconSize, iconSize);
    auto* text = new TextLabel(context().theme, {});
    text->setObjectName(QStringLiteral("diagnosisSentence"));
    text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_text = text;
    m_details = new QPushButton(tr("Details"));
    m_details->setObjectName(QStringLiteral("diagnosisDetails"));
    m_details->setAccessibleName(tr("Show the evidence and the ways back"));
    m_show = new QPushButton(tr("Show in graph"));
    m_show->setObjectName(QStringLiteral("diagnosisShow"));
    m_show->setAccessibleName(tr("Show the revision in the graph"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(13, 6, 13, 7);
    layout->setSpacing(10);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    m_start = new PillLabel(context().theme);
    m_start->setObjectName(QStringLiteral("bannerStart"));
    layout->addWidget(m_start);
    layout->addWidget(m_details);
    layout->addWidget(m_show);
    setMinimumHeight(leastHeight);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
}

void DiagnosisBanner::showInspection(const std::shared_ptr<const Inspection>& inspection)
{
    m_inspection = inspection;
    updateText();
    setVisible(inspection != nullptr);
}

void DiagnosisBanner::updateText()
{
    if (m_inspection == nullptr)
        return;
    const BannerWords words = bannerWords(*m_inspection);
    const Tone tone = words.tone;
    m_tone = tone;
    const Theme& theme = context().theme;
    const QString& title = words.title;
    const QString& detail = words.detail;
    static_cast<TextLabel*>(m_text)->setRich(
        QStringLiteral("<span style=\"font-weight:600; color:%1\">%2</span> "
                       "<span style=\"color:%3\">%4</span>")
            .arg(tone == Tone::Neutral ? theme.colors().ink.name() : theme.foreground(tone).name(),
                 title.toHtmlEscaped(),
                 theme.colors().ink.name(),
                 detail.toHtmlEscaped()));
    const QString plain = detail.isEmpty() ? title : title + QLatin1Char(' ') + detail;
    m_text->setAccessibleName(plain);
    setAccessibleDescription(plain);
    m_icon->setPixmap(
        theme.icon(words.icon, tone).pixmap(QSize(iconSize, iconSize), devicePixelRatioF()));
    // Where it is not known what an upgrade would run, there is none to start.
    const StartCheck* const start =
        m_inspection->diagnosis.pending.empty() ? nullptr : startCheckToShow(*m_inspection);
    m_start->setVisible(start != nullptr);
    if (start != nullptr) {
        m_start->setPill(startPill(*start));
        m_start->setToolTip(startWords(*start).sentence);
        m_start->setAccessibleName(startWords(*start).sentence);
    }
    m_show->setVisible(!revisionToShow(m_inspection->diagnosis).isEmpty());
    update();
}

void DiagnosisBanner::applyTheme()
{
    updateText();
}

void DiagnosisBanner::changeEvent(QEvent* event)
{
    Panel::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateText();
}

void DiagnosisBanner::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = context().theme;
    const bool loud = m_tone == Tone::Danger || m_tone == Tone::Warning;
    painter.fillRect(rect(), loud ? theme.background(m_tone) : theme.colors().panel);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.colors().line);
}

} // namespace sightglass
