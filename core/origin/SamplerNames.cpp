// What other programs call the samplers.
//
// k-diffusion's functions are named by A1111 ("DPM++ 2M"), ComfyUI ("dpmpp_2m") and InvokeAI
// ("dpmpp_2m_k" with Karras' schedule) each in its own way; equal names are equal methods only
// where this table says so. Ancestral and two-step relatives that are not here stay unmapped.
#include "core/origin/Formats.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace moodloom::origin {
namespace {

using generation::Sampler;

struct Name
{
    std::string_view name; // in small letters and digits alone, "+" as p
    Sampler sampler;
    bool karrasIsUsual = false; // A1111's schedule "Automatic" is Karras' for it
};

constexpr std::array kNames{
    Name{"eulera", Sampler::EulerAncestral},
    Name{"eulerancestral", Sampler::EulerAncestral},
    Name{"euler", Sampler::Euler},
    Name{"heun", Sampler::Heun},
    Name{"lms", Sampler::Lms},
    Name{"deis", Sampler::Deis},
    Name{"ddim", Sampler::Ddim},
    Name{"ddpm", Sampler::Ddpm},
    Name{"plms", Sampler::Pndm},
    Name{"pndm", Sampler::Pndm},
    Name{"lcm", Sampler::Lcm},
    Name{"tcd", Sampler::Tcd},
    Name{"unipc", Sampler::UniPc},
    Name{"unipcbh2", Sampler::UniPc},
    Name{"flowmatcheulerdiscrete", Sampler::FlowEuler},
    Name{"dpmpp2m", Sampler::DpmPP2M, true},
    Name{"dpmpp2msde", Sampler::DpmPP2MSde, true},
    Name{"dpmpp2msdegpu", Sampler::DpmPP2MSde},
    Name{"dpmpp2s", Sampler::DpmPP2S},
};

QString plain(const QString &name)
{
    QString letters;
    for (const QChar c : name.toLower())
        if (c == u'+')
            letters += u'p';
        else if (c.isLetterOrNumber())
            letters += c;
    return letters;
}

std::optional<Sampler> withKarras(Sampler sampler)
{
    if (sampler == Sampler::DpmPP2M)
        return Sampler::DpmPP2MKarras;
    if (sampler == Sampler::DpmPP2MSde)
        return Sampler::DpmPP2MSdeKarras;
    return std::nullopt;
}

// Schedules that are the model's own: nothing is lost.
bool isUsual(const QString &schedule)
{
    return schedule.isEmpty() || schedule == QLatin1String("normal") ||
           schedule == QLatin1String("uniform") || schedule == QLatin1String("automatic");
}

} // namespace

void takeSampler(Origin &origin, const QString &name, const QString &schedule)
{
    for (const Sampler sampler : generation::samplers())
        if (generation::samplerTitle(sampler).compare(name, Qt::CaseInsensitive) == 0 &&
            schedule.isEmpty()) {
            origin.sampler = sampler;
            return;
        }
    QString method = plain(name), spacing = plain(schedule);
    // The schedule in the name, as A1111 had it before 1.9 and InvokeAI has it.
    for (const auto &[ending, meaning] :
         {std::pair("karras", "karras"), std::pair("exponential", "exponential")})
        if (spacing.isEmpty() && method.endsWith(QLatin1String(ending))) {
            method.chop(qsizetype(qstrlen(ending)));
            spacing = QLatin1String(meaning);
        }
    if (spacing.isEmpty() && name.endsWith(QLatin1String("_k"))) {
        method.chop(1);
        spacing = QStringLiteral("karras");
    }
    const auto known = std::find_if(kNames.begin(), kNames.end(), [&](const Name &entry) {
        return method == QLatin1String(entry.name.data(), qsizetype(entry.name.size()));
    });
    if (known == kNames.end()) {
        origin.leave(Leftover::Kind::Sampler, name);
        return;
    }
    if (spacing == QLatin1String("automatic") && known->karrasIsUsual)
        spacing = QStringLiteral("karras");
    origin.sampler = known->sampler;
    if (isUsual(spacing))
        return;
    const auto karras =
        spacing == QLatin1String("karras") ? withKarras(known->sampler) : std::nullopt;
    if (karras)
        origin.sampler = *karras;
    else
        origin.leave(Leftover::Kind::Schedule, schedule.isEmpty() ? spacing : schedule);
}

} // namespace moodloom::origin
