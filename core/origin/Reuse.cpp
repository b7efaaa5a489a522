#include "core/origin/Reuse.h"

#include "core/origin/WeightsHash.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <cmath>

namespace moodloom::origin {
namespace {

using generation::PaintSettings;
using shelf::ShelfEntry;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Reuse)
};

// "SD/dream shaper.safetensors" and "C:\\x\\Dream Shaper.ckpt" are both "dream shaper".
QString plainName(const QString &path)
{
    QString name = QString(path).replace(u'\\', u'/');
    while (name.endsWith(u'/'))
        name.chop(1);
    name = name.section(u'/', -1).toLower().trimmed();
    for (const char *suffix : {".safetensors", ".ckpt", ".pth", ".pt", ".bin"})
        if (name.endsWith(QLatin1String(suffix)))
            name.chop(qsizetype(qstrlen(suffix)));
    return name;
}

class Matching
{
public:
    Matching(Reuse &reuse, const Surroundings &around) : m_reuse(reuse), m_around(around) {}

    void run()
    {
        PaintSettings &settings = m_reuse.settings;
        const Origin &origin = m_reuse.origin;
        settings.negativePrompt = origin.negativePrompt.value_or(settings.negativePrompt);
        settings.steps = origin.steps.value_or(settings.steps);
        settings.guidance = origin.guidance.value_or(settings.guidance);
        settings.sampler = origin.sampler.value_or(settings.sampler);
        if (origin.seed) {
            settings.seed = *origin.seed;
            settings.randomSeed = false;
        }
        takeModel();
        takeLoras();
        if (origin.recipe)
            takeOwn(*origin.recipe);
        takeSize();
        for (const Leftover &leftover : origin.leftovers)
            note(leftoverWords(leftover));
    }

private:
    void note(const QString &text)
    {
        if (!m_reuse.notes.contains(text))
            m_reuse.notes.append(text);
    }

    // Empty when it is not here.
    QString find(const NamedWeights &wanted, const std::function<bool(const ShelfEntry &)> &fits)
    {
        if (QFileInfo(wanted.name).isAbsolute() && QFileInfo::exists(wanted.name))
            return wanted.name;
        QVector<ShelfEntry> candidates;
        std::copy_if(m_around.shelf.begin(), m_around.shelf.end(), std::back_inserter(candidates),
                     [&](const ShelfEntry &entry) { return fits(entry) && !entry.problem; });
        const QString name = plainName(wanted.name);
        if (!name.isEmpty())
            for (const ShelfEntry &entry : candidates)
                if (plainName(entry.path) == name || entry.title.toLower() == name)
                    return entry.path;
        if (!wanted.hash.isEmpty())
            for (const ShelfEntry &entry : candidates)
                if (QFileInfo(entry.path).isFile() &&
                    hasDigest(entry.path, wanted.hash, m_around.stop))
                    return entry.path;
        return {};
    }

    void takeModel()
    {
        const Origin &origin = m_reuse.origin;
        if (!origin.model)
            return;
        const bool own = origin.program.startsWith(QLatin1String("Moodloom"));
        if (own &&
            (origin.model->name.isEmpty() || origin.model->name == QLatin1String("Moodloom"))) {
            m_reuse.settings.model.clear(); // the built-in one
            m_reuse.modelIsHere = true;
            return;
        }
        const QString path =
            find(*origin.model, [](const ShelfEntry &entry) { return entry.isBase(); });
        m_reuse.modelIsHere = !path.isEmpty();
        if (m_reuse.modelIsHere)
            m_reuse.settings.model = path;
        else
            note(Words::tr("The model %1 is not here; the model stays as it is")
                     .arg(nameForPeople(*origin.model)));
    }

    void takeLoras()
    {
        // What is put on is part of how a picture was made, and so is that nothing was.
        if (m_reuse.origin.model || !m_reuse.origin.loras.isEmpty())
            m_reuse.settings.loras.clear();
        for (const NamedWeights &lora : m_reuse.origin.loras) {
            const QString path = find(lora, [](const ShelfEntry &entry) {
                return entry.kind == models::ModelKind::Lora;
            });
            if (!path.isEmpty())
                m_reuse.settings.loras.append({path, lora.scale});
            else
                note(Words::tr("The LoRA %1 is not here").arg(nameForPeople(lora)));
        }
    }

    static QString nameForPeople(const NamedWeights &weights)
    {
        return weights.name.isEmpty()
                   ? weights.hash
                   : QString(weights.name).replace(u'\\', u'/').section(u'/', -1);
    }

    void takeSize()
    {
        const std::optional<QSize> wanted = m_reuse.origin.size;
        if (!wanted)
            return;
        generation::Canvas canvas;
        if (m_around.canvasOf)
            canvas = m_around.canvasOf(m_reuse.settings.model).value_or(canvas);
        QSize size(canvas.onGrid(wanted->width()), canvas.onGrid(wanted->height()));
        if (std::max(wanted->width(), wanted->height()) > generation::Canvas::kLargestSide)
            size = canvas.shaped(*wanted, std::pow(double(generation::Canvas::kLargestSide) /
                                                       std::max(wanted->width(), wanted->height()),
                                                   2) *
                                              wanted->width() * wanted->height());
        m_reuse.settings.size = size;
        if (size != *wanted)
            note(Words::tr("%1 × %2 pixels become %3 × %4, which this model paints")
                     .arg(wanted->width())
                     .arg(wanted->height())
                     .arg(size.width())
                     .arg(size.height()));
    }

    QString picture(const QString &path, const QString &hash) const
    {
        return m_around.picture ? m_around.picture(path, hash) : QString();
    }

    // False when it is not here.
    bool take(generation::RecipePicture &wanted)
    {
        if (wanted.isEmpty())
            return true;
        const QString path = picture(wanted.path, wanted.hash);
        if (path.isEmpty()) {
            note(Words::tr("The picture %1 is not here").arg(QFileInfo(wanted.path).fileName()));
            return false;
        }
        wanted.path = path;
        return true;
    }

    // What only Moodloom's own recipes tell.
    void takeOwn(const generation::Recipe &recipe)
    {
        PaintSettings &settings = m_reuse.settings;
        settings.start = recipe.start;
        if (!take(settings.start.picture) || !take(settings.start.mask))
            settings.start = {};
        const auto here = [&](const QString &path, const char *what) {
            if (path.isEmpty() || QFileInfo::exists(path))
                return true;
            note(Words::tr("%1 %2 is not here")
                     .arg(QLatin1String(what), QFileInfo(path).fileName()));
            return false;
        };
        settings.controls.clear();
        for (generation::RecipeControl control : recipe.controls)
            if (here(control.network, "ControlNet") && take(control.picture))
                settings.controls.append(control);
        settings.adapters.clear();
        for (const QString &adapter : recipe.adapters)
            if (here(adapter, "IP-Adapter"))
                settings.adapters.append(adapter);
        settings.imageEncoder = here(recipe.imageEncoder, "CLIP") ? recipe.imageEncoder : QString();
        for (generation::RecipeReference reference : recipe.references) {
            const QString path = picture(reference.path, reference.hash);
            const QSize size = path.isEmpty() || !m_around.sizeOf ? QSize() : m_around.sizeOf(path);
            if (size.isEmpty()) {
                note(Words::tr("The reference %1 is not here")
                         .arg(QFileInfo(reference.path).fileName()));
                continue;
            }
            reference.path = path;
            m_reuse.references.append({reference, size});
        }
    }

    Reuse &m_reuse;
    const Surroundings &m_around;
};

} // namespace

bool Reuse::hasSettings() const
{
    return origin.negativePrompt || origin.model || !origin.loras.isEmpty() || origin.size ||
           origin.steps || origin.guidance || origin.sampler;
}

Reuse matched(const QString &file, const Origin &origin, const generation::PaintSettings &before,
              const Surroundings &around)
{
    Reuse reuse{file, origin, before, false, {}, {}};
    Matching(reuse, around).run();
    return reuse;
}

} // namespace moodloom::origin
