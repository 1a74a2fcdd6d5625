// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/project/project_tree.h"

#include <QTest>

using namespace sightglass;
using namespace sightglass::tests;

class EnvironmentSanityTest : public QObject
{
    Q_OBJECT

    static ProjectScan scanOf(const ProjectTree& tree)
    {
        const auto project = findProject(tree.files(), {.start = "/p"});
        const ModelsReading models = readModels(tree.files(), *project, {}, {});
        ScanInput more{.project = *project};
        more.models = &models;
        return tree.scan(&more);
    }

private Q_SLOTS:

    void saysWhereTheUrlComesFrom_data()
    {
        QTest::addColumn<QString>("env");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* env, const char* url, const char* expected) {
            QTest::newRow(env) << QString::fromUtf8(env) << QString::fromUtf8(url)
                               << QString::fromUtf8(expected);
        };
        row("e = engine_from_config(config.get_section('alembic'))",
            "postgresql://h/d",
            "sqlalchemy.url of alembic.ini");
        row("e = engine_from_config(config.get_section('alembic')) ",
            "driver://user:pass@localhost/dbname",
            "");
        row("url = config.get_main_option('sqlalchemy.url')", "", "");
        row("config.set_main_option('sqlalchemy.url', settings.URL)\nengine_from_config({})",
            "",
            "env.py sets sqlalchemy.url");
        row("c = config.get_section('alembic')\nc['sqlalchemy.url'] = x",
            "",
            "env.py sets sqlalchemy.url");
        row("e = create_engine(os.environ.get('DATABASE_URL'))",
            "",
            "the environment variable DATABASE_URL");
        row("e = create_engine(settings.url)", "", "create_engine in env.py");
        row("from app.db import engine\nwith engine.connect() as c:\n    pass",
            "",
            "a connection that env.py takes from engine");
    }

    void saysWhereTheUrlComesFrom()
    {
        QFETCH(QString, env);
        QFETCH(QString, url);
        QFETCH(QString, expected);
        ProjectTree tree;
        tree.put("alembic.ini",
                 "[alembic]\nscript_location = alembic\nsqlalchemy.url = " + url.toStdString() +
                     "\n");
        tree.put("alembic/env.py",
                 "from alembic import context\nconfig = context.config\n" + env.toStdString() +
                     "\ncontext.configure(connection=c)\n");
        const ProjectScan scan = tree.scan();
        QCOMPARE(QString::fromStdString(scan.environment.urlSource), expected);
        QCOMPARE(ProjectTree::text(scan, "env-url-missing").empty(), !expected.isEmpty());
    }

    void missingMetadataIsLoudWhereThereAreModels()
    {
        ProjectTree tree;
        tree.put("alembic/env.py",
                 "from alembic import context\ntarget_metadata = "
                 "None\ncontext.configure(target_metadata=target_metadata)\n");
        QCOMPARE(ProjectTree::text(scanOf(tree), "env-target-metadata"),
                 std::string("info alembic/env.py:3\n"));
        tree.put("app/models.py", "class A(Base):\n    __tablename__ = 'a'\n");
        QCOMPARE(ProjectTree::text(scanOf(tree), "env-target-metadata"),
                 std::string("medium alembic/env.py:3\n"));
    }

    void modelsThatEnvPyDoesNotImportAreNamed()
    {
        ProjectTree tree;
        const std::string model =
            "from app.base import Base\nfrom sqlalchemy import Column, Integer\nclass {}(Base):\n  "
            "  __tablename__ = '{}'\n    id = Column(Integer, primary_key=True)\n";
        const auto modelOf = [&model](const std::string& name) {
            std::string text = model;
            for (int i = 0; i < 2; ++i)
                text.replace(text.find("{}"), 2, name);
            return text;
        };
        tree.put("app/__init__.py", "");
        tree.put("app/base.py",
                 "from sqlalchemy.orm import declarative_base\nBase = declarative_base()\n");
        tree.put("app/users.py", modelOf("users"));
        tree.put("app/orders.py", modelOf("orders"));
        tree.put("alembic/env.py",
                 "from alembic import context\nfrom app.base import Base\nimport "
                 "app.users\ncontext.configure(target_metadata=Base.metadata)\n");
        tree.put("pyproject.toml", "[project]\nname = 'x'\n");
        const ProjectScan scan = scanOf(tree);
        QCOMPARE(ProjectTree::text(scan, "models-not-imported"),
                 std::string("medium app/orders.py:3\n"));
        tree.put("alembic/env.py",
                 "from alembic import context\nfrom app.base import Base\nimport app.users, "
                 "app.orders\ncontext.configure(target_metadata=Base.metadata)\n");
        QCOMPARE(ProjectTree::text(scanOf(tree), "models-not-imported"), std::string());
    }

    void optionsAreReadAsWritten()
    {
        ProjectTree tree;
        tree.put("alembic/env.py",
                 "from alembic import context\nif context.is_offline_mode():\n    "
                 "context.configure(url=u, compare_type=False, include_object=mine)\n");
        const ProjectScan scan = tree.scan();
        QVERIFY(scan.environment.offlineBranch);
        QCOMPARE(scan.environment.option("include_object")->value, std::string("mine"));
        QCOMPARE(ProjectTree::text(scan, "env-compare-type-off"),
                 std::string("low alembic/env.py:3\n"));
    }
};

int environment_sanity_test(int argc, char** argv)
{
    EnvironmentSanityTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "environment_sanity_test.moc"
