// The precompiled header of every test that includes libtorch.
#pragma once

#include "core/tensor/TorchPch.h"

#include <QTemporaryDir>
#include <QTest>

#include <optional>
#include <string>
#include <vector>
