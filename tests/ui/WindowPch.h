// The precompiled header of the tests that open the window.
#pragma once

#include "tests/ui/WindowFixture.h"
