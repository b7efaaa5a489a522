// The samplers that there are, and what the checkpoints' files call them.
//
// Plain values and pure functions.
#pragma once

#include <optional>
#include <string>

namespace moodloom::diffusion {

enum class SamplerKind {
    Ddim,            // Song et al. 2021, arXiv:2010.02502
    Ddpm,            // Ho et al. 2020, arXiv:2006.11239
    Pndm,            // Liu et al. 2022, arXiv:2202.09778
    Euler,           // Karras et al. 2022, arXiv:2206.00364, algorithm 2
    EulerAncestral,  // the same, with noise as in DDPM
    Heun,            // Karras et al. 2022, algorithm 1
    Lms,             // linear multistep (Adams-Bashforth) over sigma
    DpmSolver,       // Lu et al. 2022, arXiv:2211.01095: multistep, "DPM++ 2M"
    DpmSolverSingle, // the same, singlestep: "DPM++ 2S"
    Deis,            // Zhang and Chen 2023, arXiv:2204.13902
    UniPc,           // Zhao et al. 2023, arXiv:2302.04867
    Lcm,             // Luo et al. 2023, arXiv:2310.04378: for distilled networks
    Tcd,             // Zheng et al. 2024, arXiv:2402.19159: for distilled networks
    FlowEuler        // Liu et al. 2022, arXiv:2209.03003; shifted as in arXiv:2403.03206
};

// Of a scheduler_config.json's "_class_name"; nothing where no sampler here does that.
std::optional<SamplerKind> samplerKindOfClass(const std::string &className);
std::string samplerClassName(SamplerKind kind);

} // namespace moodloom::diffusion
