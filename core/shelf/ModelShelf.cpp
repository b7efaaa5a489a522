#include "core/shelf/ModelShelf.h"

#include "core/shelf/ShelfMemory.h"

#include <QFileInfo>
#include <QSet>

#include <algorithm>

namespace moodloom::shelf {
namespace {

QStringList texts(const std::vector<std::string> &list)
{
    QStringList result;
    for (const std::string &text : list)
        result.append(QString::fromStdString(text));
    return result;
}

void inspect(ShelfEntry &entry)
{
    const auto report = models::inspectModel(entry.path.toStdString());
    if (!report) {
        entry.problem = report.error();
        return;
    }
    entry.kind = report->kind;
    entry.family = QString::fromStdString(report->family);
    entry.variant = QString::fromStdString(report->variant);
    entry.needs = texts(report->needs);
    entry.words = texts(report->words);
    if (!report->plans.empty()) {
        entry.memoryUsual = report->plans.front().peak();
        entry.memoryLeast = report->plans.back().peak();
    }
    entry.takesReferences = report->takesReferences;
    entry.problem = report->problem;
}

// Programs keep much else in files of these kinds: optimizer states, upscalers, tables. What is no
// model of ours is only told of where the file is surely a model.
bool isNoise(const ShelfEntry &entry)
{
    return entry.problem && entry.kind == models::ModelKind::Other && QFileInfo(entry.path).isFile() &&
           !entry.path.endsWith(QLatin1String(".safetensors"), Qt::CaseInsensitive) &&
           !entry.path.endsWith(QLatin1String(".ckpt"), Qt::CaseInsensitive);
}

ShelfEntry entryOf(const Candidate &candidate, ShelfMemory &memory)
{
    ShelfEntry entry;
    if (const auto known = memory.recall(candidate)) {
        entry = *known;
    } else {
        entry.path = candidate.path;
        entry.bytes = candidate.bytes;
        entry.modified = candidate.modified;
        inspect(entry);
        memory.keep(entry);
    }
    entry.title = candidate.title;
    entry.preview = previewBeside(candidate.path);
    return entry;
}

} // namespace

Result<QVector<ShelfEntry>> scanShelf(const QVector<ShelfFolder> &folders,
                                      const ScanOptions &options, std::stop_token stop)
{
    struct Found
    {
        Candidate candidate;
        FolderKind from;
    };
    QVector<Found> found;
    QSet<QString> seen; // real paths
    for (const ShelfFolder &folder : folders)
        for (const Candidate &candidate : candidates(folder, stop)) {
            const QString real = QFileInfo(candidate.path).canonicalFilePath();
            if (seen.contains(real))
                continue;
            seen.insert(real);
            found.append({candidate, folder.kind});
        }

    ShelfMemory memory(options.memory);
    QVector<ShelfEntry> entries;
    int done = 0;
    for (const Found &item : found) {
        if (stop.stop_requested())
            break;
        if (options.progress)
            options.progress(done, int(found.size()), item.candidate.title);
        ++done;
        ShelfEntry entry = entryOf(item.candidate, memory);
        entry.from = item.from;
        if (isNoise(entry))
            continue;
        entries.append(entry);
        if (options.found)
            options.found(entry);
    }
    (void)memory.save(); // a cache
    if (stop.stop_requested())
        return cancelled();
    std::stable_sort(entries.begin(), entries.end(), comesBefore);
    return entries;
}

bool comesBefore(const ShelfEntry &a, const ShelfEntry &b)
{
    if (a.isBase() != b.isBase())
        return a.isBase();
    if (a.kind != b.kind)
        return a.kind < b.kind;
    return QString::compare(a.title, b.title, Qt::CaseInsensitive) < 0;
}

ShelfEntry inspectEntry(const QString &path)
{
    ShelfEntry entry;
    entry.path = path;
    entry.title = QFileInfo(path).fileName();
    inspect(entry);
    entry.preview = previewBeside(path);
    return entry;
}

bool matches(const ShelfEntry &entry, const QString &text)
{
    const QString all =
        QStringList{entry.title, QLatin1String(models::modelKindName(entry.kind)), entry.family,
                    entry.variant, entry.words.join(QLatin1Char(' '))}
            .join(QLatin1Char(' '));
    const QStringList words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::all_of(words.begin(), words.end(), [&](const QString &word) {
        return all.contains(word, Qt::CaseInsensitive);
    });
}

} // namespace moodloom::shelf
