// moodloom sample-library DIR --count N --seed S
#include "app/cli/Commands.h"
#include "app/cli/Interrupt.h"
#include "app/cli/Options.h"
#include "app/cli/Words.h"
#include "core/world/SampleLibrary.h"

namespace moodloom::cli {

int sampleLibrary(const QStringList &arguments, Output &output)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Words::tr("Draws a library of pictures with captions, as ordinary JPEG and PNG files."));
    parser.addPositionalArgument(QStringLiteral("DIR"), Words::tr("the folder to write into"));
    parser.addOption({QStringLiteral("count"), Words::tr("pictures (2000)"), QStringLiteral("N")});
    parser.addOption({QStringLiteral("seed"), Words::tr("what to draw (1)"), QStringLiteral("S")});
    parser.addOption(
        {QStringLiteral("size"), Words::tr("pixels of a side (512)"), QStringLiteral("PX")});
    if (auto ok = parse(parser, QStringLiteral("sample-library"), arguments); !ok)
        return output.error(ok.error());
    if (parser.positionalArguments().size() != 1)
        return output.usage(Words::tr("name one folder: moodloom sample-library DIR"));
    world::SampleLibraryOptions options;
    const auto count = integer(parser, QStringLiteral("count"), 1, 1'000'000, options.count);
    const auto size = integer(parser, QStringLiteral("size"), 64, 2048, options.size);
    const auto number = seed(parser, QStringLiteral("seed"), options.seed);
    if (!count || !size || !number)
        return output.error(!count ? count.error() : !size ? size.error() : number.error());
    options.count = *count;
    options.size = *size;
    options.seed = *number;
    const QString folder = parser.positionalArguments().first();
    const auto progress = [&output](int done, int total) {
        output.progress(QStringLiteral("drawing"), {{"done", done}, {"total", total}},
                        Words::tr("Drawing %1 of %2").arg(done).arg(total));
    };
    const auto summary = world::writeSampleLibrary(folder.toStdString(), options,
                                                   progress, stopOnInterrupt());
    if (!summary)
        return output.error(summary.error());
    output.result(
        QStringLiteral("sample-library"),
        {{"folder", folder}, {"written", summary->written}, {"unchanged", summary->unchanged}},
        Words::tr("%1 pictures written, %2 were there already: %3")
            .arg(summary->written)
            .arg(summary->unchanged)
            .arg(folder));
    return Ok;
}

} // namespace moodloom::cli
