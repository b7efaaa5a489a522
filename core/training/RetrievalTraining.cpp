#include "core/training/RetrievalTraining.h"

#include "core/base/Machine.h"
#include "core/tensor/SafeTensors.h"
#include "core/training/BuiltInShape.h"
#include "core/training/ShardPool.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <limits>

namespace moodloom::training {
namespace {

constexpr SceneSizes questionSizes{pictureSize, referenceSize};
constexpr int64_t heldEvery = 10;     // of the lessons, only measured with
constexpr double answerSharpness = 2; // of the painter's preferences, in deviations of its answers
constexpr double helpWeight = 1;

at::Tensor unit(const at::Tensor &x)
{
    return x / x.norm(2, -1, true).clamp_min(1e-6);
}

// All lessons as the encoders see them.
struct Classroom
{
    at::Tensor candidates, queries, relation, help; // see QuestionRows; help in deviations

    int64_t size() const { return help.size(0); }
    Classroom at(const at::Tensor &rows) const
    {
        return {candidates.index_select(0, rows), queries.index_select(0, rows),
                relation.index_select(0, rows), help.index_select(0, rows)};
    }
};

Classroom drawn(const SceneSource &source, const models::Tokenizer &tokenizer,
                const Lessons &lessons, ShardPool &pool)
{
    constexpr int64_t chunk = 16;
    const int64_t count = lessons.size(), chunks = (count + chunk - 1) / chunk;
    std::vector<QuestionRows> rows(static_cast<size_t>(chunks));
    pool.run([&](int shard) {
        for (int64_t c = shard; c < chunks; c += pool.size()) {
            rows[size_t(c)] =
                drawQuestions(source, tokenizer, lessons.seed, uint64_t(c * chunk),
                              std::min(chunk, count - c * chunk), {16, questionSizes.reference});
            rows[size_t(c)].targets = at::Tensor();
        }
    });
    std::vector<at::Tensor> candidates, queries, relation;
    for (const QuestionRows &row : rows) {
        candidates.push_back(row.candidates);
        queries.push_back(row.queries);
        relation.push_back(row.relation);
    }
    // In units of what usually lies between candidates of one design.
    const at::Tensor centred = lessons.help - lessons.help.mean(1, true);
    return {at::cat(candidates), at::cat(queries), at::cat(relation),
            centred / centred.square().mean().sqrt().clamp_min(1e-9)};
}

// Which candidates an order by these words can be about: a name does not tell apart designs that
// were never seen. Bool [N,candidates].
at::Tensor comparable(const at::Tensor &relation, bool byLook)
{
    return byLook ? at::ones_like(relation, at::kBool) : relation != 1;
}

// Cosines of the candidates and the words, [N,candidates].
at::Tensor cosines(const Encoders &encoders, const Classroom &lessons, int64_t text,
                   at::ScalarType dtype)
{
    const at::Tensor pictures = unpacked(lessons.candidates.flatten(0, 1)).to(dtype);
    const at::Tensor seen = unit(encoders.vision->forward(pictures).imageEmbeds.to(at::kFloat))
                                .view({lessons.size(), questionCandidates, -1});
    const at::Tensor words =
        unit(encoders.text->forward(lessons.queries.select(1, text).to(at::kLong)).textEmbeds);
    return seen.matmul(words.unsqueeze(2)).squeeze(2);
}

// Cross entropy between the painter's preferences and the search's (REPLUG's LSR up to a constant).
at::Tensor helpLoss(const at::Tensor &similar, const at::Tensor &help, const at::Tensor &among,
                    double sharpness)
{
    constexpr double out = -1e4;
    const at::Tensor hidden = among.logical_not();
    const at::Tensor wanted = (answerSharpness * help).masked_fill(hidden, out).softmax(1);
    const at::Tensor ours = (sharpness * similar).masked_fill(hidden, out).log_softmax(1);
    return -(wanted * ours.masked_fill(hidden, 0)).sum(1).mean();
}

// For each of the query texts.
std::vector<at::Tensor> allCosines(const Encoders &encoders, const Classroom &lessons)
{
    const at::NoGradGuard noGrad;
    std::vector<at::Tensor> all;
    for (int64_t text = 0; text < queryTexts; ++text) {
        std::vector<at::Tensor> parts;
        for (int64_t from = 0; from < lessons.size(); from += 16) {
            const int64_t to = std::min(from + 16, lessons.size());
            parts.push_back(cosines(encoders, lessons.at(at::arange(from, to)), text, at::kFloat));
        }
        all.push_back(at::cat(parts));
    }
    return all;
}

// What turns cosines into preferences best as the encoders are: otherwise the first thing that they
// learn is to shrink or stretch their space.
double fittedSharpness(const Encoders &encoders, const Classroom &lessons)
{
    const auto all = allCosines(encoders, lessons);
    double best = std::numeric_limits<double>::infinity(), at = 1;
    for (double sharpness = 0.5; sharpness < 100; sharpness *= 1.2) {
        double loss = 0;
        for (int64_t text = 0; text < queryTexts; ++text)
            loss += helpLoss(all[size_t(text)], lessons.help,
                             comparable(lessons.relation, text >= int64_t(QueryText::LookEnglish)),
                             sharpness)
                        .item<double>();
        if (loss < best) {
            best = loss;
            at = sharpness;
        }
    }
    return at;
}

std::map<std::string, double> measured(const Encoders &encoders, const Classroom &held,
                                       double sharpness)
{
    double loss = 0, found = 0, sameDesign = 0;
    const auto all = allCosines(encoders, held);
    for (int64_t text = 0; text < queryTexts; ++text) {
        const at::Tensor &similar = all[size_t(text)];
        const at::Tensor among = comparable(held.relation, text >= int64_t(QueryText::LookEnglish));
        loss += helpLoss(similar, held.help, among, sharpness).item<double>() / double(queryTexts);
        found += helpFound(similar, held.help, among) / double(queryTexts);
        sameDesign += helpFound(similar, held.help, held.relation == 2) / double(queryTexts);
    }
    return {
        {"help_loss_held", loss}, {"help_found", found}, {"help_found_same_design", sameDesign}};
}

} // namespace

Result<Lessons> Lessons::load(const std::string &path)
{
    if (!std::filesystem::exists(path))
        return Lessons();
    const auto file = tensor::SafeTensors::open(path);
    if (!file)
        return fail(file.error());
    const auto help = file->tensor("help");
    if (!help)
        return fail(help.error());
    const auto seed = file->metadata().find("seed");
    if (help->dim() != 2 || help->size(1) != questionCandidates || seed == file->metadata().end())
        return fail(ErrorCode::Mismatch, path,
                    "holds no lessons of this version: remove it and ask again");
    Lessons lessons;
    lessons.help = help->clone();
    lessons.seed = std::strtoull(seed->second.c_str(), nullptr, 10);
    return lessons;
}

Result<void> Lessons::save(const std::string &path) const
{
    return tensor::saveSafeTensors(path, {{"help", help}}, {{"seed", std::to_string(seed)}});
}

Result<void> collectLessons(const SceneSource &source, const models::Tokenizer &tokenizer,
                            const Painter &painter, const StageOptions &options)
{
    const std::string path = options.folder + "/lessons.safetensors";
    auto lessons = Lessons::load(path);
    if (!lessons)
        return fail(lessons.error());
    if (lessons->size() == 0)
        lessons->seed = options.seed;
    using Clock = std::chrono::steady_clock;
    const auto begin = Clock::now();
    auto saved = begin;
    const auto seconds = [](Clock::time_point since) {
        return std::chrono::duration<double>(Clock::now() - since).count();
    };
    ShardPool pool(options.threads);
    constexpr int64_t each = 4;
    while (!options.stop.stop_requested() && seconds(begin) < options.minutes * 60) {
        std::vector<at::Tensor> answers(size_t(pool.size()));
        const int64_t done = lessons->size();
        pool.run([&](int shard) {
            const auto first = uint64_t(done + shard * each);
            const QuestionRows rows =
                drawQuestions(source, tokenizer, lessons->seed, first, each, questionSizes);
            answers[size_t(shard)] = painter.help(rows, lessons->seed + first);
        });
        if (lessons->help.defined())
            answers.insert(answers.begin(), lessons->help);
        lessons->help = at::cat(answers);
        if (seconds(saved) < options.logSeconds)
            continue;
        if (auto kept = lessons->save(path); !kept)
            return kept;
        saved = Clock::now();
        std::printf("%lld questions answered\n", (long long)lessons->size());
        std::fflush(stdout);
    }
    return lessons->size() > 0 ? lessons->save(path) : Result<void>();
}

Result<void> trainRetrieval(ScenePool &scenes, const SceneSource &source, const SceneRows &heldRows,
                            const models::Tokenizer &tokenizer, const StageOptions &options)
{
    const auto lessons = Lessons::load(options.folder + "/lessons.safetensors");
    if (!lessons)
        return fail(lessons.error());
    if (lessons->size() < 2 * heldEvery)
        return fail(ErrorCode::NotFound, options.folder + "/lessons.safetensors",
                    "too few lessons: run the stage \"lessons\" first");
    at::manual_seed(options.seed);
    ShardPool pool(options.threads);
    Replicas<Encoders> networks(pool.size(), [&] {
        return std::make_shared<Encoders>(textShape(tokenizer.size(), tokenizer.endId()),
                                          visionShape());
    });
    // As the generator's encoders, until there is a state of its own.
    if (auto begun =
            loadAverage(options.folder + "/encoders.safetensors", networks.first(), encoderHeads);
        !begun)
        return begun;
    for (int i = 0; i < pool.size(); ++i)
        for (auto &item : networks[i].named_parameters())
            item.value().set_requires_grad(!item.key().starts_with("patch_colours"));
    const EncoderBatch heldScenes = makeBatch(heldRows);
    networks.first().fitTemperature(heldScenes);
    Optimizer::Options optimizer;
    optimizer.threads = pool.size();
    optimizer.muon = options.muon;
    optimizer.dtype = options.dtype;
    optimizer.weightDecay = 0.01;
    optimizer.beta2 = 0.98;
    Stage stage("retrieval", options, networks.parameters(), optimizer, 0.98,
                {"english", "chinese", "design", "help_loss", "help_loss_held", "help_found",
                 "help_found_same_design", "recall1_en", "recall1_zh"});
    if (auto done = stage.resume(); !done)
        return done;
    at::manual_seed(stage.seed());

    const Classroom all = drawn(source, tokenizer, *lessons, pool);
    const at::Tensor numbers = at::arange(all.size());
    const at::Tensor isHeld = numbers.remainder(heldEvery) == heldEvery - 1;
    const Classroom held = all.at(numbers.masked_select(isHeld));
    const Classroom taught = all.at(numbers.masked_select(isHeld.logical_not()));
    const int64_t share = std::max(2, options.batch / pool.size());
    const int64_t questions = std::max<int64_t>(1, share / 4);
    const double sharpness = fittedSharpness(
        networks.first(), taught.at(at::arange(std::min<int64_t>(128, taught.size()))));
    std::map<std::string, double> figures;
    while (stage.goesOn()) {
        std::vector<std::map<std::string, double>> values(size_t(pool.size()));
        pool.run([&](int i) {
            const auto losses = networks[i].losses(makeBatch(scenes.pick(share)), options.dtype);
            const Classroom some = taught.at(at::randint(taught.size(), {questions}, at::kLong));
            const auto text = at::randint(queryTexts, {1}, at::kLong).item<int64_t>();
            const at::Tensor help = helpLoss(
                cosines(networks[i], some, text, options.dtype), some.help,
                comparable(some.relation, text >= int64_t(QueryText::LookEnglish)), sharpness);
            (losses.english + losses.chinese + losses.design + helpWeight * help).backward();
            if (stage.readsValues())
                values[size_t(i)] = {{"english", losses.english.item<double>()},
                                     {"chinese", losses.chinese.item<double>()},
                                     {"design", losses.design.item<double>()},
                                     {"help_loss", help.item<double>()}};
        });
        networks.gather(1.0 / pool.size());
        if (stage.step() % 50 == 0 || figures.empty()) {
            const at::NoGradGuard noGrad;
            stage.average().swap();
            figures = measured(networks.first(), held, sharpness);
            figures.merge(networks.first().recall(heldScenes));
            stage.average().swap();
        }
        auto row = values[0];
        row.insert(figures.begin(), figures.end());
        if (auto done = stage.finishStep(share * pool.size(), scenes.position(), row); !done)
            return done;
    }
    return stage.save();
}

} // namespace moodloom::training
