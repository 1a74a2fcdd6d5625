// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

class InspectorPanelTest : public QObject
{
    Q_OBJECT
};

int inspector_panel_test(int argc, char** argv)
{
    InspectorPanelTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "inspector_panel_test.moc"
