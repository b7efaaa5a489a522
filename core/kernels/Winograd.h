// Convolution with 3x3 filters by Winograd's minimal filtering F(2x2, 3x3) (Lavin and Gray 2015):
// four outputs cost 16 multiplications of channels instead of 36. Pictures and filters are turned
// to another basis, multiplied there, and the sums turned back; the turned numbers are rounded to
// bf16, everything else is fp32. A U-Net's output is then off by a sixth more than bf16 puts it
// anyway.
//
// For bf16 with the channels last; plain memory in, plain memory out. Callable only where
// cpuHasBf16(). Safe from any thread.
#pragma once

#include <cstddef>
#include <cstdint>

namespace moodloom::kernels {

struct WinogradShape
{
    int64_t pictures = 0, height = 0, width = 0;
    int64_t in = 0, out = 0; // channels, multiples of 16
    int64_t tiles() const    // of 2x2 pixels, the last ones of odd sizes in part
    {
        return pictures * ((height + 1) / 2) * ((width + 1) / 2);
    }
};

// bf16 numbers that the turned filters take, and the groups of channels in which they can be made.
size_t turnedFiltersSize(const WinogradShape &shape);
int64_t filterGroups(const WinogradShape &shape);
// The filters [out,3,3,in] of one group.
void turnFilters(const WinogradShape &shape, const uint16_t *filters, int64_t group,
                 uint16_t *turned);

// Tiles that one call takes at most, and the floats that it needs to work in, 64-byte aligned; not
// shared between threads.
int64_t tilesAtOnce(const WinogradShape &shape);
size_t convolutionWorkspace(const WinogradShape &shape);

// y = x [pictures,height,width,in] convolved (padding 1, stride 1) + bias (fp32 [out], or null),
// for the tiles [first, first + count) of y [pictures,height,width,out], counted row by row.
// Requires: 1 <= count <= tilesAtOnce(shape).
void convolveTiles(const WinogradShape &shape, const uint16_t *x, const uint16_t *turned,
                   const float *bias, int64_t first, int64_t count, float *workspace, uint16_t *y);

} // namespace moodloom::kernels
