// SPDX-License-Identifier: GPL-3.0-or-later
// A type of one name that two files define at namespace scope breaks the program without a word
// from compiler or linker. Types inside anonymous or further namespaces, and within classes, are
// their file's own.

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <map>
#include <vector>

namespace {

/// Code without comments, literals and preprocessor lines, so that braces and names are what they
/// seem.
QString bareCode(const QString& text)
{
    static const QRegularExpression noise(
        QStringLiteral("R\"([^(\\s]*)\\((?:.|\\n)*?\\)\\1\"|//[^\\n]*|/\\*(?:.|\\n)*?\\*/|"
                       "\"(?:\\\\.|[^\"\\\\\\n])*\"|(?<![0-9A-Fa-f])'(?:\\\\.|[^'\\\\\\n])*'|"
                       "^[ \\t]*#(?:[^\\n]*\\\\\\n)*[^\\n]*"),
        QRegularExpression::MultilineOption);
    QString bare = text;
    return bare.replace(noise, QStringLiteral(" "));
}

/// Names of the types that `code` defines directly in namespace sightglass, by what begins each
/// pair of braces.
QStringList typesOf(const QString& code)
{
    static const QRegularExpression space(QStringLiteral("\\bnamespace\\s+([A-Za-z_:0-9]*)\\s*$"));
    static const QRegularExpression type(
        QStringLiteral("\\b(?:class|struct|union|enum(?:\\s+class)?)\\s+(?:\\[\\[[^]]*\\]\\]\\s*)?"
                       "([A-Za-z_]\\w*)\\s*(?:final\\s*)?(?::[^:;(){}][^;(){}]*)?$"));
    QStringList names;
    std::vector<QString> scopes; ///< the namespace's name, or ? for any other brace
    qsizetype begin = 0;
    for (qsizetype at = 0; at < code.size(); ++at) {
        const QChar sign = code[at];
        if (sign == QLatin1Char(';')) {
            begin = at + 1;
        } else if (sign == QLatin1Char('{')) {
            const QString head = code.mid(begin, at - begin);
            const auto inSpace = space.match(head);
            const bool direct =
                scopes.size() == 1 && scopes.front() == QStringLiteral("sightglass");
            if (const auto defined = type.match(head); direct && defined.hasMatch())
                names << defined.captured(1);
            scopes.push_back(inSpace.hasMatch() ? inSpace.captured(1) : QStringLiteral("?"));
            begin = at + 1;
        } else if (sign == QLatin1Char('}')) {
            if (!scopes.empty())
                scopes.pop_back();
            begin = at + 1;
        }
    }
    return names;
}

} // namespace

class OneNameTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void typesAreFoundWhereTheyAreDefined()
    {
        const QString code = QStringLiteral(
            "/* struct No {}; */ struct Forward;\nnamespace sightglass {\nstruct A { struct In {}; "
            "};\n"
            "template <typename T>\nclass B final : public A { };\nenum class C : unsigned char { "
            "x };\n"
            "struct Later;\nnamespace { struct Own {}; }\nnamespace inner { struct Deep {}; }\n"
            "void f() { struct Local {}; const char* s = \"struct Text {\"; }\n}\n");
        QCOMPARE(typesOf(bareCode(code)),
                 (QStringList{QStringLiteral("A"), QStringLiteral("B"), QStringLiteral("C")}));
    }

    void noTypeIsDefinedInTwoFiles()
    {
        const QString source = QStringLiteral(SIGHTGLASS_SOURCE_DIR);
        std::map<QString, QStringList> places;
        for (const char* top : {"core", "ui", "app"}) {
            QDirIterator walk(source + QLatin1Char('/') + QLatin1String(top),
                              {QStringLiteral("*.h"), QStringLiteral("*.cpp")},
                              QDir::Files,
                              QDirIterator::Subdirectories);
            while (walk.hasNext()) {
                QFile file(walk.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                for (const QString& name : typesOf(bareCode(QString::fromUtf8(file.readAll()))))
                    places[name] << file.fileName().mid(source.size() + 1);
            }
        }
        QVERIFY2(places.size() > 300, "types are no longer found");
        QStringList wrong;
        for (const auto& [name, files] : places) {
            if (files.size() > 1)
                wrong << name + QStringLiteral(": ") + files.join(QStringLiteral(", "));
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
    }
};

int one_name_test(int argc, char** argv)
{
    OneNameTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "one_name_test.moc"
