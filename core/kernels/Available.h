// Whether this build has the kernels: on x86-64 alone. Whether the processor can run them is what
// cpuHasBf16() says.
#pragma once

#ifdef __x86_64__
#define MOODLOOM_BF16_KERNELS
#endif
