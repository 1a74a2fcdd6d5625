// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/actions/pretended_server.h"

namespace sightglass::tests {

const std::string updateSql = "UPDATE v SET version_num = 'b'";
const std::string rowsSql = "SELECT rows";

namespace {

class PretendedSession final : public WritingSession
{
public:
    explicit PretendedSession(PretendedServer& server)
        : m_server(server)
    {}

    Result<void> begin(Access access, const RunContext& run) override
    {
        if (run.stopRequested())
            return failure(ErrorCode::Cancelled, "Stopped.");
        m_server.calls.emplace_back(access == Access::ReadWrite ? "begin rw" : "begin ro");
        return {};
    }

    Result<SqlAnswer>
    execute(std::string_view, std::string_view sql, const RunContext& run) override
    {
        const std::string text(sql);
        if (m_server.before)
            m_server.before(text);
        if (run.stopRequested())
            return failure(ErrorCode::Cancelled, "Stopped.");
        m_server.calls.push_back(text);
        if (const auto error = m_server.errors.find(text); error != m_server.errors.end())
            return failure(error->second);
        SqlAnswer answer{.rows = {}, .changed = 1};
        if (const auto changed = m_server.changed.find(text); changed != m_server.changed.end())
            answer.changed = changed->second;
        if (const auto rows = m_server.answers.find(text); rows != m_server.answers.end())
            answer.rows = rows->second;
        else if (text.starts_with("SELECT d.datname"))
            answer.rows = {{m_server.database, "16384", "f"}};
        else if (text.starts_with("SELECT txid_current"))
            answer.rows = {{"77"}};
        else if (text.find("server_version_num") != std::string::npos)
            answer.rows = {{"150006"}};
        else if (text.find("txid_status(77)") != std::string::npos)
            answer.rows = {{m_server.fate.empty() ? AnswerCell() : AnswerCell(m_server.fate)}};
        return answer;
    }

    Result<void> commit() override
    {
        m_server.calls.emplace_back("commit");
        if (m_server.commitError)
            return failure(*m_server.commitError);
        // What the update was for.
        m_server.answers[rowsSql] = {{"b"}};
        return {};
    }

    void rollback() noexcept override { m_server.calls.emplace_back("rollback"); }

    Result<SqlAnswer>
    executeAlone(std::string_view what, std::string_view sql, const RunContext& run) override
    {
        return execute(what, sql, run);
    }

private:
    PretendedServer& m_server;
};

} // namespace

OpenWritingSession PretendedServer::opener()
{
    return [this](const RunContext&) -> Result<std::unique_ptr<WritingSession>> {
        calls.emplace_back("open");
        if (isGone)
            return failure(ErrorCode::ConnectionLost, "Nobody answers.");
        return std::make_unique<PretendedSession>(*this);
    };
}

std::vector<std::string> PretendedServer::work() const
{
    std::vector<std::string> result;
    bool isWork = false;
    for (const std::string& call : calls) {
        isWork = isWork || call == "begin rw";
        if (isWork)
            result.push_back(call);
        isWork = isWork && call != "commit" && call != "rollback";
    }
    return result;
}

Plan shopPlan()
{
    SqlWork work{.locks = {"LOCK TABLE v"},
                 .checks = {{.what = "the rows of v", .sql = "SELECT before", .expected = {{"a"}}}},
                 .statements = {{.sql = updateSql, .rows = 1}},
                 .after = {{.what = "the rows of v", .sql = rowsSql, .expected = {{"b"}}}}};
    Plan plan{.action = "stamp", .title = "Set the version of shop to b"};
    plan.target = {.place = {.shown = "shop on db", .database = "shop", .databaseOid = 16384},
                   .environment = EnvironmentKind::Development};
    plan.steps.push_back({.title = "Set the version rows", .work = work});
    SqlWork back = work;
    back.statements = {{.sql = "UPDATE v SET version_num = 'a'", .rows = 1}};
    plan.undo = {.text = "Undo puts the old rows back.",
                 .steps = {{.title = "Put them back", .work = back}},
                 .possible = true};
    plan.confirmation = {.level = ConfirmationLevel::TypedName, .phrase = "shop"};
    return plan;
}

} // namespace sightglass::tests
