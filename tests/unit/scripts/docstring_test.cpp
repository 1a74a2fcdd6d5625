// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/docstring_facts.h"
#include "core/scripts/revision_file.h"

#include <QTest>

using namespace sightglass;

class DocstringTest : public QObject
{
    Q_OBJECT

    static Revision read(const std::string& docstring)
    {
        const MemoryFileSystem files;
        ProjectModules modules(files, {});
        const std::string text = docstring + "\nrevision = 'c'\ndown_revision = None\n";
        const auto file = readRevisionFile({.file = "/x.py", .bytes = text}, modules);
        const auto byTree =
            readRevisionFile({.file = "/x.py", .bytes = text, .quick = false}, modules);
        return file == byTree && file.revision ? *file.revision : Revision{.id = "differs"};
    }

private Q_SLOTS:

    void readsMessageDateAndRepeatedIdentifiers()
    {
        const Revision revision =
            read("\"\"\"add a table\nwith two lines\n\nRevision ID: c\nRevises: a, b\n"
                 "Create Date: 2024-01-31 10:00:00.123456+02:00\n\nmore\n\"\"\"");
        QCOMPARE(revision.message, std::string("add a table\nwith two lines"));
        QVERIFY(revision.longMessage.ends_with("more"));
        QCOMPARE(revision.created.value(), std::string("2024-01-31T10:00:00.123456+02:00"));
        QCOMPARE(revision.docRevisionId->id, std::string("c"));
        QCOMPARE(revision.docRevisionId->span.line, 4);
        QCOMPARE(revision.docRevisionId->span.column, 1);
        QCOMPARE(*revision.docRevises, (std::vector<RevisionId>{"a", "b"}));
        QCOMPARE(revision.docRevisesSpan.line, 5);
        QCOMPARE(revision.docRevisesSpan.endColumn, 14);
    }

    void readsTheOddFormsOfRevises()
    {
        QCOMPARE(*read("'''m\n\nRevises: ('a', 'b')\n'''").docRevises,
                 (std::vector<RevisionId>{"a", "b"}));
        QCOMPARE(*read("'''m\n\nRevises: \n'''").docRevises, std::vector<RevisionId>{});
        QCOMPARE(*read("'''m\n\nRevises: None\n'''").docRevises, std::vector<RevisionId>{});
        QVERIFY(!read("'''m'''").docRevises.has_value());
        QCOMPARE(read("'''m\n\nRevision ID: q'''").docRevisionId->id, std::string("q"));
    }

    void followsPythonOnWhatADocstringIs()
    {
        QCOMPARE(read("# note\n\n'one' \"two\"").message, std::string("onetwo"));
        QCOMPARE(read("r'a\\b'").message, std::string("a\\b"));
        QCOMPARE(read("u'a\\tb'").message, std::string("a\tb"));
        QCOMPARE(read("f'a'").message, std::string());
        QCOMPARE(read("b'a'").message, std::string());
        QCOMPARE(read("import x\n'a'").message, std::string());
        QCOMPARE(read("('a')").message, std::string("a"));
        QCOMPARE(read("'''  a  \r\n\r\nb'''").message, std::string("a  "));
        QCOMPARE(read("'a \\N{DASH}'").message, std::string("a \\N{DASH}"));
    }

    void takesOnlyTimesThatAreTimes()
    {
        QCOMPARE(rfc3339Of("2014-01-02 03:04:05").value(), std::string("2014-01-02T03:04:05"));
        QCOMPARE(rfc3339Of("2014-01-02T03:04:05Z").value(), std::string("2014-01-02T03:04:05Z"));
        for (const char* bad : {"",
                                "2014-01-02",
                                "2014-13-02 03:04:05",
                                "2014-01-32 03:04:05",
                                "2014-01-02 24:04:05",
                                "2014-01-02 03:04:05 UTC",
                                "2014-01-02 03:04:05.",
                                "soon and very soon it is"})
            QVERIFY2(!rfc3339Of(bad).has_value(), bad);
    }
};

int docstring_test(int argc, char** argv)
{
    DocstringTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "docstring_test.moc"
