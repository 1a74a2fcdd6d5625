// SPDX-License-Identifier: GPL-3.0-or-later
// Starts a private server, says where, and waits to be killed.
#include "core/cluster/private_server.h"

#include <cstdio>

#include <unistd.h>

int main()
{
    auto server = sightglass::PrivateServer::start({});
    if (!server) {
        std::printf("%s\n", toText(server.error()).c_str());
        return 1;
    }
    std::printf("%s\n", (*server)->folder().c_str());
    std::fflush(stdout);
    ::alarm(120);
    ::pause();
    return 0;
}
