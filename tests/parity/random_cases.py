#!/usr/bin/env python3
"""Reference cases of random models and settings, computed with diffusers and transformers.

    python3 tests/parity/random_cases.py OUT [--seed S] [--count N]
    MOODLOOM_CONFORMANCE_DIR=OUT ctest --preset release -R parity

The conformance data has a few models; this makes as many others as one likes, in the same form, to look
for settings that are read wrongly. A failure is a place to look, not a verdict: tolerances are the tests' own,
and some settings (sigmas in the thousands, timesteps that are cut off exactly at a whole number) are beyond
what float32 holds. Needs diffusers, transformers and safetensors; nothing of the product does.
"""
import argparse
import json
import pathlib
import random
import sys

import diffusers
import torch
import transformers
from safetensors.torch import save_file

diffusers.utils.logging.set_verbosity_error()
transformers.logging.set_verbosity_error()


class Cases:
    def __init__(self, folder, seed):
        self.folder = folder
        self.pick = random.Random(seed)
        torch.manual_seed(seed)
        self.lists = {"index": [], "flux2": [], "schedulers": []}
        (folder / "golden").mkdir(parents=True, exist_ok=True)
        (folder / "taef2" / "golden").mkdir(parents=True, exist_ok=True)

    def one(self, *choices):
        return self.pick.choice(choices)

    def chance(self, share):
        return self.pick.random() < share

    def put(self, index, name, group, inputs, outputs, model=None, params=None, noise=None):
        file = f"golden/{name}.safetensors"
        tensors = {"in." + k: v for k, v in inputs.items()}
        tensors |= {"out." + k: v if v.dtype == torch.int64 else v.float() for k, v in outputs.items()}
        save_file({k: v.contiguous().clone() for k, v in tensors.items()}, str(self.folder / file))
        facts = {}
        for key, value in outputs.items():
            largest = float(value.abs().max())
            facts[key] = {"shape": list(value.shape), "absmax": largest}
            facts[key]["fp32_noise"] = noise if noise is not None else 3e-6 * largest
        self.lists[index].append({"id": name, "group": group, "file": file, "model": model, "params": params or {},
                                  "inputs": {k: {"shape": list(v.shape)} for k, v in inputs.items()},
                                  "outputs": facts})

    def save(self):
        for name, cases in self.lists.items():
            (self.folder / "golden" / f"{name}.json").write_text(json.dumps({"cases": cases}, indent=1))
        (self.folder / "taef2" / "golden" / "index.json").write_text(json.dumps({"cases": []}))


def shaken(module):
    """Weights far enough from their start that nothing is hidden: no zeros, no ones, no faint ones."""
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            if parameter.dim() == 1:
                parameter.add_(torch.randn_like(parameter) * 0.2)
            elif parameter.abs().max() == 0:
                parameter.add_(torch.randn_like(parameter) * 0.05)
            elif parameter.std() < 0.03 and "embedding" not in name:
                parameter.mul_(8)
    return module.eval()


# -- Networks

def trunk(cases):
    """What a U-Net and its ControlNet have in common."""
    one = cases.one
    groups, levels = one(4, 8, 16), one(2, 3, 4)
    channels = [groups * one(2, 4, 6) for _ in range(levels)]
    channels = [c if c % 8 == 0 else 2 * c for c in channels]
    config = dict(
        in_channels=4, block_out_channels=channels, norm_num_groups=groups, layers_per_block=one(1, 2, 3),
        down_block_types=[one("CrossAttnDownBlock2D", "DownBlock2D") for _ in range(levels)],
        cross_attention_dim=one(24, 32, 56), attention_head_dim=one([one(2, 4, 8) for _ in range(levels)], 4),
        use_linear_projection=one(True, False), norm_eps=one(1e-5, 1e-6), flip_sin_to_cos=one(True, True, False),
        freq_shift=one(0, 0, 1), act_fn=one("silu", "silu", "gelu"), mid_block_scale_factor=one(1, 1, 2),
        transformer_layers_per_block=one(1, [one(1, 2, 3) for _ in range(levels)]),
        resnet_time_scale_shift=one("default", "default", "scale_shift"), upcast_attention=one(False, True))
    if cases.chance(0.5):
        config |= dict(addition_embed_type="text_time", addition_time_embed_dim=16,
                       projection_class_embeddings_input_dim=6 * 16 + 20)
    return config


def scene(cases, config, batch):
    height, width = cases.one((16, 16), (12, 20), (18, 13), (9, 8))
    inputs = {"sample": torch.randn(batch, config["in_channels"], height, width),
              "timestep": torch.tensor(cases.one(999.0, 37.25, 3.0)),
              "encoder_hidden_states": torch.randn(batch, cases.one(20, 77, 154), config["cross_attention_dim"])}
    added = {}
    if "addition_embed_type" in config:
        inputs["text_embeds"] = torch.randn(batch, 20)
        inputs["time_ids"] = torch.tensor([[512.0, 384, 0, 16, 512, 512]] * batch)
        added = {"added_cond_kwargs": {k: inputs[k] for k in ("text_embeds", "time_ids")}}
    return inputs, added


def unet(cases, config):
    ups = [kind.replace("Down", "Up") for kind in reversed(config["down_block_types"])]
    return shaken(diffusers.UNet2DConditionModel(out_channels=4, up_block_types=ups, sample_size=16, **config))


def add_unet(cases, number):
    one = cases.one
    config = trunk(cases)
    if cases.chance(0.6):
        config |= dict(in_channels=one(4, 8, 9), center_input_sample=one(False, True), conv_in_kernel=one(3, 1),
                       conv_out_kernel=one(3, 1), downsample_padding=one(1, 0), time_cond_proj_dim=one(None, 16),
                       time_embedding_act_fn=one(None, "silu"), timestep_post_act=one(None, "silu"),
                       time_embedding_dim=one(None, 48), mid_block_type=one("UNetMidBlock2DCrossAttn", None),
                       only_cross_attention=one(False, False, True), cross_attention_norm=one(None, "layer_norm"))
    model = unet(cases, config)
    inputs, added = scene(cases, config, one(1, 2))
    values = [inputs[k] for k in ("sample", "timestep", "encoder_hidden_states")]
    with torch.no_grad():
        sample = model(*values, **added).sample
        exact = model.double()(*[v.double() for v in values], **{
            k: {n: t.double() for n, t in v.items()} for k, v in added.items()}).sample
    folder = f"unet{number}/unet"
    model.float().save_pretrained(cases.folder / folder)
    cases.put("index", f"unet{number}", "unet", inputs, {"sample": sample}, folder,
              noise=float((sample - exact).abs().max()))


def add_controlnet(cases, number):
    one = cases.one
    config = trunk(cases)
    config.pop("upcast_attention")
    model = unet(cases, config)
    widths = one((16, 32, 96, 256), (8, 12, 16), (16, 32))
    control = shaken(diffusers.ControlNetModel(
        conditioning_embedding_out_channels=widths, conditioning_channels=one(3, 3, 1),
        controlnet_conditioning_channel_order=one("rgb", "bgr"), global_pool_conditions=one(False, False, True),
        **config))
    inputs, added = scene(cases, config, one(1, 2))
    factor = 2 ** (len(widths) - 1)
    batch, _, height, width = inputs["sample"].shape
    inputs["controlnet_cond"] = torch.rand(batch, control.config.conditioning_channels, height * factor, width * factor)
    params = {"conditioning_scale": one(1.0, 0.45), "guess_mode": one(False, False, True)}
    values = [inputs[k] for k in ("sample", "timestep", "encoder_hidden_states")]
    with torch.no_grad():
        down, middle = control(*values, inputs["controlnet_cond"], return_dict=False, **params, **added)
        sample = model(*values, down_block_additional_residuals=down, mid_block_additional_residual=middle,
                       **added).sample
    control.save_pretrained(cases.folder / f"control{number}/controlnet")
    model.save_pretrained(cases.folder / f"control{number}/unet")
    outputs = {f"down.{i}": skip for i, skip in enumerate(down)} | {"mid": middle, "sample": sample}
    cases.put("index", f"control{number}", "controlnet", inputs, outputs, f"control{number}/controlnet", params)


def autoencoder(cases):
    one = cases.one
    groups, levels = one(4, 8, 16), one(1, 2, 3, 4)
    return dict(in_channels=3, out_channels=3, norm_num_groups=groups, layers_per_block=one(1, 2, 3),
                block_out_channels=[groups * one(1, 2, 3) for _ in range(levels)],
                down_block_types=["DownEncoderBlock2D"] * levels, up_block_types=["UpDecoderBlock2D"] * levels,
                latent_channels=one(4, 8, 16), act_fn=one("silu", "gelu"), mid_block_add_attention=one(True, False),
                use_quant_conv=one(True, False), use_post_quant_conv=one(True, False)), 2 ** (levels - 1)


def add_autoencoder(cases, number):
    config, factor = autoencoder(cases)
    config["scaling_factor"] = scale = cases.one(0.18215, 0.13025, 1.1)
    model = shaken(diffusers.AutoencoderKL(**config))
    channels = config["latent_channels"]
    inputs = {"image": torch.rand(1, 3, 8 * factor, 6 * factor) * 2 - 1, "noise": torch.randn(1, channels, 8, 6),
              "latents": torch.randn(2, channels, 8, 8), "latents_odd": torch.randn(1, channels, 6, 7)}
    with torch.no_grad():
        found = model.encode(inputs["image"]).latent_dist
        outputs = {"mean": found.mean, "logvar": found.logvar,
                   "sample_scaled": (found.mean + found.std * inputs["noise"]) * scale,
                   "decoded": model.decode(inputs["latents"] / scale).sample,
                   "decoded_odd": model.decode(inputs["latents_odd"]).sample}
    model.save_pretrained(cases.folder / f"vae{number}/vae")
    cases.put("index", f"vae{number}", "vae", inputs, outputs, f"vae{number}/vae", {"scaling_factor": scale})


def add_text_encoder(cases, number):
    one = cases.one
    heads = one(1, 2, 4, 8)
    width = heads * one(4, 8, 12)
    config = transformers.CLIPTextConfig(
        hidden_size=width, intermediate_size=width * one(2, 3, 4), num_hidden_layers=one(1, 2, 4),
        num_attention_heads=heads, hidden_act=one("quick_gelu", "gelu", "relu", "gelu_new"),
        layer_norm_eps=one(1e-5, 1e-6, 1e-4), max_position_embeddings=one(77, 40), projection_dim=one(width, 12, 40),
        eos_token_id=one(2, 49407), bos_token_id=49406, pad_token_id=1)
    projected = cases.chance(0.6)
    kind = transformers.CLIPTextModelWithProjection if projected else transformers.CLIPTextModel
    model = shaken(kind(config))
    length = config.max_position_embeddings
    ids = torch.randint(5, 49000, (one(1, 3), length))
    for row in ids:
        end = cases.pick.randrange(1, length - 1)
        row[0], row[end:] = 49406, one(49407, 0)
        row[end] = 49407
    with torch.no_grad():
        out = model(ids, output_hidden_states=True)
    outputs = {f"hidden_states.{i}": state for i, state in enumerate(out.hidden_states)}
    outputs["last_hidden_state"] = out.last_hidden_state
    if projected:
        outputs["text_embeds"] = out.text_embeds
    else:
        outputs["pooler_output"] = out.pooler_output
    model.save_pretrained(cases.folder / f"text{number}/text_encoder")
    cases.put("index", f"text{number}", "text", {"input_ids": ids}, outputs, f"text{number}/text_encoder")


def add_flux2_transformer(cases, number):
    one = cases.one
    head = one(8, 16, 32)
    model = shaken(diffusers.Flux2Transformer2DModel(
        patch_size=1, in_channels=one(16, 64, 128), out_channels=one(None, 24), num_layers=one(1, 2),
        num_single_layers=one(1, 3), attention_head_dim=head, num_attention_heads=one(1, 2, 3),
        joint_attention_dim=one(24, 48), timestep_guidance_channels=one(32, 64, 256), mlp_ratio=one(2.0, 3.0, 4.0),
        axes_dims_rope=(head // 4,) * 4, rope_theta=one(2000, 10000), eps=one(1e-6, 1e-5),
        guidance_embeds=one(True, False)))
    batch, height, width, words = one(1, 2), one(3, 4), one(5, 6), one(7, 11)
    def places(*sizes):
        return torch.cartesian_prod(*[torch.arange(n) for n in sizes]).float()[None].repeat(batch, 1, 1)
    inputs = dict(hidden_states=torch.randn(batch, height * width, model.config.in_channels),
                  encoder_hidden_states=torch.randn(batch, words, model.config.joint_attention_dim),
                  timestep=torch.rand(batch), img_ids=places(1, height, width, 1), txt_ids=places(1, 1, 1, words))
    guidance = torch.full((batch,), one(2.5, 4.0)) if model.config.guidance_embeds else None
    with torch.no_grad():
        sample = model(**inputs, guidance=guidance, return_dict=False)[0]
    if guidance is not None:
        inputs["guidance"] = guidance
    model.save_pretrained(cases.folder / f"flux{number}/transformer")
    cases.put("flux2", f"flux2-transformer-{number}", "flux2", inputs, {"sample": sample},
              f"flux{number}/transformer", {"latent_tokens": height * width, "references": 0})


def add_flux2_autoencoder(cases, number):
    config, factor = autoencoder(cases)
    groups, levels = config["norm_num_groups"], len(config["block_out_channels"])
    config["decoder_block_out_channels"] = cases.one(None, [groups * cases.one(1, 2, 3) for _ in range(levels)])
    config["batch_norm_eps"] = cases.one(1e-4, 1e-3)
    model = shaken(diffusers.AutoencoderKLFlux2(**config))
    model.bn.running_mean.normal_(0, 0.3)
    model.bn.running_var.uniform_(0.3, 1.3)
    deviation = (model.bn.running_var + config["batch_norm_eps"]).sqrt().view(1, -1, 1, 1)
    mean = model.bn.running_mean.view(1, -1, 1, 1)
    channels = config["latent_channels"]
    inputs = {"image": torch.rand(1, 3, 6 * factor, 8 * factor) * 2 - 1, "latents": torch.randn(1, 4 * channels, 3, 4)}
    with torch.no_grad():
        mode = model.encode(inputs["image"]).latent_dist.mode()
        patches = torch.nn.functional.pixel_unshuffle(mode, 2)
        normal = (patches - mean) / deviation
        latents = torch.nn.functional.pixel_shuffle(inputs["latents"] * deviation + mean, 2)
        outputs = dict(mode=mode, patchified=patches, normalised=normal, packed=normal.flatten(2).transpose(1, 2),
                       decoder_input=latents, decoded=model.decode(latents).sample)
    model.save_pretrained(cases.folder / f"fluxvae{number}/vae")
    cases.put("flux2", f"flux2-vae-{number}", "flux2", inputs, outputs, f"fluxvae{number}/vae")


# -- Samplers

KINDS = ("DDIM", "DDPM", "PNDM", "EulerDiscrete", "EulerAncestralDiscrete", "HeunDiscrete", "DEISMultistep",
         "DPMSolverMultistep", "DPMSolverSinglestep", "UniPCMultistep", "LCM", "TCD")


class Draws:
    """The random numbers that schedulers take, kept in their order."""
    def __init__(self):
        self.taken = []
        for kind in KINDS:
            module = sys.modules[getattr(diffusers, kind + "Scheduler").__module__]
            if hasattr(module, "randn_tensor"):
                module.randn_tensor = self.draw

    def draw(self, shape, generator=None, device=None, dtype=None, layout=None):
        self.taken.append(torch.randn(tuple(shape)))
        return self.taken[-1].to(dtype or torch.float32)


def scheduler(cases):
    one, chance = cases.one, cases.chance
    start, end = one((0.00085, 0.012), (0.0001, 0.02), (0.001, 0.014))
    config = dict(beta_schedule=one("scaled_linear", "linear"), beta_start=start, beta_end=end,
                  num_train_timesteps=one(1000, 1000, 500), prediction_type=one("epsilon", "v_prediction", "sample"),
                  timestep_spacing=one("leading", "linspace", "trailing"), steps_offset=one(0, 1))
    karras = one({}, {"use_karras_sigmas": True})
    no_sample = {"prediction_type": one("epsilon", "v_prediction")}
    kind = one(*KINDS)
    arguments, steps = {}, one(1, 2, 3, 5, 8, 13, 20)
    if kind == "DDIM":
        config |= dict(clip_sample=one(True, False), clip_sample_range=one(1.0, 2.0), set_alpha_to_one=one(True, False))
        arguments = one({}, {"eta": 0.5}, {"eta": 1.0})
    elif kind == "DDPM":
        config |= dict(clip_sample=one(True, False), variance_type=one("fixed_small", "fixed_small_log", "fixed_large"))
    elif kind == "PNDM":
        config |= no_sample | dict(skip_prk_steps=one(True, False), set_alpha_to_one=one(True, False))
    elif kind == "EulerDiscrete":
        config |= no_sample | karras | dict(final_sigmas_type=one("zero", "sigma_min"),
                                            interpolation_type=one("linear", "log_linear"))
        arguments = one({}, {"s_churn": 4.0, "s_tmin": 0.05, "s_tmax": 50.0, "s_noise": 1.003})
    elif kind in ("EulerAncestralDiscrete", "HeunDiscrete"):
        config |= no_sample | (karras if kind == "HeunDiscrete" else {})
    elif kind == "DEISMultistep":
        config |= karras | dict(solver_order=one(1, 2, 3), lower_order_final=one(True, False))
    elif kind.startswith("DPM"):
        config |= karras | dict(algorithm_type=one("dpmsolver++", "sde-dpmsolver++", "dpmsolver"),
                                solver_order=one(1, 2, 3), solver_type=one("midpoint", "heun"),
                                lower_order_final=one(True, False), final_sigmas_type=one("zero", "sigma_min"))
        if config["algorithm_type"] == "dpmsolver" or "Single" in kind:
            config["final_sigmas_type"] = "sigma_min"
        if config["algorithm_type"].startswith("sde"):
            config["solver_order"] = one(1, 2)
        if "Single" in kind:
            config = {k: v for k, v in config.items() if k not in ("timestep_spacing", "steps_offset")}
        else:
            config |= dict(euler_at_final=one(False, True), thresholding=one(False, False, True))
            if config["algorithm_type"] != "dpmsolver++":
                config["thresholding"] = False
    elif kind == "UniPCMultistep":
        config |= karras | dict(solver_order=one(1, 2, 3), solver_type=one("bh2", "bh1"), predict_x0=one(True, False),
                                lower_order_final=one(True, False), final_sigmas_type="sigma_min",
                                disable_corrector=one([], [0, 1]))
    else:
        config = {k: v for k, v in config.items() if k not in ("timestep_spacing", "steps_offset")}
        config |= dict(original_inference_steps=one(50, 100, 25), set_alpha_to_one=one(True, False))
        steps = one(1, 2, 4, 8)
        if kind == "TCD":
            arguments = {"eta": one(0.0, 0.3, 1.0)}
    params = {"class": kind + "Scheduler", "config": config, "num_inference_steps": steps}
    if arguments:
        params["step_arguments"] = arguments
    if steps >= 5 and kind not in ("HeunDiscrete", "LCM", "TCD", "PNDM") and chance(0.2):
        params["strength"] = one(0.3, 0.6, 0.85)
    return params


def add_scheduler(cases, number, draws):
    params = scheduler(cases)
    steps = params["num_inference_steps"]
    sampler = getattr(diffusers, params["class"])(**params["config"])
    sampler.set_timesteps(steps)
    draws.taken.clear()
    inputs = {"start_noise": torch.randn(1, 4, 3, 5)}
    outputs = {"timesteps": sampler.timesteps.clone(),
               "init_noise_sigma": torch.tensor(float(sampler.init_noise_sigma))}
    timesteps, x = sampler.timesteps, inputs["start_noise"] * sampler.init_noise_sigma
    if "strength" in params:
        first = steps - min(int(steps * params["strength"]), steps)
        timesteps = timesteps[first * sampler.order:]
        inputs["clean"] = torch.randn(1, 4, 3, 5) * 0.8
        if hasattr(sampler, "set_begin_index"):
            sampler.set_begin_index(first * sampler.order)
        x = sampler.add_noise(inputs["clean"], inputs["start_noise"], timesteps[:1])
    samples, answers = [x.clone()], []
    for t in timesteps:
        answer = 0.3 * sampler.scale_model_input(x, t) + 0.1 * torch.sin(0.01 * t.double()).float()
        x = sampler.step(answer, t, x, return_dict=False, **params.get("step_arguments", {}))[0]
        samples.append(x.clone())
        answers.append(answer)
    outputs |= {"samples": torch.stack(samples), "model_outputs": torch.stack(answers)}
    if not all(torch.isfinite(value).all() for value in outputs.values()):
        raise ValueError("not finite")
    if draws.taken:
        inputs["noise"] = torch.stack(draws.taken)
    cases.put("schedulers", f"{number}-{params['class']}", "schedulers", inputs, outputs, params=params)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=20, help="models of each kind; ten times as many samplers")
    options = parser.parse_args()
    cases, draws = Cases(options.folder, options.seed), Draws()
    refused = 0
    kinds = [(add_unet, 1), (add_controlnet, 1), (add_autoencoder, 1), (add_text_encoder, 1),
             (add_flux2_transformer, 1), (add_flux2_autoencoder, 1),
             (lambda c, n: add_scheduler(c, n, draws), 10)]
    for add, times in kinds:
        for number in range(times * options.count):
            try:
                add(cases, number)
            except (ValueError, IndexError, RuntimeError, AttributeError, TypeError) as error:
                refused += 1 # settings that the reference itself cannot run
                print(f"{type(error).__name__}: {str(error)[:100]}")
    cases.save()
    print(f"{sum(map(len, cases.lists.values()))} cases, {refused} refused by the reference")


if __name__ == "__main__":
    main()
