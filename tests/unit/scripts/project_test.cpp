// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/project.h"
#include "core/scripts/script_directory.h"

#include <QTest>

#include <algorithm>

using namespace sightglass;

namespace {

const std::string environment = "from alembic import context\ncontext.configure()\n";
const std::string revision = "revision = 'a'\ndown_revision = None\n";

std::string
found(const MemoryFileSystem& files, const Path& start, const std::string& section = "alembic")
{
    const auto project = findProject(
        files, {.start = start, .section = section, .versionTable = {}, .versionTableSchema = {}});
    if (!project)
        return "error: " + toText(project.error());
    std::string out = project->config.string() + " > " +
                      project->scriptLocation.lexically_normal().string() + " >";
    for (const Path& location : project->versionLocations)
        out += " " + location.lexically_normal().string();
    return out + (project->recursive ? " recursive" : "") +
           (project->sourceless ? " sourceless" : "");
}

std::string notes(const MemoryFileSystem& files, const Path& start)
{
    const auto project = findProject(
        files,
        {.start = start, .section = "alembic", .versionTable = {}, .versionTableSchema = {}});
    std::string out;
    for (const std::string& note : project ? project->notes : std::vector<std::string>())
        out += note + "\n";
    return out;
}

} // namespace

class ProjectTest : public QObject
{
    Q_OBJECT

    static MemoryFileSystem usual(const std::string& options = {})
    {
        MemoryFileSystem files;
        files.put("/p/alembic.ini", "[alembic]\nscript_location = migrations\n" + options);
        files.put("/p/migrations/env.py", environment);
        files.put("/p/migrations/versions/a.py", revision);
        files.put("/p/.git/HEAD", "");
        files.put("/p/src/app/models.py", "");
        return files;
    }

private Q_SLOTS:

    void findsTheNearestSettingsFromAnyPlaceInside()
    {
        const MemoryFileSystem files = usual();
        const std::string expected = "/p/alembic.ini > /p/migrations > /p/migrations/versions";
        for (const char* start : {"/p",
                                  "/p/alembic.ini",
                                  "/p/migrations",
                                  "/p/migrations/versions",
                                  "/p/src/app",
                                  "/p/migrations/versions/a.py",
                                  "/p/migrations/env.py"})
            QCOMPARE(found(files, start), expected);
    }

    void doesNotLeaveTheRepository()
    {
        MemoryFileSystem files;
        files.put("/p/alembic.ini", "[alembic]\nscript_location = m\n");
        files.put("/p/inner/.git/HEAD", "");
        files.put("/p/inner/x.py", "");
        QVERIFY(
            found(files, "/p/inner")
                .starts_with(
                    "error: /p/inner: No Alembic environment is at or below /p/inner, nor above it "
                    "(looked for alembic.ini, pyproject.toml with [tool.alembic], and versions/ in "
                    "/p/inner). Open the folder that holds alembic.ini, or the versions folder "
                    "itself."));
    }

    void resolvesEveryKindOfLocation_data()
    {
        QTest::addColumn<QString>("options");
        QTest::addColumn<QString>("locations");
        const auto row = [](const char* name, const char* options, const char* locations) {
            QTest::newRow(name) << QString::fromUtf8(options) << QString::fromUtf8(locations);
        };
        row("default", "", "/p/migrations/versions");
        row("empty", "version_locations =\n", "/p/migrations/versions");
        row("here", "version_locations = %(here)s/a\n", "/p/a");
        row("another option", "version_locations = %(script_location)s/x\n", "/p/migrations/x");
        row("legacy commas and blanks", "version_locations = a, b  c\n", "/p/a /p/b /p/c");
        row("space keeps commas",
            "version_path_separator = space\nversion_locations = a,b c\n",
            "/p/a,b /p/c");
        row("os", "version_path_separator = os\nversion_locations = a:b\n", "/p/a /p/b");
        row("newline",
            "path_separator = newline\nversion_locations =\n  a b\n  c\n",
            "/p/a b /p/c");
        row("semicolon", "path_separator = ;\nversion_locations = a;b;\n", "/p/a /p/b");
        row("package", "version_locations = app.db:versions:x\n", "/p/src/app/db/versions/x");
        row("recursive",
            "recursive_version_locations = true\n",
            "/p/migrations/versions recursive");
        row("recursive is the exact word",
            "recursive_version_locations = True\n",
            "/p/migrations/versions");
        row("sourceless", "sourceless = true\n", "/p/migrations/versions sourceless");
        row("inline comment does no harm",
            "version_path_separator = os  # note\n",
            "/p/migrations/versions");
    }

    void resolvesEveryKindOfLocation()
    {
        QFETCH(QString, options);
        QFETCH(QString, locations);
        MemoryFileSystem files = usual(options.toStdString());
        files.put("/p/src/app/db/__init__.py", "");
        QCOMPARE(QString::fromStdString(found(files, "/p")),
                 QStringLiteral("/p/alembic.ini > /p/migrations > ") + locations);
    }

    void refusesASeparatorThatAlembicRefuses()
    {
        QCOMPARE(found(usual("version_path_separator = os  # note\nversion_locations = a\n"), "/p"),
                 std::string("error: /p/alembic.ini:3: 'os  # note' is not a valid value for "
                             "path_separator; expected 'space', "
                             "'newline', 'os', ':', ';'. Move the comment to a line of its own; in "
                             "an ini it is part of the "
                             "value."));
    }

    void readsPyproject()
    {
        MemoryFileSystem files;
        files.put("/p/pyproject.toml",
                  "[tool.alembic]\nscript_location = \"%(here)s/migrations\"\nversion_locations = "
                  "[\"a\", \"%(here)s/b\"]\n"
                  "recursive_version_locations = true\nprepend_sys_path = [\".\"]\n");
        files.put("/p/migrations/env.py", environment);
        QCOMPARE(found(files, "/p"),
                 std::string("/p/pyproject.toml > /p/migrations > /p/a /p/b recursive"));
        files.put("/p/alembic.ini", "[alembic]\nversion_locations = c\n");
        QCOMPARE(found(files, "/p"),
                 std::string("/p/alembic.ini > /p/migrations > /p/c recursive"));
        QCOMPARE(found(files, "/p/pyproject.toml"),
                 std::string("/p/alembic.ini > /p/migrations > /p/c recursive"));
    }

    void saysWhatIsWrongWithATomlFile()
    {
        MemoryFileSystem files;
        files.put("/p/pyproject.toml", "[tool.alembic]\nscript_location = 'a%b'\n");
        QCOMPARE(found(files, "/p"),
                 std::string("error: /p/pyproject.toml:2: A value of [tool.alembic] has a percent "
                             "sign that is neither %% nor "
                             "%(here)s. Write %% for a percent sign."));
        files.put("/p/pyproject.toml", "[tool]\nalembic = 3\n");
        files.put("/q/pyproject.toml", "# tool.alembic\n[tool]\nalembic = 3\n");
        QCOMPARE(found(files, "/q"),
                 std::string("error: /q/pyproject.toml:3: [tool.alembic] is no table (Incorrect "
                             "TOML format). Write it as a table."));
        files.put("/r/pyproject.toml",
                  "[tool.alembic]\nscript_location = 'x'\nsourceless = 'true'\n");
        files.put("/r/x/env.py", environment);
        QCOMPARE(found(files, "/r"),
                 std::string("error: /r/pyproject.toml:3: boolean value expected for TOML "
                             "parameter 'sourceless'. Write true or "
                             "false without quotes."));
        files.put("/s/pyproject.toml", "[tool.alembic\n");
        QVERIFY(found(files, "/s")
                    .starts_with("error: /s/pyproject.toml:1: The file is no valid TOML"));
    }

    void choosesTheSection()
    {
        MemoryFileSystem files;
        files.put("/p/alembic.ini",
                  "[core]\nscript_location = core\n[tenant]\nscript_location = tenant\n");
        files.put("/p/core/env.py", environment);
        files.put("/p/tenant/env.py", environment);
        QCOMPARE(found(files, "/p", "tenant"),
                 std::string("/p/alembic.ini > /p/tenant > /p/tenant/versions"));
        QCOMPARE(found(files, "/p"),
                 std::string("error: /p/alembic.ini: The ini has no section [alembic]. Name one of "
                             "its sections that have a "
                             "script_location: core, tenant."));
        files.put("/p/alembic.ini", "[core]\nscript_location = core\n");
        QCOMPARE(found(files, "/p"), std::string("/p/alembic.ini > /p/core > /p/core/versions"));
        QVERIFY(
            notes(files, "/p").find("[core] is the only one with a script_location and is taken") !=
            std::string::npos);
    }

    void followsFlaskMigrateAndFoldersWithoutSettings()
    {
        MemoryFileSystem files;
        files.put("/f/migrations/alembic.ini", "[alembic]\n# nothing\n");
        files.put("/f/migrations/env.py", environment);
        files.put("/f/migrations/versions/a.py", revision);
        QCOMPARE(found(files, "/f/migrations/versions"),
                 std::string("/f/migrations/alembic.ini > /f/migrations > /f/migrations/versions"));
        files.put("/g/db/env.py", environment);
        files.put("/g/db/versions/a.py", revision);
        QCOMPARE(found(files, "/g/db"), std::string(" > /g/db > /g/db/versions"));
        QCOMPARE(found(files, "/g/db/versions"), std::string(" > /g/db > /g/db/versions"));
        files.put("/h/anything/a.py", revision);
        QCOMPARE(found(files, "/h/anything"), std::string(" > /h/anything > /h/anything"));
    }

    void takesTheOnlyEnvironmentBelowAndSaysSo()
    {
        MemoryFileSystem files;
        files.put("/p/backend/alembic.ini", "[alembic]\nscript_location = app/alembic\n");
        files.put("/p/backend/app/alembic/env.py", environment);
        files.put("/p/backend/app/alembic/versions/a.py", revision);
        QCOMPARE(found(files, "/p"),
                 std::string("/p/backend/alembic.ini > /p/backend/app/alembic > "
                             "/p/backend/app/alembic/versions"));
        QVERIFY(notes(files, "/p")
                    .starts_with("The environment was found below the folder given, at "
                                 "/p/backend/alembic.ini.\n"));
    }

    void picksNoneOfSeveralEnvironments()
    {
        MemoryFileSystem files;
        for (const char* name : {"/p/a/", "/p/b/"}) {
            files.put(Path(name) / "alembic.ini", "[alembic]\nscript_location = m\n");
            files.put(Path(name) / "m/env.py", environment);
        }
        QCOMPARE(found(files, "/p"),
                 std::string("error: /p: There are 2 Alembic environments below /p: "
                             "/p/a/alembic.ini, /p/b/alembic.ini. Open one of "
                             "them."));
    }

    void findsALocationRelativeToAFolderAbove()
    {
        MemoryFileSystem files;
        files.put("/p/.git/HEAD", "");
        files.put("/p/conf/alembic.ini", "[alembic]\nscript_location = app/migrations\n");
        files.put("/p/app/migrations/env.py", environment);
        QCOMPARE(
            found(files, "/p/conf"),
            std::string("/p/conf/alembic.ini > /p/app/migrations > /p/app/migrations/versions"));
        QVERIFY(
            notes(files, "/p/conf")
                .find("is relative to the folder Alembic is started in; it was found under /p.") !=
            std::string::npos);
    }

    void namesFoldersThatTheSettingsDoNotReach()
    {
        const auto unread = [](const MemoryFileSystem& files) {
            return findProject(files,
                               {.start = "/p",
                                .section = "alembic",
                                .versionTable = {},
                                .versionTableSchema = {}})
                ->unreadFolders;
        };
        QVERIFY(unread(usual()).empty());
        MemoryFileSystem files = usual();
        files.put("/p/migrations/versions/old/b.py", revision);
        QCOMPARE(unread(files), std::vector<Path>{"/p/migrations/versions/old"});
        MemoryFileSystem recursive = usual("recursive_version_locations = true\n");
        recursive.put("/p/migrations/versions/old/b.py", revision);
        QVERIFY(unread(recursive).empty());
    }

    void saysWhatIsWrongWithAnIni()
    {
        MemoryFileSystem files;
        files.put("/p/alembic.ini",
                  std::string("\x7f"
                              "ELF\0\0",
                              6));
        QCOMPARE(found(files, "/p"),
                 std::string("error: /p/alembic.ini: The file is binary, so it can't be a settings "
                             "file of Alembic. Restore it from "
                             "version control, or name another file."));
        files.put("/p/alembic.ini", "[alembic]\nscript_location = caf\xe9\n");
        QVERIFY(found(files, "/p")
                    .find("The file is not UTF-8, so it can't be a settings file of Alembic. Save "
                          "it as UTF-8") != std::string::npos);
        files.put("/p/alembic.ini", "[alembic]\nscript_location = %(nothing)s\n");
        QVERIFY(found(files, "/p")
                    .starts_with("error: /p/alembic.ini:2: The option script_location of [alembic] "
                                 "uses %(nothing)s"));
        files.put("/p/alembic.ini", "[alembic]\nscript_location = gone\n");
        QCOMPARE(found(files, "/p"),
                 std::string("error: /p/alembic.ini:2: Path doesn't exist: /p/gone "
                             "(script_location is \"gone\"). Correct "
                             "script_location, or open the versions folder itself."));
        files.put("/p/alembic.ini", "[alembic]\n");
        QCOMPARE(found(files, "/p"),
                 std::string("error: /p/alembic.ini: No 'script_location' key found in "
                             "configuration. Add script_location to "
                             "[alembic], or open the versions folder itself."));
        QVERIFY(found(files, "/gone")
                    .starts_with("error: /gone: Can't read /gone: it does not exist."));
    }

    void keepsTheUrlAndNeverNotesIt()
    {
        const auto url = [](const std::string& line) {
            const auto project = findProject(usual("sqlalchemy.url = " + line + "\n"),
                                             {.start = "/p",
                                              .section = "alembic",
                                              .versionTable = {},
                                              .versionTableSchema = {}});
            for (const std::string& note : project->notes) {
                if (note.find("secret") != std::string::npos)
                    return std::string("leaked");
            }
            return project->databaseUrl.value.isKnown()
                       ? project->databaseUrl.value.value()
                       : "unknown: " + project->databaseUrl.value.reason();
        };
        QCOMPARE(url("postgresql://u:secret$1@h/d"), std::string("postgresql://u:secret$1@h/d"));
        QCOMPARE(url("postgresql://u:a%%40b@h/d"), std::string("postgresql://u:a%40b@h/d"));
        QCOMPARE(url("driver://user:pass@localhost/dbname"), std::string());
        QCOMPARE(url("${DATABASE_URL}"), std::string());
        QCOMPARE(url(""), std::string());
        QVERIFY(url("postgresql://u:secret%40@h/d")
                    .starts_with("unknown: The option sqlalchemy.url of [alembic] has a %"));
    }

    void obeysTheOverridesOfTheRequest()
    {
        const auto project = findProject(
            usual(),
            {.start = "/p", .section = "alembic", .versionTable = "v", .versionTableSchema = "s"});
        QCOMPARE(project->versionTable.value.value(), std::string("v"));
        QCOMPARE(project->versionTableSchema.value.value(), std::string("s"));
    }
};

int project_test(int argc, char** argv)
{
    ProjectTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "project_test.moc"
