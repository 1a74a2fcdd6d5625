// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/revision_reading.h"
#include "ui/theme.h"

#include <QWidget>

class QStackedWidget;

namespace sightglass {

class ChipButton;
class CopyButton;
class SqlView;
class TextLabel;

/// The statements that a reading sends, as a script; what can't be written is a comment.
QString sqlOf(const RevisionReading& reading);

/// What upgrade and downgrade of a revision send to the server.
class SqlPage : public QWidget
{
    Q_OBJECT

public:
    explicit SqlPage(const Theme& theme, QWidget* parent = nullptr);

    void showStatements(const QString& upgrade, const QString& downgrade);
    /// In place of statements.
    void showWords(const QString& words);
    bool showsDowngrade() const;

private:
    void refresh();

    QString m_upgrade;
    QString m_downgrade;
    ChipButton* m_up = nullptr;
    ChipButton* m_down = nullptr;
    CopyButton* m_copy = nullptr;
    QStackedWidget* m_pages = nullptr;
    TextLabel* m_words = nullptr;
    SqlView* m_view = nullptr;
};

} // namespace sightglass
