// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/revisions/revision_range.h"
