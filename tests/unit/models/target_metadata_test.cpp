// SPDX-License-Identifier: GPL-3.0-or-later
// How the models are found that env.py means, in projects that are written down here.
#include "core/models/models.h"

#include <QTest>

#include <algorithm>
#include <string>

using namespace sightglass;

namespace {

constexpr const char* baseModule = "from sqlalchemy.orm import declarative_base\n"
                                   "Base = declarative_base()\n";
constexpr const char* userModule = "from sqlalchemy import Column, Integer\n"
                                   "from app.base import Base\n"
                                   "class User(Base):\n"
                                   "    __tablename__ = 'user'\n"
                                   "    id = Column(Integer, primary_key=True)\n";

/// A project /p with a package app and the given env.py.
class Written
{
public:
    explicit Written(const std::string& environment)
    {
        put("env.py", environment);
        put("pyproject.toml", "");
        put("alembic.ini", "[alembic]\nscript_location = .\ntarget = Base\n");
        put("app/__init__.py", "");
        put("app/base.py", baseModule);
        project.root = "/p";
        project.config = "/p/alembic.ini";
        project.section = "alembic";
        project.scriptLocation = "/p";
        project.environmentFile = "/p/env.py";
        project.importRoots = {"/p"};
    }

    void put(const std::string& name, std::string text)
    {
        files.put("/p/" + name, std::move(text));
    }

    ModelsReading read() const { return readModels(files, project, {}, {}); }

    MemoryFileSystem files;
    Project project;
};

bool hasTable(const ModelsReading& reading, const std::string& name)
{
    return reading.declaredAt.contains({"public", name});
}

bool says(const std::vector<std::string>& notes, const std::string& words)
{
    return std::ranges::any_of(
        notes, [&](const std::string& each) { return each.find(words) != std::string::npos; });
}

} // namespace

class TargetMetadataTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void modelsThatEnvDoesNotImportAreReadAndNamed()
    {
        Written project("from app.base import Base\ntarget_metadata = Base.metadata\n");
        project.put("app/users.py", userModule);
        const ModelsReading reading = project.read();
        QVERIFY2(reading.found, reading.whyNot.c_str());
        QVERIFY(hasTable(reading, "user"));
        QVERIFY(says(reading.notes, "app.users"));
    }

    void modelsThatEnvImportsNeedNoNote()
    {
        Written project("from app.base import Base\nimport app.users\n"
                        "target_metadata = Base.metadata\n");
        project.put("app/users.py", userModule);
        const ModelsReading reading = project.read();
        QVERIFY(hasTable(reading, "user"));
        QVERIFY(reading.notes.empty());
    }

    void aSettingOfTheIniNamesTheBase()
    {
        Written project("from alembic import context\nfrom app import base, users\n"
                        "target_metadata = getattr(base, "
                        "context.config.get_main_option('target')).metadata\n");
        project.put("app/users.py", userModule);
        const ModelsReading reading = project.read();
        QVERIFY2(reading.found, reading.whyNot.c_str());
        QVERIFY(hasTable(reading, "user"));
    }

    void attributesOfAProgramAreEmptyOnTheCommandLine()
    {
        Written project("from alembic import context\n"
                        "target_metadata = context.config.attributes.get('metadata')\n"
                        "if target_metadata is None:\n"
                        "    from app.users import Base\n"
                        "    target_metadata = Base.metadata\n");
        project.put("app/users.py", userModule);
        const ModelsReading reading = project.read();
        QVERIFY2(reading.found, reading.whyNot.c_str());
        QVERIFY(hasTable(reading, "user"));
    }

    void aPackageMayImportItsOwnPart()
    {
        Written project("import app.users\ntarget_metadata = app.users.Base.metadata\n");
        project.put("app/__init__.py", "from app import users\n");
        project.put("app/users.py", userModule);
        const ModelsReading reading = project.read();
        QVERIFY2(reading.found, reading.whyNot.c_str());
        QVERIFY(hasTable(reading, "user"));
    }

    void mixinsOfKnownPackagesBringTheirColumns()
    {
        Written project("from app.users import Base\ntarget_metadata = Base.metadata\n");
        project.put("app/users.py",
                    "from oslo_db.sqlalchemy import models\n"
                    "from sqlalchemy import Column, Integer\n"
                    "from app.base import Base\n"
                    "class User(models.TimestampMixin, Base):\n"
                    "    __tablename__ = 'user'\n"
                    "    id = Column(Integer, primary_key=True)\n");
        const ModelsReading reading = project.read();
        QVERIFY(hasTable(reading, "user"));
        QVERIFY(reading.doubts.empty());
    }

    void columnsComeInTheirSortOrder()
    {
        Written project("from app.users import Base\ntarget_metadata = Base.metadata\n");
        project.put("app/users.py",
                    "from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column\n"
                    "class Base(DeclarativeBase):\n"
                    "    pass\n"
                    "class Mixin:\n"
                    "    last: Mapped[int] = mapped_column(sort_order=5)\n"
                    "    first: Mapped[int] = mapped_column(sort_order=-1)\n"
                    "    other: Mapped[int]\n"
                    "class User(Mixin, Base):\n"
                    "    __tablename__ = 'user'\n"
                    "    id: Mapped[int] = mapped_column(primary_key=True)\n");
        const ModelsReading reading = project.read();
        const Table* const table = reading.schema.table({"public", "user"});
        QVERIFY(table != nullptr);
        QStringList names;
        for (const Column& column : table->columns)
            names.append(QString::fromStdString(column.name));
        QCOMPARE(names.join(QLatin1Char(' ')), QStringLiteral("first id other last"));
    }

    void theOnlyMetaDataIsReadWithADoubtWhereTheTargetIsUnknown()
    {
        Written project("from elsewhere import thing\ntarget_metadata = thing.metadata\n");
        project.put("app/users.py", userModule);
        const ModelsReading reading = project.read();
        QVERIFY2(reading.found, reading.whyNot.c_str());
        QVERIFY(hasTable(reading, "user"));
        QCOMPARE(reading.doubts.size(), std::size_t(1));
    }

    void aTargetOfNoKnownSourceIsSaid()
    {
        const ModelsReading reading =
            Written("from elsewhere import thing\ntarget_metadata = thing.metadata\n").read();
        QVERIFY(!reading.found);
        QVERIFY(reading.whyNot.find("elsewhere") != std::string::npos);
    }
};

int target_metadata_test(int argc, char** argv)
{
    TargetMetadataTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "target_metadata_test.moc"
