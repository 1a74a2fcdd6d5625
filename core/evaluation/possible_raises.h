// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/interpreter.h"

namespace sightglass {

/// Among an interpreter's services: is told of exceptions that nothing catches where nobody knows
/// whether the program comes there. The conditions are the guards() at that moment. A run that goes
/// on has not come there, so what follows has no condition for it.
class PossibleRaises : public InterpreterService
{
public:
    virtual void mayRaise(Interpreter& interpreter, const Raised& raised) = 0;
};

} // namespace sightglass
