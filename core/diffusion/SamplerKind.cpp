#include "core/diffusion/SamplerKind.h"

#include <utility>

namespace moodloom::diffusion {
namespace {

constexpr std::pair<SamplerKind, const char *> kClasses[] = {
    {SamplerKind::Ddim, "DDIMScheduler"},
    {SamplerKind::Ddpm, "DDPMScheduler"},
    {SamplerKind::Pndm, "PNDMScheduler"},
    {SamplerKind::Euler, "EulerDiscreteScheduler"},
    {SamplerKind::EulerAncestral, "EulerAncestralDiscreteScheduler"},
    {SamplerKind::Heun, "HeunDiscreteScheduler"},
    {SamplerKind::Lms, "LMSDiscreteScheduler"},
    {SamplerKind::DpmSolver, "DPMSolverMultistepScheduler"},
    {SamplerKind::DpmSolverSingle, "DPMSolverSinglestepScheduler"},
    {SamplerKind::Deis, "DEISMultistepScheduler"},
    {SamplerKind::UniPc, "UniPCMultistepScheduler"},
    {SamplerKind::Lcm, "LCMScheduler"},
    {SamplerKind::Tcd, "TCDScheduler"},
    {SamplerKind::FlowEuler, "FlowMatchEulerDiscreteScheduler"}};

} // namespace

std::optional<SamplerKind> samplerKindOfClass(const std::string &className)
{
    for (const auto &[kind, name] : kClasses)
        if (className == name)
            return kind;
    return std::nullopt;
}

std::string samplerClassName(SamplerKind kind)
{
    for (const auto &[known, name] : kClasses)
        if (known == kind)
            return name;
    return {};
}

} // namespace moodloom::diffusion
