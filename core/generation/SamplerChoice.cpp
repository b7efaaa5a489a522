#include "core/generation/SamplerChoice.h"

#include "core/models/Pipeline.h"

#include <nlohmann/json.hpp>

namespace moodloom::generation {
namespace {

using diffusion::SamplerKind;

SamplerKind kindOf(Sampler sampler)
{
    switch (sampler) {
    case Sampler::Auto:
    case Sampler::DpmPP2M:
    case Sampler::DpmPP2MKarras:
    case Sampler::DpmPP2MSde:
    case Sampler::DpmPP2MSdeKarras:
        return SamplerKind::DpmSolver;
    case Sampler::DpmPP2S:
        return SamplerKind::DpmSolverSingle;
    case Sampler::UniPc:
        return SamplerKind::UniPc;
    case Sampler::Euler:
        return SamplerKind::Euler;
    case Sampler::EulerAncestral:
        return SamplerKind::EulerAncestral;
    case Sampler::Heun:
        return SamplerKind::Heun;
    case Sampler::Lms:
        return SamplerKind::Lms;
    case Sampler::Deis:
        return SamplerKind::Deis;
    case Sampler::Ddim:
        return SamplerKind::Ddim;
    case Sampler::Ddpm:
        return SamplerKind::Ddpm;
    case Sampler::Pndm:
        return SamplerKind::Pndm;
    case Sampler::Lcm:
        return SamplerKind::Lcm;
    case Sampler::Tcd:
        return SamplerKind::Tcd;
    case Sampler::FlowEuler:
        return SamplerKind::FlowEuler;
    }
    return SamplerKind::DpmSolver;
}

} // namespace

Sampler samplerOfModel(const nlohmann::json &scheduler)
{
    const auto name = scheduler.is_object() ? scheduler.find("_class_name") : scheduler.end();
    const auto kind = name != scheduler.end() && name->is_string()
                          ? diffusion::samplerKindOfClass(name->get<std::string>())
                          : std::nullopt;
    for (const Sampler sampler : samplers()) // the plain variant stands before its relatives
        if (kind && sampler != Sampler::Auto && kindOf(sampler) == *kind)
            return sampler;
    return Sampler::DpmPP2M;
}

Result<diffusion::SamplerConfig> samplerConfigOf(const models::Pipeline &pipeline, Sampler sampler)
{
    auto config = models::samplerConfig(pipeline, kindOf(sampler));
    if (!config)
        return config;
    if (sampler == Sampler::DpmPP2MKarras || sampler == Sampler::DpmPP2MSdeKarras)
        config->shape = diffusion::SigmaShape::Karras;
    if (sampler == Sampler::DpmPP2MSde || sampler == Sampler::DpmPP2MSdeKarras)
        config->algorithm = diffusion::DpmAlgorithm::SdeDpmSolverPP;
    return config;
}

} // namespace moodloom::generation
