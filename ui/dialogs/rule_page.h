// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QDialog>

class QTextBrowser;

namespace sightglass {

/// The page of a rule: what happens, why it hurts, a bad and a good example, safe steps.
class RulePageDialog : public QDialog
{
    Q_OBJECT

public:
    RulePageDialog(const Theme& theme, const QString& rule, QWidget* parent);

private:
    void showPage();

    const Theme& m_theme;
    QString m_rule;
    QTextBrowser* m_text;
};

} // namespace sightglass
