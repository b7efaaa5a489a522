#include "app/cli/ReadReuse.h"

#include "app/cli/Interrupt.h"
#include "app/cli/Words.h"
#include "core/base/ContentHash.h"
#include "core/base/Paths.h"
#include "core/generation/Generator.h"
#include "core/image/Decode.h"
#include "core/shelf/ModelShelf.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace moodloom::cli {
namespace {

// Whether weights are named that no path leads to.
bool wantsShelf(const origin::Origin &origin)
{
    QVector<origin::NamedWeights> named = origin.loras;
    if (origin.model && !origin.model->name.isEmpty())
        named.append(*origin.model);
    return std::any_of(named.begin(), named.end(), [](const origin::NamedWeights &weights) {
        return !QFileInfo(weights.name).isAbsolute() || !QFileInfo::exists(weights.name);
    });
}

// The picture where it was, if it is still the same.
QString sameFile(const QString &path, const QString &hash)
{
    if (!QFileInfo(path).isFile())
        return {};
    const auto bytes = image::readPictureFile(path);
    return bytes && (hash.isEmpty() || contentHash(*bytes) == hash) ? path : QString();
}

} // namespace

Result<origin::Reuse> readReuse(const QString &path, Output &output)
{
    const QString file = QDir::current().absoluteFilePath(path);
    const auto origin = origin::readOrigin(file);
    if (!origin)
        return fail(origin.error());
    origin::Surroundings around;
    if (wantsShelf(*origin)) {
        shelf::ScanOptions options;
        options.memory = cacheFolder() + QStringLiteral("/shelf.json");
        options.progress = [&output](int done, int total, const QString &title) {
            output.progress(
                QStringLiteral("inspecting"), {{"done", done}, {"total", total}},
                Words::tr("looking at %1 of %2: %3").arg(done + 1).arg(total).arg(title));
        };
        const auto entries = shelf::scanShelf(
            shelf::foundFolders(QProcessEnvironment::systemEnvironment(), QDir::homePath()),
            options, stopOnInterrupt());
        if (!entries)
            return fail(entries.error());
        around.shelf = *entries;
    }
    around.stop = stopOnInterrupt();
    around.picture = sameFile;
    around.sizeOf = [](const QString &picture) {
        const auto read =
            image::decodePicture(picture, {.maxSide = 64}); // reduced while it is read
        return read ? read->fullSize : QSize();
    };
    around.canvasOf = [](const QString &model) -> std::optional<generation::Canvas> {
        const auto canvas = generation::Generator::canvas(model);
        return canvas ? std::optional(*canvas) : std::nullopt;
    };
    return origin::matched(file, *origin, {}, around);
}

} // namespace moodloom::cli
