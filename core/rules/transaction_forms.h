// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/operation.h"

#include <string>

namespace sightglass {

/// CREATE INDEX CONCURRENTLY and its kin: what PostgreSQL refuses inside a transaction (25001).
/// REFRESH … CONCURRENTLY is none.
bool isConcurrentForm(const Change& change);

/// Its words, for a finding: "CREATE INDEX CONCURRENTLY".
std::string concurrentWords(const Change& change);

/// VACUUM, CREATE DATABASE, … : their words, where PostgreSQL refuses them inside a transaction;
/// empty: it takes them there.
std::string nonTransactionalWords(const Operation& operation);

} // namespace sightglass
