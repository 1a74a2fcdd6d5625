// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/command_box.h"

#include "ui/widgets/copy_button.h"
#include "ui/widgets/text_label.h"

#include <QFontMetrics>
#include <QHBoxLayout>
#include <QPainter>

namespace sightglass {

namespace {
constexpr double cornerRadius = 4;
constexpr int leastDiameter = 18;
} // namespace

CommandBox::CommandBox(const Theme& theme, const QString& command, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
{
    auto* text = new TextLabel(theme, {.size = TextSize::Code}, command);
    text->setObjectName(QStringLiteral("command"));
    text->setAccessibleName(tr("Command: %1").arg(command));
    auto* copy = new CopyButton(theme, tr("Copy command"));
    copy->setObjectName(QStringLiteral("copyCommand"));
    copy->setText(command);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 3, 3, 3);
    layout->setSpacing(4);
    layout->addWidget(text, 1);
    layout->addWidget(copy, 0, Qt::AlignTop);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void CommandBox::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.colors().line, 1));
    painter.setBrush(m_theme.colors().background);
    painter.drawRoundedRect(
        QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), cornerRadius, cornerRadius);
}

StepNumber::StepNumber(const Theme& theme, int number, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_number(number)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("Step %1").arg(number));
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize StepNumber::sizeHint() const
{
    const QFontMetrics metrics(m_theme.smallFont());
    const int side = std::max({leastDiameter,
                               metrics.height() + 4,
                               metrics.horizontalAdvance(QString::number(m_number)) + 8});
    return {side, side};
}

void StepNumber::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.colors().line, 1));
    painter.drawEllipse(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    painter.setPen(m_theme.colors().dim);
    painter.setFont(m_theme.smallFont());
    painter.drawText(rect(), Qt::AlignCenter, QString::number(m_number));
}

} // namespace sightglass
