// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/panels/read_project.h"

#include "app/inspect.h"
#include "app/review_project.h"
#include "ui/text.h"

#include <QFile>

namespace sightglass::tests {

namespace {
constexpr std::string_view first = R"py(
def upgrade():
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("title", sa.String(80), nullable=False),
    )
    op.create_index("ix_jobs_title", "jobs", ["title"])


def downgrade():
    op.drop_table("jobs")
)py";

constexpr std::string_view second = R"py(
import os


def upgrade():
    op.add_column("jobs", sa.Column("state", sa.String(20)))
    if os.environ.get("WITH_OWNER"):
        op.add_column("jobs", sa.Column("owner", sa.Text()))
    op.execute(os.environ["EXTRA_SQL"])
    op.execute("UPDATE jobs SET state = 'new'")


def downgrade():
    raise NotImplementedError("no way back")
)py";

constexpr std::string_view third = R"py(
def upgrade():
    op.add_column("missing_table", sa.Column("a", sa.Integer()))
    op.execute("ALTER TABL jobs ADD COLUMN b integer")
)py";
} // namespace

void ReadProject::add(std::string_view id, std::string_view down, std::string_view body)
{
    QFile target(file(id));
    if (!target.open(QIODevice::WriteOnly))
        return;
    const std::string parent = down.empty() ? "None" : "\"" + std::string(down) + "\"";
    const std::string text = "\"\"\"revision " + std::string(id) +
                             "\"\"\"\nimport sqlalchemy as sa\nfrom alembic import op\n\n"
                             "revision = \"" +
                             std::string(id) + "\"\ndown_revision = " + parent + "\n" +
                             std::string(body);
    target.write(text.data(), static_cast<qint64>(text.size()));
}

std::shared_ptr<const Inspection> ReadProject::read(bool operations) const
{
    InspectRequest request;
    request.project.start = toStd(m_folder.path());
    request.operations = operations;
    auto inspection = inspect(DiskFileSystem(), request, RunContext{});
    return inspection ? std::make_shared<const Inspection>(std::move(*inspection)) : nullptr;
}

bool ReadProject::review(Inspection& inspection)
{
    auto reviewed = reviewEverything(DiskFileSystem(), inspection, RunContext{});
    if (!reviewed)
        return false;
    addReview(inspection,
              std::make_shared<const ReviewResult>(std::move(reviewed->result)),
              std::move(reviewed->beforeUpgrade));
    return true;
}

std::shared_ptr<Inspection> ReadProject::readAndReview() const
{
    const auto read = this->read();
    if (read == nullptr)
        return nullptr;
    auto inspection = std::make_shared<Inspection>(*read);
    return review(*inspection) ? inspection : nullptr;
}

QString ReadProject::file(std::string_view id) const
{
    return m_folder.filePath(toQString(id) + QStringLiteral(".py"));
}

std::shared_ptr<const Inspection> smallHistory(ReadProject& project)
{
    project.add("aa01", "", first);
    project.add("bb02", "aa01", second);
    project.add("cc03", "bb02", third);
    return project.read();
}

} // namespace sightglass::tests
