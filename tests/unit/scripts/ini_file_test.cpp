// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/ini_file.h"

#include <QTest>

using namespace sightglass;

class IniFileTest : public QObject
{
    Q_OBJECT

    static std::string value(const std::string& text, const std::string& option = "a")
    {
        const auto ini = IniFile::parse(text, "/p/alembic.ini", "/p");
        if (!ini)
            return "refused: " + toText(ini.error());
        const auto found = ini->value("s", option);
        if (!found)
            return "broken: " + toText(found.error());
        return *found ? "=" + **found : "absent";
    }

private Q_SLOTS:

    void readsOptionsAsConfigParserDoes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* text, const char* expected) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(expected);
        };
        row("equals", "[s]\na = 1\n", "=1");
        row("colon", "[s]\na: 1 = 2\n", "=1 = 2");
        row("names are lowered", "[s]\nA = 1\n", "=1");
        row("sections are not", "[S]\na = 1\n", "absent");
        row("comments", "[s]\n# x\n  ; y\na = 1\n", "=1");
        row("no inline comments", "[s]\na = os  # note\n", "=os  # note");
        row("continued", "[s]\na = 1\n  2\n\t3\n", "=1\n2\n3");
        row("continued over an empty line", "[s]\na = 1\n\n  2\n", "=1\n\n2");
        row("a comment inside is left out", "[s]\na = 1\n  # no\n  2\n", "=1\n2");
        row("empty", "[s]\na =\n", "=");
        row("quotes stay", "[s]\na = \"x\"\n", "=\"x\"");
        row("shared", "[DEFAULT]\na = 1\n[s]\n", "=1");
        row("own before shared", "[s]\na = 2\n[DEFAULT]\na = 1\n", "=2");
        row("here", "[s]\na = %(here)s/x\n", "=/p/x");
        row("interpolation", "[s]\na = %(b)s%%\nb = %(c)s!\nc = 1\n", "=1!%");
        row("other sections are not seen",
            "[t]\nb = 1\n[s]\na = %(b)s\n",
            "broken: /p/alembic.ini:4: The option a of [s] uses %(b)s, and no such option is in "
            "that section or in "
            "[DEFAULT] (InterpolationMissingOptionError). Add the option; environment variables "
            "are not consulted.");
        row("lone percent sign",
            "[s]\na = p%40ss\n",
            "broken: /p/alembic.ini:2: The option a of [s] has a % that stands alone "
            "(InterpolationSyntaxError). Write "
            "%% for a percent sign.");
        row("unfinished",
            "[s]\na = %(b\n",
            "broken: /p/alembic.ini:2: The option a of [s] has a %( that does not end in )s "
            "(InterpolationSyntaxError). Write %(name)s, or %% for a percent sign.");
        row("circle",
            "[s]\na = %(a)s\n",
            "broken: /p/alembic.ini:2: The option a of [s] refers to itself through its %(...)s "
            "(InterpolationDepthError). Write the value out.");
        row("broken elsewhere does no harm", "[s]\nb = %\na = 1\n", "=1");
        row("second section",
            "[s]\n[s]\n",
            "refused: /p/alembic.ini:2: The section [s] is there a second time "
            "(DuplicateSectionError). Join the two.");
        row("second option",
            "[s]\na = 1\nA = 2\n",
            "refused: /p/alembic.ini:3: The option a is there a second time in [s] "
            "(DuplicateOptionError). Remove one "
            "of the two.");
        row("no section",
            "a = 1\n",
            "refused: /p/alembic.ini:1: The file has text before its first section, \"a = 1\" "
            "(MissingSectionHeaderError). Begin it with [alembic].");
        row("no option",
            "[s]\na = 1\nxyz\n",
            "refused: /p/alembic.ini:3: The line \"xyz\" is no option (ParsingError). Write it as "
            "name = value, or "
            "indent it to continue the value above.");
        row("windows lines", "[s]\r\na = 1\r\n  2\r\n", "=1\n2");
    }

    void readsOptionsAsConfigParserDoes()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(QString::fromStdString(value(text.toStdString())), expected);
    }

    void refusesAByteOrderMarkAsPythonDoes()
    {
        QCOMPARE(value("\xEF\xBB\xBF[s]\na = 1\n"),
                 std::string(
                     "refused: /p/alembic.ini:1: The file has text before its first section, "
                     "\"\xEF\xBB\xBF[s]\" "
                     "(MissingSectionHeaderError). Save it as UTF-8 without a byte order mark."));
    }

    void endsWhenValuesDoubleAndDouble()
    {
        std::string text = "[s]\na = %(b0)s\n";
        for (int i = 0; i < 8; ++i) {
            text += "b" + std::to_string(i) + " =";
            for (int j = 0; j < 40; ++j)
                text += " %(b" + std::to_string(i + 1) + ")s";
            text += "\n";
        }
        text += "b8 = x\n";
        QVERIFY(value(text).starts_with(
            "broken: /p/alembic.ini:2: The option a of [s] grows without end"));
    }
};

int ini_file_test(int argc, char** argv)
{
    IniFileTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "ini_file_test.moc"
