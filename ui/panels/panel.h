// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/inspection_store.h"
#include "ui/state/requests.h"
#include "ui/state/selection.h"
#include "ui/theme.h"

#include <QWidget>

namespace sightglass {

/// What a panel may know. Panels meet only here.
struct PanelContext
{
    InspectionStore& store;
    Selection& selection;
    Requests& requests;
    Theme& theme;
};

/// Base of everything that shows an Inspection: stale while hidden, refreshed when shown.
class Panel : public QWidget
{
    Q_OBJECT

public:
    explicit Panel(const PanelContext& context, QWidget* parent = nullptr);

protected:
    /// A new inspection is to be shown; null when the project was closed.
    virtual void showInspection(const std::shared_ptr<const Inspection>& inspection) = 0;
    /// Colours or fonts changed.
    virtual void applyTheme() {}
    void showEvent(QShowEvent* event) override;
    /// Shows the current inspection now, also while hidden: for what is asked of a panel from outside.
    void ensureFresh();

    const PanelContext& context() const { return m_context; }

private:
    void refresh();

    PanelContext m_context;
    bool m_stale = true;
};

} // namespace sightglass
