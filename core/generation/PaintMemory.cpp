#include "core/generation/PaintMemory.h"

#include <QCoreApplication>
#include <QStringList>

namespace moodloom::generation {
namespace {

using models::PaintDevice;
using models::PaintStage;
using models::Thrift;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Memory)
};

QString stageWords(PaintStage stage)
{
    switch (stage) {
    case PaintStage::Load:
        return Words::tr("loading");
    case PaintStage::Encode:
        return Words::tr("the text and the references");
    case PaintStage::Steps:
        return Words::tr("the steps");
    case PaintStage::Decode:
        return Words::tr("decoding the picture");
    }
    return {};
}

QString thriftWords(Thrift thrift)
{
    switch (thrift) {
    case Thrift::None:
        return Words::tr("everything stays in memory");
    case Thrift::Encoders:
        return Words::tr("text encoder moved out after use");
    case Thrift::Parts:
        return Words::tr("one part of the model at a time");
    case Thrift::Files:
        return Words::tr("weights read from the disk as they are used, which is slow");
    }
    return {};
}

} // namespace

QString memorySize(quint64 bytes)
{
    return bytes >= 995'000'000 ? QStringLiteral("%1 GB").arg(double(bytes) / 1e9, 0, 'f', 1)
                                : QStringLiteral("%1 MB").arg(double(bytes) / 1e6, 0, 'f', 0);
}

QString planWords(const models::MemoryPlan &plan)
{
    QStringList words{QLatin1String(models::paintFormatName(plan.format)),
                      thriftWords(plan.thrift)};
    if (plan.vaeTile > 0)
        words << Words::tr("decoded in tiles of %1 px").arg(plan.vaeTile);
    return words.join(Words::tr(", "));
}

QString memorySummary(const PaintMemory &memory)
{
    const bool card = memory.plan.device == PaintDevice::Card;
    const quint64 room = memory.room.of(memory.plan.device);
    const QString needed = memorySize(memory.plan.peak()), words = planWords(memory.plan);
    if (room == 0)
        return (card ? Words::tr("needs about %1 of the graphics card: %2")
                     : Words::tr("needs about %1: %2"))
            .arg(needed, words);
    if (!memory.fits)
        return Words::tr("needs about %1 even at its thriftiest, and %2 can be had: choose a "
                         "smaller picture, a smaller model or fewer ControlNets, or close other "
                         "programs")
            .arg(needed, memorySize(room));
    return (card ? Words::tr("needs about %1 of %2 on the graphics card: %3")
                 : Words::tr("needs about %1 of %2: %3"))
        .arg(needed, memorySize(room), words);
}

QString fallbackWords(const MemoryFallback &fallback)
{
    const QString stage = stageWords(fallback.stage);
    QString words = planWords(fallback.plan);
    if (fallback.plan.device == PaintDevice::Cpu && fallback.plan.thrift == Thrift::None)
        words = Words::tr("on the processor, %1").arg(words); // the card was too small
    if (fallback.needed > 0)
        return Words::tr("not enough memory for %1 (%2 needed, %3 there): went on with: %4")
            .arg(stage, memorySize(fallback.needed), memorySize(fallback.available), words);
    return Words::tr("not enough memory for %1: went on with: %2").arg(stage, words);
}

} // namespace moodloom::generation
