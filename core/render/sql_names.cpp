// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/sql_names.h"
