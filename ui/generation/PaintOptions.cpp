#include "ui/generation/PaintOptions.h"

#include "core/session/Session.h"
#include "core/session/ShelfService.h"
#include "ui/controls/PictureFileProvider.h"
#include "ui/generation/RecipeText.h"

#include <QFileInfo>
#include <QRandomGenerator>

#include <array>
#include <cmath>

namespace moodloom::ui {

using generation::PaintSettings;
using generation::Sampler;

static constexpr std::array<QSize, 7> kShapes{QSize(1, 1), QSize(4, 3), QSize(3, 2), QSize(16, 9),
                                              QSize(3, 4), QSize(2, 3), QSize(9, 16)};

namespace {

struct Effort
{
    int steps;
    Sampler sampler;
};
// A draft is for looking around: UniPC (Zhao et al. 2023) was made for few steps, and the built-in
// model's pictures of 8 of them are nearly those of 20.
constexpr std::array kEfforts{Effort{8, Sampler::UniPc}, Effort{20, Sampler::Auto},
                              Effort{40, Sampler::Auto}};

} // namespace

PaintOptions::PaintOptions(session::Session *session, QObject *parent)
    : QObject(parent), m_session(session), m_addons(session),
      m_modelProblems(session->modelProblems()), m_startProblems(session->startProblems())
{
    connect(session, &session::Session::settingsChanged, this, &PaintOptions::changed);
    connect(session, &session::Session::canvasChanged, this, &PaintOptions::changed);
    connect(session, &session::Session::memoryChanged, this, &PaintOptions::memoryChanged);
    connect(session->shelf(), &session::ShelfService::modelChanged, this, &PaintOptions::changed);
    connect(session->shelf(), &session::ShelfService::progressChanged, this,
            &PaintOptions::changed);
}

const PaintSettings &PaintOptions::settings() const
{
    return m_session->settings();
}

template <class Change> void PaintOptions::edit(Change change)
{
    PaintSettings next = settings();
    change(next);
    if (next != settings())
        m_session->setSettings(next);
}

int PaintOptions::granularity() const
{
    return m_session->canvas().step;
}

int PaintOptions::smallestSide() const
{
    return m_session->canvas().smallestSide();
}

QString PaintOptions::seed() const
{
    return QString::number(settings().seed);
}

void PaintOptions::setSeed(const QString &seed)
{
    bool number = false;
    const quint64 value = seed.trimmed().toULongLong(&number);
    if (!number) {
        Q_EMIT changed(); // the field shows the old one again
        return;
    }
    edit([value](PaintSettings &s) {
        s.seed = value;
        s.randomSeed = false;
    });
}

void PaintOptions::setSeedLocked(bool locked)
{
    edit([locked](PaintSettings &s) { s.randomSeed = !locked; });
}

void PaintOptions::rollSeed()
{
    // Ten digits can be read out and typed again.
    const quint64 value = QRandomGenerator::system()->generate();
    edit([value](PaintSettings &s) {
        s.seed = value;
        s.randomSeed = false;
    });
}

void PaintOptions::setWidth(int width)
{
    edit([&](PaintSettings &s) { s.size.setWidth(m_session->canvas().onGrid(width)); });
}

void PaintOptions::setHeight(int height)
{
    edit([&](PaintSettings &s) { s.size.setHeight(m_session->canvas().onGrid(height)); });
}

void PaintOptions::setSteps(int steps)
{
    edit([steps](PaintSettings &s) { s.steps = std::clamp(steps, 1, 200); });
}

void PaintOptions::setGuidance(double guidance)
{
    edit([guidance](PaintSettings &s) { s.guidance = std::clamp(guidance, 1.0, 20.0); });
}

void PaintOptions::setSampler(int sampler)
{
    const auto &known = generation::samplers();
    edit([&](PaintSettings &s) {
        s.sampler = known[std::clamp<qsizetype>(sampler, 0, known.size() - 1)];
    });
}

QVariantList PaintOptions::samplers() const
{
    QVariantList list;
    for (const Sampler sampler : generation::samplers())
        list << QVariantMap{{QStringLiteral("text"), samplerLabel(sampler)},
                            {QStringLiteral("value"), int(sampler)}};
    return list;
}

void PaintOptions::setNegativePrompt(const QString &text)
{
    edit([&text](PaintSettings &s) { s.negativePrompt = text; });
}

QString PaintOptions::modelName() const
{
    return model().isEmpty() ? tr("Built-in") : weightsLabel(model());
}

QString PaintOptions::modelProblem() const
{
    return model().isEmpty() ? QString() : m_session->shelf()->reason(model()).value_or(QString());
}

QString PaintOptions::memory() const
{
    const auto &memory = m_session->memory();
    return memory && memory->fits ? generation::memorySummary(*memory) : QString();
}

QString PaintOptions::memoryProblem() const
{
    const auto &memory = m_session->memory();
    return memory && !memory->fits ? generation::memorySummary(*memory) : QString();
}

QString PaintOptions::startName() const
{
    return QFileInfo(settings().start.picture.path).fileName();
}

QString PaintOptions::startUrl() const
{
    return PictureFileProvider::pictureUrl(settings().start.picture.path);
}

void PaintOptions::setStartStrength(double strength)
{
    edit([strength](PaintSettings &s) { s.start.strength = std::clamp(strength, 0.0, 1.0); });
}

void PaintOptions::paintOver(const QString &hash, const QString &path)
{
    m_session->paintOver(hash, path);
}

void PaintOptions::paintOverFile(const QUrl &file)
{
    if (file.isLocalFile())
        m_session->paintOver({}, file.toLocalFile());
}

void PaintOptions::paintFromNoise()
{
    edit([](PaintSettings &s) { s.start = {}; });
}

void PaintOptions::retranslate()
{
    m_modelProblems.retranslate();
    m_startProblems.retranslate();
    m_addons.refresh();
    Q_EMIT retranslated();
    Q_EMIT changed();
    Q_EMIT memoryChanged();
}

void PaintOptions::useModel(const QUrl &folder)
{
    m_session->useModel(folder.toLocalFile());
}

QVariantList PaintOptions::efforts() const
{
    const QStringList names{tr("Draft"), tr("Normal"), tr("Fine")};
    QVariantList list;
    for (size_t i = 0; i < kEfforts.size(); ++i)
        list << QVariantMap{{QStringLiteral("text"), names[qsizetype(i)]},
                            {QStringLiteral("tip"), tr("%n steps", nullptr, kEfforts[i].steps)}};
    return list;
}

int PaintOptions::effort() const
{
    for (size_t i = 0; i < kEfforts.size(); ++i)
        if (settings().steps == kEfforts[i].steps && settings().sampler == kEfforts[i].sampler)
            return int(i);
    return -1;
}

void PaintOptions::useEffort(int index)
{
    if (index < 0 || index >= int(kEfforts.size()))
        return;
    edit([&](PaintSettings &s) {
        s.steps = kEfforts[size_t(index)].steps;
        s.sampler = kEfforts[size_t(index)].sampler;
    });
}

QVariantList PaintOptions::shapes() const
{
    QVariantList list;
    for (const QSize &shape : kShapes)
        list << QVariantMap{{QStringLiteral("text"),
                             QStringLiteral("%1:%2").arg(shape.width()).arg(shape.height())},
                            {QStringLiteral("value"), double(shape.width()) / shape.height()}};
    return list;
}

int PaintOptions::shape() const
{
    // A side is a multiple of the granularity, so that a shape is only nearly met.
    const double aspect = double(width()) / std::max(1, height());
    for (size_t i = 0; i < kShapes.size(); ++i)
        if (std::abs(aspect / (double(kShapes[i].width()) / kShapes[i].height()) - 1) < 0.05)
            return int(i);
    return -1;
}

void PaintOptions::useShape(int index)
{
    if (index < 0 || index >= int(kShapes.size()))
        return;
    edit([&](PaintSettings &s) {
        s.size = m_session->canvas().shaped(kShapes[size_t(index)], double(width()) * height());
    });
}

void PaintOptions::swapSides()
{
    edit([](PaintSettings &s) { s.size.transpose(); });
}

} // namespace moodloom::ui
