#include "core/generation/Sampler.h"

#include <QStringList>

#include <array>

namespace moodloom::generation {
namespace {

struct Entry
{
    Sampler sampler;
    const char *name, *title;
};

constexpr std::array kSamplers{
    Entry{Sampler::Auto, "auto", "Automatic"},
    Entry{Sampler::DpmPP2M, "dpm++2m", "DPM++ 2M"},
    Entry{Sampler::DpmPP2MKarras, "dpm++2m-karras", "DPM++ 2M Karras"},
    Entry{Sampler::DpmPP2MSde, "dpm++2m-sde", "DPM++ 2M SDE"},
    Entry{Sampler::DpmPP2MSdeKarras, "dpm++2m-sde-karras", "DPM++ 2M SDE Karras"},
    Entry{Sampler::DpmPP2S, "dpm++2s", "DPM++ 2S"},
    Entry{Sampler::UniPc, "unipc", "UniPC"},
    Entry{Sampler::Euler, "euler", "Euler"},
    Entry{Sampler::EulerAncestral, "euler-a", "Euler a"},
    Entry{Sampler::Heun, "heun", "Heun"},
    Entry{Sampler::Lms, "lms", "LMS"},
    Entry{Sampler::Deis, "deis", "DEIS"},
    Entry{Sampler::Ddim, "ddim", "DDIM"},
    Entry{Sampler::Ddpm, "ddpm", "DDPM"},
    Entry{Sampler::Pndm, "pndm", "PNDM"},
    Entry{Sampler::Lcm, "lcm", "LCM"},
    Entry{Sampler::Tcd, "tcd", "TCD"},
    Entry{Sampler::FlowEuler, "flow-euler", "Flow Euler"}};

const Entry &entryOf(Sampler sampler)
{
    for (const Entry &entry : kSamplers)
        if (entry.sampler == sampler)
            return entry;
    return kSamplers.front();
}

} // namespace

const QVector<Sampler> &samplers()
{
    static const QVector<Sampler> all = [] {
        QVector<Sampler> list;
        for (const Entry &entry : kSamplers)
            list.append(entry.sampler);
        return list;
    }();
    return all;
}

QString samplerName(Sampler sampler)
{
    return QLatin1String(entryOf(sampler).name);
}

QString samplerTitle(Sampler sampler)
{
    return QLatin1String(entryOf(sampler).title);
}

Result<Sampler> samplerFromName(const QString &name)
{
    for (const Entry &entry : kSamplers)
        if (name.compare(QLatin1String(entry.name), Qt::CaseInsensitive) == 0)
            return entry.sampler;
    return fail(ErrorCode::Invalid, name.toStdString(),
                "choose one of " + samplerNames().toStdString());
}

QString samplerNames()
{
    QStringList names;
    for (const Entry &entry : kSamplers)
        names << QLatin1String(entry.name);
    return names.join(QStringLiteral(", "));
}

} // namespace moodloom::generation
