#include "core/grounding/Benchmark.h"

#include "core/generation/Pictures.h"
#include "core/generation/TakeChecker.h"
#include "core/grounding/Likeness.h"
#include "core/grounding/PictureStore.h"
#include "core/grounding/RelationJudge.h"
#include "core/retrieval/ClipEmbedder.h"
#include "core/world/Caption.h"
#include "core/world/Designs.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <map>
#include <set>

namespace moodloom::grounding {
namespace {

constexpr int freshDrawings =
    3; // of each trial: the judge's accuracy, what copying is held against

// Of each group; the languages of the rest are English.
constexpr Condition paintedConditions[] = {Condition::None,           Condition::Retrieved,
                                           Condition::RetrievedPlain, Condition::Oracle,
                                           Condition::Wrong,          Condition::Random};
constexpr Condition relationConditions[] = {Condition::None, Condition::Retrieved,
                                            Condition::RetrievedPlain, Condition::Oracle};

class Run
{
public:
    Run(const BenchmarkOptions &options, const BenchmarkTools &tools, std::stop_token stop)
        : m_options(options), m_tools(tools), m_stop(stop), m_store(options.folder)
    {
        m_outcome.options = options;
        m_outcome.size = tools.size;
    }

    Result<Outcome> run()
    {
        QElapsedTimer clock;
        clock.start();
        for (int group = 0; group < groupCount; ++group)
            for (Trial &trial : trialsOf(Group(group), m_options.count, m_options.seed))
                m_outcome.trials.push_back(std::move(trial));
        Result<void> done = all();
        if (!done && done.error().code != ErrorCode::Cancelled)
            return fail(done.error());
        m_outcome.partial = !done;
        measureDiversity();
        m_outcome.checks =
            checkFindings(m_outcome.trials, m_outcome.paintings, m_otherDesigns, m_otherThings);
        m_outcome.seconds = double(clock.elapsed()) / 1000;
        return std::move(m_outcome);
    }

private:
    Result<void> all()
    {
        if (auto made = m_store.make(); !made)
            return made;
        for (const auto &stage : {&Run::makeJudge, &Run::makeLibrary, &Run::judgeDrawings,
                                  &Run::paintTrials, &Run::measureControls})
            if (auto done = (this->*stage)(); !done)
                return done;
        return {};
    }

    void tell(const QString &what, int done, int total) const
    {
        if (m_tools.progress)
            m_tools.progress(what, done, total);
    }

    Result<void> makeJudge()
    {
        auto judge = Judge::make(
            m_options.judge,
            [this](int done, int total) {
                tell(QStringLiteral("teaching the judge"), done, total);
            },
            m_stop);
        if (!judge)
            return fail(judge.error());
        m_judge = std::move(*judge);
        std::set<world::Family> families;
        for (const Trial &trial : m_outcome.trials)
            if (trial.group != Group::Relation)
                families.insert(trial.design().family);
        int done = 0;
        for (const world::Family family : families) {
            if (auto prepared = m_judge.prepare(family, m_stop); !prepared)
                return prepared;
            tell(QStringLiteral("teaching the judge families"), ++done, int(families.size()));
        }
        for (size_t i = 0; i < m_outcome.trials.size(); ++i) {
            if (m_outcome.trials[i].group != Group::Relation)
                continue;
            auto relations =
                RelationJudge::make(m_judge, m_outcome.trials[i].scene,
                                    world::derivedSeed(m_options.judge.seed, 3000 + i), m_stop);
            if (!relations)
                return fail(relations.error());
            m_relations.emplace(int(i), std::move(*relations));
            tell(QStringLiteral("teaching the judge relations"), int(m_relations.size()),
                 m_options.count);
        }
        return {};
    }

    Result<void> makeLibrary()
    {
        if (!m_work.isValid())
            return fail(ErrorCode::Unreadable, m_work.path().toStdString(),
                        m_work.errorString().toStdString());
        const QString encoders =
            m_options.encoders.isEmpty() ? m_options.model : m_options.encoders;
        const auto make = [&](const TrialLibraryOptions &options, const QString &name) {
            return TrialLibrary::make(
                options, encoders, m_work.filePath(name),
                [this](const QString &what, int done, int total) { tell(what, done, total); },
                m_stop);
        };
        auto library = make(m_options.library, QStringLiteral("library"));
        if (!library)
            return fail(library.error());
        m_library = std::move(*library);
        if (retrieval::ClipEmbedder::hasPairForSearching(encoders)) {
            TrialLibraryOptions plain = m_options.library;
            plain.plainEncoders = true;
            auto second = make(plain, QStringLiteral("library-plain"));
            if (!second)
                return fail(second.error());
            m_plainLibrary = std::move(*second);
        }
        if (m_library->embedder())
            m_checker.emplace(m_library->library(), m_library->retriever(), m_library->embedder());
        else
            m_outcome.libraryNote =
                QStringLiteral("this model's encoders share no space: searched by words only");
        tell(QStringLiteral("measuring retrieval"), 0, 1);
        auto retrieval = measureRetrieval(*m_library, m_options.queries, m_options.seed, m_stop);
        if (!retrieval)
            return fail(retrieval.error());
        m_outcome.retrieval = std::move(*retrieval);
        if (m_plainLibrary) {
            auto plain =
                measureRetrieval(*m_plainLibrary, m_options.queries, m_options.seed, m_stop);
            if (!plain)
                return fail(plain.error());
            for (RetrievalFinding &finding : *plain)
                if (finding.mode != SearchMode::Words) { // which no encoder takes part in
                    finding.plainEncoders = true;
                    m_outcome.retrieval.push_back(finding);
                }
        }
        return {};
    }

    // The judge's own accuracy, on drawings that it has never seen.
    Result<void> judgeDrawings()
    {
        for (size_t i = 0; i < m_outcome.trials.size(); ++i)
            for (int k = 0; k < freshDrawings; ++k) {
                if (m_stop.stop_requested())
                    return cancelled();
                const QImage drawing =
                    world::drawScene(drawnAgain(m_outcome.trials[i], k), m_tools.size.width());
                if (auto kept = keep({int(i), Condition::Drawn, Language::English, k}, drawing);
                    !kept)
                    return kept;
                if (k == 0)
                    if (auto checked = checkForOthers(int(i), drawing); !checked)
                        return checked;
                if (m_tools.decode) {
                    const QImage given = m_tools.decode(drawing);
                    Painting painting{int(i), Condition::Decoded, Language::English, k};
                    painting.fidelity = fidelity(given, drawing);
                    if (auto kept = keep(std::move(painting), given); !kept)
                        return kept;
                }
                tell(QStringLiteral("measuring the judge"), int(i) * freshDrawings + k + 1,
                     int(m_outcome.trials.size()) * freshDrawings);
            }
        return {};
    }

    bool isAsked(Condition condition) const
    {
        const auto &asked = m_options.conditions;
        return asked.empty() || std::find(asked.begin(), asked.end(), condition) != asked.end();
    }

    // The first trial of every group first, so that a run that is stopped has something of all.
    Result<void> paintTrials()
    {
        std::vector<Painting> plan;
        for (int i = 0; i < m_options.count; ++i)
            for (int group = 0; group < groupCount; ++group) {
                const int trial = group * m_options.count + i;
                const bool two = Group(group) == Group::Relation;
                const auto conditions = two ? std::span<const Condition>(relationConditions)
                                            : std::span<const Condition>(paintedConditions);
                for (const Condition condition : conditions)
                    for (const Language language : {Language::English, Language::Chinese}) {
                        const bool bothLanguages =
                            condition == Condition::None || condition == Condition::Retrieved;
                        if (language == Language::Chinese && (two || !bothLanguages))
                            continue;
                        if (condition == Condition::RetrievedPlain && !m_plainLibrary)
                            continue;
                        if (!isAsked(condition))
                            continue;
                        for (int take = 0; take < m_options.takes; ++take)
                            plan.push_back({trial, condition, language, take});
                    }
            }
        int done = 0;
        for (Painting &painting : plan) {
            if (auto painted = paint(painting); !painted)
                return painted;
            tell(QStringLiteral("painting"), ++done, int(plan.size()));
        }
        return {};
    }

    struct References
    {
        QVector<generation::RecipeReference> recipe;
        std::vector<QImage> pictures;
        QVector<QString> files; // in the report's folder
        double expected = 0;    // likeness of fresh drawings
    };

    Result<const References *> referencesOf(int index, Condition condition, Language language)
    {
        const auto key = std::tuple(index, condition, language);
        if (const auto known = m_references.find(key); known != m_references.end())
            return &known->second;
        const Trial &trial = m_outcome.trials[size_t(index)];
        References references;
        const bool searched =
            condition == Condition::Retrieved || condition == Condition::RetrievedPlain;
        if (searched) {
            TrialLibrary &library =
                condition == Condition::Retrieved ? *m_library : *m_plainLibrary;
            const auto found = library.references(trial.prompt(language), m_stop);
            if (!found)
                return fail(found.error());
            references.recipe = *found;
            for (const generation::RecipeReference &reference : *found) {
                const auto used = generation::readReference(reference, m_options.library.size);
                if (!used)
                    return fail(used.error());
                references.pictures.push_back(*used);
            }
        } else if (condition != Condition::None) {
            references.pictures = drawnReferences(trial, condition, m_options.library.size);
        }
        for (size_t i = 0; i < references.pictures.size(); ++i) {
            auto file = m_store.keep(QStringLiteral("%1-%2%3-reference%4")
                                         .arg(index)
                                         .arg(nameOf(condition), language == Language::Chinese
                                                                     ? QStringLiteral("-zh")
                                                                     : QString())
                                         .arg(i + 1),
                                     references.pictures[i]);
            if (!file)
                return fail(file.error());
            references.files.append(*file);
            if (!searched)
                references.recipe.append({m_store.path(*file), {}, {}, 1, {}});
        }
        if (!references.pictures.empty()) {
            std::vector<QImage> fresh;
            for (int k = 0; k < freshDrawings; ++k)
                fresh.push_back(world::drawScene(drawnAgain(trial, k), m_tools.size.width()));
            references.expected = expectedLikeness(fresh, references.pictures);
        }
        return &m_references.emplace(key, std::move(references)).first->second;
    }

    generation::Recipe recipeOf(const Trial &trial, Language language, int take) const
    {
        generation::Recipe recipe;
        recipe.prompt = trial.prompt(language);
        recipe.model = m_options.model;
        recipe.size = m_tools.size;
        recipe.steps = m_options.steps;
        recipe.guidance = m_options.guidance;
        recipe.sampler = m_options.sampler;
        // Paired: the same noise whatever the references and the language.
        recipe.seed = world::derivedSeed(trial.seed, 400 + uint64_t(take)) >> 16;
        return recipe;
    }

    Result<void> paint(Painting &painting)
    {
        const Trial &trial = m_outcome.trials[size_t(painting.trial)];
        const auto references = referencesOf(painting.trial, painting.condition, painting.language);
        if (!references)
            return fail(references.error());
        generation::Recipe recipe = recipeOf(trial, painting.language, painting.take);
        recipe.references = (*references)->recipe;
        const auto picture = m_tools.paint(recipe, m_stop);
        if (!picture)
            return fail(picture.error());
        if (!(*references)->pictures.empty())
            painting.copying =
                collageLikeness(*picture, (*references)->pictures) - (*references)->expected;
        painting.references = (*references)->files;
        return keep(painting, *picture, (*references)->recipe);
    }

    // What the check of takes says about a design in a picture that was asked for with this prompt.
    Result<std::optional<generation::FacetCheck>>
    checked(const QImage &picture, const QString &prompt, const world::NamedDesign &named,
            const QVector<generation::RecipeReference> &references)
    {
        if (!m_checker)
            return std::optional<generation::FacetCheck>();
        generation::Recipe recipe;
        recipe.prompt = prompt;
        recipe.references = references;
        const auto check = m_checker->check(picture, recipe, {}, m_stop);
        if (!check)
            return fail(check.error());
        for (const generation::FacetCheck &facet : check->facets)
            if (facet.text.contains(QString::fromStdString(named.name.en)) ||
                facet.text.contains(QString::fromStdString(named.name.zh)))
                return std::optional(facet);
        return std::optional<generation::FacetCheck>();
    }

    // A drawing is checked for what it does not show, too.
    Result<void> checkForOthers(int index, const QImage &drawing)
    {
        const Trial &trial = m_outcome.trials[size_t(index)];
        if (trial.group == Group::Relation)
            return {};
        const int thing = drawnDesigns(trial, Condition::Random).front().named;
        for (const auto &[design, list] :
             {std::pair{trial.wrong, &m_otherDesigns}, std::pair{thing, &m_otherThings}}) {
            const world::NamedDesign &named = world::namedDesign(design);
            const QString prompt = QString::fromStdString(world::namedEn(named.design)) +
                                   QStringLiteral(", ") + trial.where;
            const auto check = checked(drawing, prompt, named, {});
            if (!check)
                return fail(check.error());
            if (*check)
                list->push_back({index, **check, false});
        }
        return {};
    }

    // Judges a picture and files it.
    Result<void> keep(Painting painting, const QImage &picture,
                      const QVector<generation::RecipeReference> &references = {})
    {
        const Trial &trial = m_outcome.trials[size_t(painting.trial)];
        painting.judged.verdict = m_judge.judge(picture);
        if (trial.group == Group::Relation)
            painting.judged.relation = m_relations.at(painting.trial).judge(picture);
        else
            painting.judged.design = m_judge.identify(picture, trial.design().family).design;
        if (trial.group != Group::Relation) {
            const auto check = checked(picture, trial.prompt(painting.language),
                                       world::namedDesign(trial.design().named), references);
            if (!check)
                return fail(check.error());
            painting.check = *check;
        }
        auto file = m_store.keep(
            QStringLiteral("%1-%2%3-%4")
                .arg(painting.trial)
                .arg(nameOf(painting.condition),
                     painting.language == Language::Chinese ? QStringLiteral("-zh") : QString())
                .arg(painting.take + 1),
            picture);
        if (!file)
            return fail(file.error());
        painting.file = *file;
        m_takes[{painting.trial, painting.condition, painting.language}].push_back(picture);
        m_outcome.paintings.push_back(std::move(painting));
        return {};
    }

    static double spread(const std::vector<QImage> &pictures)
    {
        double sum = 0;
        int pairs = 0;
        for (size_t i = 0; i < pictures.size(); ++i)
            for (size_t k = 0; k < i; ++k, ++pairs)
                sum += meanDifference(pictures[i], pictures[k]);
        return pairs > 0 ? sum / pairs : 0;
    }

    void measureDiversity()
    {
        std::map<std::pair<Group, Condition>, std::vector<Observation>> ratios;
        for (const auto &[key, pictures] : m_takes) {
            const auto &[index, condition, language] = key;
            const auto drawn = m_takes.find({index, Condition::Drawn, Language::English});
            if (language != Language::English || pictures.size() < 2 || drawn == m_takes.end() ||
                drawn->second.size() < 2)
                continue;
            ratios[{m_outcome.trials[size_t(index)].group, condition}].push_back(
                {index, spread(pictures), spread(drawn->second)});
        }
        for (const auto &[key, observations] : ratios)
            m_outcome.diversity.push_back({key.first, key.second, bootstrap(observations)});
    }

    Result<void> measureControls()
    {
        if (!m_options.conditions.empty())
            return {};
        std::vector<ControlTrial> trials;
        for (int i = 0; i < std::min(m_options.controlTrials, m_options.count); ++i) {
            const Trial &trial = m_outcome.trials[size_t(i)]; // held-out ones are the first
            const auto references = referencesOf(i, Condition::Oracle, Language::English);
            if (!references)
                return fail(references.error());
            const auto others = referencesOf(i, Condition::Random, Language::English);
            if (!others)
                return fail(others.error());
            ControlTrial control{i, recipeOf(trial, Language::English, 0), trial.design()};
            control.thing = trial.thing;
            control.where = trial.where;
            control.recipe.references = (*references)->recipe;
            control.other = (*others)->recipe.front();
            control.otherFamily = drawnDesigns(trial, Condition::Random).front().family;
            trials.push_back(std::move(control));
        }
        ControlTools tools;
        tools.paint = [this](const generation::Recipe &recipe) {
            return m_tools.paint(recipe, m_stop);
        };
        tools.shows = [this](const QImage &picture, const world::Design &design) {
            return m_judge.identify(picture, design.family).design == design.named;
        };
        tools.box = [this](const QImage &picture) { return m_judge.judge(picture).box; };
        tools.family = [this](const QImage &picture) { return m_judge.judge(picture).family; };
        tools.keep = [this](const QString &name, const QImage &picture) -> Result<void> {
            const auto file = m_store.keep(name, picture);
            return file ? Result<void>() : fail(file.error());
        };
        tools.progress = [this](int done, int total) {
            tell(QStringLiteral("trying the controls"), done, total);
        };
        return grounding::measureControls(trials, tools, m_outcome.controls);
    }

    const BenchmarkOptions &m_options;
    const BenchmarkTools &m_tools;
    const std::stop_token m_stop;
    PictureStore m_store;
    QTemporaryDir m_work;
    Judge m_judge;
    std::map<int, RelationJudge> m_relations; // by trial
    std::unique_ptr<TrialLibrary> m_library;
    std::optional<generation::TakeChecker> m_checker;
    std::vector<CheckedPicture> m_otherDesigns, m_otherThings;
    std::unique_ptr<TrialLibrary> m_plainLibrary; // null where the model has one pair of encoders
    std::map<std::tuple<int, Condition, Language>, References> m_references;
    std::map<std::tuple<int, Condition, Language>, std::vector<QImage>> m_takes;
    Outcome m_outcome;
};

} // namespace

Result<Outcome> runBenchmark(const BenchmarkOptions &options, const BenchmarkTools &tools,
                             std::stop_token stop)
{
    const auto positive = [](const char *name, int value) -> Result<void> {
        if (value < 1)
            return fail(ErrorCode::Invalid, name,
                        std::to_string(value) + "; give a whole number, 1 or larger");
        return {};
    };
    for (const auto &checked : {positive("count", options.count), positive("takes", options.takes)})
        if (!checked)
            return fail(checked.error());
    return Run(options, tools, stop).run();
}

} // namespace moodloom::grounding
