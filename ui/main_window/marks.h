// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QLabel>
#include <QPushButton>

class QAction;

namespace sightglass {

/// A property that the style sheet reads was set: the widget's rules are looked up again.
void setStyleProperty(QWidget* widget, const char* name, const QString& value);

/// "DEV" on the colour of its danger; empty when there is no database.
class EnvironmentBadge : public QLabel
{
    Q_OBJECT

public:
    explicit EnvironmentBadge(QWidget* parent = nullptr);
    void setEnvironment(Environment environment);
};

/// One line that gives way: elided at its end, whole in the tooltip.
class ElidedLabel : public QWidget
{
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget* parent = nullptr);
    void setText(const QString& text);

    QString text() const { return m_text; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
};

/// A push button that is an action: text, state and tooltip follow it.
class ActionButton : public QPushButton
{
    Q_OBJECT

public:
    explicit ActionButton(QAction* action, QWidget* parent = nullptr);
    /// Another text than the menu's.
    void setOwnText(const QString& text);

private:
    void followAction();

    QAction* m_action;
    QString m_ownText;
};

} // namespace sightglass
