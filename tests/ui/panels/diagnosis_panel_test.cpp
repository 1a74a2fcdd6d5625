// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

class DiagnosisPanelTest : public QObject
{
    Q_OBJECT
};

int diagnosis_panel_test(int argc, char** argv)
{
    DiagnosisPanelTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "diagnosis_panel_test.moc"
