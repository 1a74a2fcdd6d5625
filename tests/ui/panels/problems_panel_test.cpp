// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

class ProblemsPanelTest : public QObject
{
    Q_OBJECT
};

int problems_panel_test(int argc, char** argv)
{
    ProblemsPanelTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "problems_panel_test.moc"
