// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/stop_signals.h"

#include <iostream>

int main(int argc, char** argv)
{
    sightglass::StopSignals signals;
    sightglass::CommandContext context{
        .out = std::cout, .err = std::cerr, .run = {.stop = signals.token()}};
    const std::vector<std::string> arguments(argv + 1, argv + (argc > 0 ? argc : 1));
    return sightglass::runCommandLine(arguments, context);
}
