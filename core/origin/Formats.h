// The forms in which programs write down how a picture was made: one function each.
//
// Pure functions, thread-safe; nothing where the text is of another form.
#pragma once

#include "core/origin/Origin.h"

namespace moodloom::origin {

// A1111's infotext, which Forge, SD.Next, Civitai and Moodloom write, too: the prompt, a line
// "Negative prompt: ...", and a last line of "Name: value" pairs. Also SwarmUI's JSON in its place.
std::optional<Origin> fromParameters(const QString &text);

// ComfyUI's API graph: {"3": {"class_type": "KSampler", "inputs": {"seed": 1, "model": ["4", 0]}}}.
std::optional<Origin> fromComfyGraph(const QString &text);

// ComfyUI's workflow, the graph as its editor shows it, for pictures that have nothing else: "nodes"
// of {"id": 3, "type": "KSampler", "widgets_values": [1, "fixed", 20, ...]}, and "links".
std::optional<Origin> fromComfyWorkflow(const QString &text);

// "invokeai_metadata" of InvokeAI 3 and later.
std::optional<Origin> fromInvokeMetadata(const QString &text);

// Moodloom's JSON. Errors: Corrupt, NewerVersion, as recipeFromJson().
Result<Origin> fromRecipe(const QString &text);

// The recipe inside an XMP packet that Moodloom wrote, also after another program wrote it anew;
// empty when there is none.
QString recipeInXmp(const QString &packet);

// Takes out A1111's "<lora:NAME:0.8>" and its relatives: LoRAs are added to `origin`, others left
// over.
QString withoutNetworks(const QString &prompt, Origin &origin);

// Notes what of the prompts' marks has no counterpart here.
void leaveMarks(Origin &origin);

// Within what a recipe takes, else a leftover.
void takeSteps(Origin &origin, double steps);
void takeGuidance(Origin &origin, double guidance);
void takeSize(Origin &origin, double width, double height);

// Sets `sampler`, or leaves it over. Names as the three programs have them, in any of their
// spellings; `schedule` is empty where it is part of the name or not told.
void takeSampler(Origin &origin, const QString &name, const QString &schedule);

} // namespace moodloom::origin
