// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/go_to/go_to_model.h"
#include "ui/theme.h"

#include <QFrame>
#include <QPointer>

class QLabel;
class QLineEdit;
class QListView;

namespace sightglass {

/// Go to anything: a field and a list over the middle of the window, for the keyboard alone.
class GoToPalette : public QFrame
{
    Q_OBJECT

public:
    GoToPalette(const Theme& theme, QWidget* window);

    GoToModel& model() { return m_model; }

    /// Shows the palette with the text it had before selected.
    void open();

Q_SIGNALS:
    void chosen(const sightglass::Destination& destination);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void createLayout(const Theme& theme);
    void search(const QString& text);
    void move(int rows);
    void choose(const QModelIndex& index);
    void leave();

    GoToModel m_model;
    QLineEdit* m_field;
    QListView* m_list;
    QLabel* m_nothing;
    QPointer<QWidget> m_focusBefore;
};

} // namespace sightglass
