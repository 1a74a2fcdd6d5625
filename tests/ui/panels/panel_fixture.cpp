// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/panels/panel_fixture.h"

#include <QApplication>

// The macro has to stand outside of every namespace.
static void loadResources()
{
    Q_INIT_RESOURCE(resources);
}

namespace sightglass::tests {

PanelFixture::PanelFixture(ColorScheme scheme)
    : theme(scheme)
{
    QObject::connect(&requests, &Requests::asked, &requests, [this](const Request& request) {
        asked.push_back(request);
    });
    QObject::connect(&selection, &Selection::jumped, &selection, [this] { ++jumps; });
}

void useApplicationLook(const Theme& theme)
{
    loadResources();
    theme.applyTo(*qApp);
}

} // namespace sightglass::tests
