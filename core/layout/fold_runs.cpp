// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/fold_runs.h"
