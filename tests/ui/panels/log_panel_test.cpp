// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

class LogPanelTest : public QObject
{
    Q_OBJECT
};

int log_panel_test(int argc, char** argv)
{
    LogPanelTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "log_panel_test.moc"
