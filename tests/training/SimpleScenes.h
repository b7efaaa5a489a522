// Scenes that need no picture world: one disc or square of a colour on a plain ground.
#pragma once

#include "core/training/SceneSource.h"

#include <algorithm>
#include <cmath>

namespace moodloom::training {

class SimpleScenes : public SceneSource
{
public:
    // Twelve different scenes, by seed modulo twelve.
    TrainingScene scene(uint64_t seed, int size, int referenceSize) const override
    {
        const int colour = int(seed % 3), shape = int(seed / 3 % 2), ground = int(seed / 6 % 2);
        static const char *const colours[] = {"red", "green", "blue"}, *const coloursZh[] = {"红", "绿", "蓝"};
        const std::string thing = shape ? "square" : "disc", thingZh = shape ? "方" : "圆";
        const std::string place = ground ? " by day" : " at night", placeZh = ground ? "白天" : "夜晚";
        TrainingScene scene;
        scene.picture = draw(size, colour, shape, ground);
        scene.captionEn = std::string("a ") + colours[colour] + " " + thing + place;
        scene.captionZh = placeZh + coloursZh[colour] + thingZh;
        scene.plainEn = "a " + thing + place;
        scene.plainZh = placeZh + thingZh;
        SceneEntity entity;
        entity.family = shape;
        if (referenceSize > 0)
            entity.reference = draw(referenceSize, colour, shape, 1 - ground);
        entity.box[0] = entity.box[1] = 0.25f;
        entity.box[2] = entity.box[3] = 0.5f;
        scene.entities.push_back(entity);
        return scene;
    }
    NameCaptions nameCaptions(uint64_t seed, bool heldOut) const override
    {
        static const char *const names[] = {"Orik", "Bolan", "Zusel", "Rimel"};
        const TrainingScene one = scene(seed, 8, 0);
        const std::string thing = seed / 3 % 2 ? "square" : "disc";
        const std::string place = one.plainEn.substr(2 + thing.size());
        return {one.plainEn, std::string("a ") + names[heldOut ? 3 : seed % 3] + " " + thing + place,
                scene(seed * 7 + 1, 8, 0).captionEn};
    }
    // Candidates of the same colour and shape help; the others are of another colour, or another shape.
    ReferenceQuestion question(uint64_t seed, int size, int referenceSize) const override
    {
        const TrainingScene target = scene(seed, size, 0);
        const int colour = int(seed % 3), shape = int(seed / 3 % 2), ground = int(seed / 6 % 2);
        ReferenceQuestion question;
        question.target = target.picture;
        question.plainEn = target.plainEn;
        question.plainZh = target.plainZh;
        question.kindEn = shape ? "square" : "disc";
        question.kindZh = shape ? "方" : "圆";
        question.lookEn = target.captionEn;
        question.lookZh = target.captionZh;
        for (int i = 0; i < questionCandidates; ++i) {
            const int otherColour = i % 2 ? (colour + 1) % 3 : colour, otherShape = i % 4 < 2 ? shape : 1 - shape;
            question.candidates.push_back({draw(referenceSize, otherColour, otherShape, i < 4 ? 1 - ground : ground),
                                           otherColour == colour && otherShape == shape, otherShape == shape});
        }
        return question;
    }
    std::vector<std::string> families() const override { return {"disc", "square"}; }
    std::vector<std::string> settings() const override { return {"night", "day"}; }
    std::vector<std::string> corpus(uint64_t seed, int count) const override
    {
        std::vector<std::string> texts;
        for (int i = 0; i < count; ++i) {
            const TrainingScene one = scene(seed + uint64_t(i), 8, 0);
            texts.insert(texts.end(), {one.captionEn, one.captionZh});
        }
        return texts;
    }

private:
    static Picture draw(int size, int colour, int shape, int ground)
    {
        Picture picture{size, size, std::vector<uint8_t>(size_t(size) * size_t(size) * 3)};
        for (int y = 0; y < size; ++y) {
            for (int x = 0; x < size; ++x) {
                const double u = (x + 0.5) / size - 0.5, v = (y + 0.5) / size - 0.5;
                const bool inside = shape ? std::max(std::abs(u), std::abs(v)) < 0.25 : u * u + v * v < 0.0625;
                uint8_t *pixel = &picture.rgb[size_t(y * size + x) * 3];
                for (int c = 0; c < 3; ++c)
                    pixel[c] = uint8_t(inside ? (c == colour ? 220 : 30) : (ground ? 200 : 40));
            }
        }
        return picture;
    }
};

} // namespace moodloom::training
