// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

class RevisionsPanelTest : public QObject
{
    Q_OBJECT
};

int revisions_panel_test(int argc, char** argv)
{
    RevisionsPanelTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "revisions_panel_test.moc"
