// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QDialog>

#include <vector>

class QPushButton;
class QStackedWidget;

namespace sightglass {

class PageArea;
class StepList;
class TextLabel;

/// One step of a wizard: a heading, a sentence below it and what is to be seen or chosen.
class WizardPage : public QWidget
{
    Q_OBJECT

public:
    /// `name` stands in the list of steps, `title` above the page.
    WizardPage(const Theme& theme, const QString& name, const QString& title);

    const QString& name() const { return m_name; }

    /// The wizard may go on from here.
    virtual bool isComplete() const { return true; }

    /// Verb and noun of the button that goes on.
    virtual QString nextText() const;

    /// The button goes on to something that can't be gone back from.
    virtual bool actsOnNext() const { return false; }

    virtual bool canGoBack() const { return true; }

    /// False while something runs.
    virtual bool canLeave() const { return true; }

    /// What "Copy as commands" gives; empty: it is not offered here.
    virtual QString commands() const { return {}; }

Q_SIGNALS:
    /// Anything above is another now.
    void changed();

protected:
    /// Puts what may be longer than the page into its scrolling area.
    static void showIn(PageArea& area, QWidget* content);
    void setHeading(const QString& title, const QString& summary);

    const Theme& theme() const { return m_theme; }

private:
    const Theme& m_theme;
    QString m_name;
    TextLabel* m_title;
    TextLabel* m_summary;
};

/// A guided way through one action: the list of its steps at the left, one page at a time.
class Wizard : public QDialog
{
    Q_OBJECT

public:
    Wizard(const Theme& theme, const QString& title, QWidget* parent);

    /// Shows the first page; call it after every page was added.
    void begin();
    int currentStep() const;

public Q_SLOTS:
    void next();
    void back();
    /// Asks first where something runs.
    void reject() override;

protected:
    void addPage(WizardPage* page);
    WizardPage& page(int index) const;
    void goTo(int step);
    /// A page is shown now; `forward` from one before it.
    virtual void entered(int step, bool forward);

private:
    void createLayout(const QString& title);
    void refresh();
    void copyCommands();

    const Theme& m_theme;
    StepList* m_steps = nullptr;
    QStackedWidget* m_stack = nullptr;
    QPushButton* m_copy = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_back = nullptr;
    QPushButton* m_next = nullptr;
};

} // namespace sightglass
