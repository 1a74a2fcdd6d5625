// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/items.h"
