// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cluster/private_server.h"
#include "core/inspection/inspection.h"
#include "tests/support/alembic_oracle.h"

#include <QString>
#include <QTemporaryDir>

#include <memory>
#include <string>

namespace sightglass::tests {

/// Reads a project and a database as the programs do, without git.
Inspection inspectionOf(const std::string& folder,
                        const std::string& dsn,
                        std::shared_ptr<const ElsewhereSearch> elsewhere = nullptr);

std::string recommendedOf(const Diagnosis& diagnosis);
/// Title, detail and evidence, a line each.
std::string textOf(const Diagnosis& diagnosis);
/// Every command and SQL text of the ways back.
std::string stepsOf(const Diagnosis& diagnosis);

/// A database on a private server that real Alembic upgrades.
class StateBench
{
public:
    /// False with words in `error` when Alembic or a server can't be had.
    bool start(QString& error);

    /// An empty database and the project of a case's text.
    void begin(const std::string& chain);
    /// Empty: it went through.
    std::string upgrade(const std::string& to);
    /// Empty: it went through.
    std::string sql(const std::string& text) const;

    std::string conninfo() const;

    Inspection read(std::shared_ptr<const ElsewhereSearch> elsewhere = nullptr,
                    const std::string& dsnEnd = {}) const;

private:
    std::unique_ptr<PrivateServer> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    AlembicOracle m_oracle;
};

} // namespace sightglass::tests
