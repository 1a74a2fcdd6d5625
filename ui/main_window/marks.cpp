// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/marks.h"

#include "ui/state/environment.h"

#include <QAction>
#include <QPainter>
#include <QStyle>

namespace sightglass {

namespace {

QString toneText(Tone tone)
{
    switch (tone) {
    case Tone::Neutral:
        return QStringLiteral("neutral");
    case Tone::Accent:
        return QStringLiteral("accent");
    case Tone::Good:
        return QStringLiteral("good");
    case Tone::Warning:
        return QStringLiteral("warning");
    case Tone::Danger:
        return QStringLiteral("danger");
    }
    return {};
}

} // namespace

void setStyleProperty(QWidget* widget, const char* name, const QString& value)
{
    if (widget->property(name).toString() == value)
        return;
    widget->setProperty(name, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    widget->update();
}

EnvironmentBadge::EnvironmentBadge(QWidget* parent)
    : QLabel(parent)
{
    setProperty("role", QStringLiteral("environment"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    QFont spaced = font();
    spaced.setLetterSpacing(QFont::AbsoluteSpacing, 0.8);
    setFont(spaced);
}

void EnvironmentBadge::setEnvironment(Environment environment)
{
    setText(badgeText(environment));
    setToolTip(QStringLiteral("Environment: %1").arg(shownText(environment)));
    setAccessibleName(toolTip());
    setStyleProperty(this, "tone", toneText(Theme::toneOf(environment)));
}

ElidedLabel::ElidedLabel(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    setProperty("role", QStringLiteral("dim"));
}

void ElidedLabel::setText(const QString& text)
{
    if (text == m_text)
        return;
    m_text = text;
    setAccessibleName(text);
    setToolTip(text);
    updateGeometry();
    update();
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_text) + 2, fontMetrics().height() + 4};
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 6, fontMetrics().height() + 4};
}

void ElidedLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const bool dim = property("role").toString() == QStringLiteral("dim");
    painter.setPen(palette().color(dim ? QPalette::PlaceholderText : QPalette::WindowText));
    painter.drawText(rect(),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(m_text, Qt::ElideRight, width()));
}

ActionButton::ActionButton(QAction* action, QWidget* parent)
    : QPushButton(parent)
    , m_action(action)
{
    setObjectName(action->objectName() + QStringLiteral("Button"));
    connect(this, &QPushButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, this, &ActionButton::followAction);
    followAction();
}

void ActionButton::setOwnText(const QString& text)
{
    m_ownText = text;
    followAction();
}

void ActionButton::followAction()
{
    setText(m_ownText.isEmpty() ? m_action->text() : m_ownText);
    setEnabled(m_action->isEnabled());
    QString tip = m_action->toolTip();
    if (!m_action->shortcut().isEmpty())
        tip += QStringLiteral(" (%1)").arg(m_action->shortcut().toString(QKeySequence::NativeText));
    setToolTip(tip);
    setAccessibleName(m_action->text());
}

} // namespace sightglass
