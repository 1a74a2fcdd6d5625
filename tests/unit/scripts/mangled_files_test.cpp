// SPDX-License-Identifier: GPL-3.0-or-later
// Files damaged at random, from a fixed seed: no crash, no hang, and the quick reader never says
// anything else than the tree.
#include "core/scripts/ini_file.h"
#include "core/scripts/revision_file.h"

#include <QTest>

#include <array>
#include <random>

using namespace sightglass;

namespace {

constexpr std::array<std::string_view, 5> seeds{
    "\"\"\"add table\n\nRevision ID: a1\nRevises: b2\nCreate Date: 2024-01-01 10:00:00\n\n\"\"\"\n"
    "from alembic import op\nimport sqlalchemy as sa\n\nrevision: str = 'a1'\ndown_revision = "
    "'b2'\n"
    "branch_labels = None\ndepends_on = ('c', \"d\")\n\n\ndef upgrade() -> None:\n    "
    "op.create_table(\n        't',\n"
    "        sa.Column('id', sa.Integer(), nullable=False),\n    )\n    if x:\n        pass\n    "
    "else:\n        return\n\n\n"
    "def downgrade():\n    with op.batch_alter_table('t') as b:\n        b.drop_column('id')\n",
    "A = 'x'\nrevision = A + 'y' % (1,)\nif A == 'x':\n    down_revision = [A, *('b',)]\nelse:\n   "
    " down_revision = None\n"
    "try:\n    import z\nexcept ImportError:\n    z = None\nfor i in (1, 2):\n    A += 'q'\ndel "
    "A\n",
    "# -*- coding: latin-1 -*-\nclass C:\n    X = 'v'\nrevision = C.X\nD = {'k': 'v'}\nD['l'] = "
    "f'{C.X!r:>{3}} {{}}'\n"
    "down_revision = D['l'] if D else '{0}'.format('a')\nmatch D:\n    case {}:\n        pass\n",
    "[alembic]\nscript_location = %(here)s/x\n  more\n# note\nsqlalchemy.url = "
    "a%%b%(c)s\n[DEFAULT]\nc : d\n",
    "revision = 'r' \"\"\"s\\x41\\u0042\\N{DASH}\\777\"\"\"\nexec(x)\ndown_revision, b = (None, "
    "lambda: 1)\n",
};

std::string mangled(std::string text, std::mt19937& random)
{
    static constexpr std::string_view letters = "'\"()[]{}:=,.#\\\n\r\t \0%fr*@;\xEF\xE9_aA0";
    const auto below = [&](std::size_t limit) {
        return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
    };
    for (std::size_t changes = 1 + below(6); changes > 0 && !text.empty(); --changes) {
        const std::size_t at = below(text.size());
        switch (below(5)) {
        case 0:
            text.erase(at, 1 + below(8));
            break;
        case 1:
            text.insert(at, 1, letters[below(letters.size())]);
            break;
        case 2:
            text[at] = letters[below(letters.size())];
            break;
        case 3:
            text.insert(at, text.substr(below(text.size()), 1 + below(40)));
            break;
        default:
            text.resize(at);
            break;
        }
    }
    return text;
}

} // namespace

class MangledFilesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void neverCrashesAndNeverDiffers()
    {
        constexpr unsigned seed = 20261121;
        qInfo("seed %u", seed);
        std::mt19937 random(seed);
        const MemoryFileSystem files;
        ProjectModules modules(files, {"/p"});
        for (int round = 0; round < 3'000; ++round) {
            const std::string text =
                mangled(std::string(seeds[static_cast<std::size_t>(round) % seeds.size()]), random);
            const auto quick = readRevisionFile({.file = "/p/x.py", .bytes = text}, modules);
            const auto tree =
                readRevisionFile({.file = "/p/x.py", .bytes = text, .quick = false}, modules);
            if (!(quick == tree))
                QFAIL(("the two readers differ on\n" + text).c_str());
            QVERIFY(quick.revision.has_value() || !quick.problems.empty());
            readRevisionFile({.file = "/p/x.py", .bytes = text, .whole = false}, modules);
            if (const auto ini = IniFile::parse(text, "/p/x.ini", "/p")) {
                for (const std::string& section : ini->sections()) {
                    const auto url = ini->value(section, "sqlalchemy.url");
                    QVERIFY(url.has_value() || !url.error().message.empty());
                }
            }
        }
    }
};

int mangled_files_test(int argc, char** argv)
{
    MangledFilesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "mangled_files_test.moc"
