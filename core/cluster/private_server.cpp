// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/private_server.h"
