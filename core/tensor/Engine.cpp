#include "core/tensor/TorchPch.h"
