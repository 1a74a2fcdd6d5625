// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"

#include <QPointer>

#include <memory>
#include <vector>

namespace sightglass::tests {

/// Everything a panel lives among, and what it asked for.
class PanelFixture
{
public:
    explicit PanelFixture(ColorScheme scheme = ColorScheme::Light);

    PanelContext context() { return {store, selection, requests, theme}; }

    void open(std::shared_ptr<const Inspection> inspection) { store.set(std::move(inspection)); }

    Theme theme;
    InspectionStore store;
    Selection selection;
    Requests requests;
    std::vector<Request> asked;
    int jumps = 0;
};

/// Fonts, style and style sheet of the real window.
void useApplicationLook(const Theme& theme);

} // namespace sightglass::tests
