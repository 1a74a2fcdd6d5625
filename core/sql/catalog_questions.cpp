// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/catalog_questions.h"
