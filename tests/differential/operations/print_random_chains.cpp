// SPDX-License-Identifier: GPL-3.0-or-later
// Prints random chains as cases, to be looked at or tried alone: random_chain FIRST_SEED COUNT
#include "tests/differential/operations/random_chains.h"

#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv)
{
    if (argc != 3) {
        std::fputs("usage: random_chain FIRST_SEED COUNT\n", stderr);
        return 2;
    }
    const auto first = std::strtoull(argv[1], nullptr, 10);
    const auto count = std::strtoull(argv[2], nullptr, 10);
    for (auto seed = first; seed < first + count; ++seed)
        std::fputs(sightglass::tests::toText(sightglass::tests::randomChain(seed)).c_str(), stdout);
    return 0;
}
