// Text and pictures in one space, by a CLIP from a folder: the built-in one or the user's own.
//
// Two layouts are read:
//   a model folder (model_index.json): text_encoder and image_encoder with projections of one width,
//     or retrieval_text_encoder and retrieval_image_encoder where it has both; tokenizer, feature_extractor;
//   a CLIP folder (config.json with text_config and vision_config): model.safetensors with both towers,
//     preprocessor_config.json, vocab.json and merges.txt.
// Not thread-safe; belongs to one worker. No torch in this header.
#pragma once

#include "core/image/Embedder.h"

#include <memory>

namespace moodloom::retrieval {

class ClipEmbedder : public image::Embedder
{
public:
    // A model may have a pair of encoders for searching alone, trained with what its generator makes of
    // the finds; the pair that the generator reads is there all the same.
    enum class Pair { Searching, Generating };
    // Whether these are two pairs. False for what is no model folder.
    static bool hasPairForSearching(const QString &folder);

    // Empty = the built-in model. A generator whose encoders share no space (Stable Diffusion's text
    // encoder has no projection) gives the built-in encoders, too.
    // Errors: NotFound, Corrupt, Unsupported, Mismatch, OutOfMemory; each names the file.
    static Result<std::unique_ptr<ClipEmbedder>> open(const QString &folder, Pair pair = Pair::Searching);
    ~ClipEmbedder() override;

    QString id() const override;
    int dimension() const override;
    // Transparent pictures stand on white. Errors: Cancelled (between batches), Invalid (an empty
    // picture), OutOfMemory.
    Result<std::vector<image::Embedding>> embedImages(std::span<const QImage> images,
                                                      std::stop_token stop = {}) override;
    // What does not fit into the encoder's context is left out.
    Result<image::Embedding> embedText(const QString &text) override;
    Result<std::vector<image::Embedding>> embedTexts(const QStringList &texts,
                                                     std::stop_token stop = {}) override;

private:
    struct Private;
    explicit ClipEmbedder(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace moodloom::retrieval
