#include "core/download/Plan.h"

#include "core/download/FileChoice.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace moodloom::download {
namespace {

constexpr qint64 kLargest = qint64(1) << 44; // 16 TiB; what says more is wrong

bool isHex(const QString &text, int digits)
{
    static const QRegularExpression hex(QStringLiteral("^[0-9a-f]+$"));
    return text.size() == digits && hex.match(text).hasMatch();
}

QString encoded(const QString &text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text, "/"));
}

QUrl below(const QUrl &endpoint, const QString &encodedPath)
{
    return QUrl::fromEncoded(endpoint.toEncoded(QUrl::StripTrailingSlash) + encodedPath.toLatin1());
}

// Small files of a folder come last, and what makes it a model last of all: what is there before is
// then no model yet.
int rank(const PlannedFile &file)
{
    if (file.path.endsWith(QLatin1String("model_index.json")))
        return 2;
    return file.path.endsWith(QLatin1String(".json")) ? 1 : 0;
}

} // namespace

qint64 Plan::bytes() const
{
    qint64 sum = 0;
    for (const PlannedFile &file : files) {
        if (file.bytes < 0)
            return -1;
        sum += file.bytes;
    }
    return sum;
}

bool isSafePath(const QString &path)
{
    if (path.isEmpty() || path.size() > 1000 || path.contains(QLatin1Char('\\')))
        return false;
    for (const QChar letter : path)
        if (!letter.isPrint() && !letter.isSurrogate())
            return false;
    const QStringList parts = path.split(QLatin1Char('/'));
    return std::all_of(parts.begin(), parts.end(), [](const QString &part) {
        return !part.isEmpty() && part != QLatin1String(".") && part != QLatin1String("..") &&
               part.toUtf8().size() <= 240;
    });
}

bool isModelFile(const QString &name)
{
    static const QSet<QString> suffixes{QStringLiteral("safetensors"), QStringLiteral("ckpt"),
                                        QStringLiteral("pt"), QStringLiteral("pth"),
                                        QStringLiteral("bin")};
    return suffixes.contains(name.section(QLatin1Char('.'), -1).toLower());
}

QUrl listingUrl(const ModelRequest &request, const QUrl &endpoint)
{
    QUrl url =
        below(endpoint,
              QStringLiteral("/api/models/%1/revision/%2")
                  .arg(request.id, QString::fromLatin1(QUrl::toPercentEncoding(request.revision))));
    url.setQuery(QStringLiteral("blobs=true"));
    return url;
}

Result<Plan> planFromListing(const ModelRequest &request, const QUrl &endpoint,
                             const QByteArray &listing)
{
    const QJsonObject json = QJsonDocument::fromJson(listing).object();
    const QJsonArray siblings = json[QLatin1String("siblings")].toArray();
    if (!json[QLatin1String("siblings")].isArray())
        return fail(ErrorCode::Corrupt, request.id.toStdString(),
                    "the server's answer is no list of files; check HF_ENDPOINT");
    QStringList names;
    QHash<QString, PlannedFile> files;
    const QString commit = json[QLatin1String("sha")].toString();
    const QString revision = isHex(commit, 40) ? commit : request.revision;
    for (const QJsonValue &sibling : siblings) {
        PlannedFile file;
        file.path = sibling[QLatin1String("rfilename")].toString();
        if (!isSafePath(file.path))
            return fail(ErrorCode::Corrupt, request.id.toStdString(),
                        "its list names a file outside of its folder, \"" +
                            file.path.left(100).toStdString() + "\"; nothing was fetched");
        const QJsonObject lfs = sibling[QLatin1String("lfs")].toObject();
        file.bytes = qint64((lfs.contains(QLatin1String("size")) ? lfs[QLatin1String("size")]
                                                                 : sibling[QLatin1String("size")])
                                .toDouble(-1));
        if (file.bytes < -1 || file.bytes > kLargest)
            return fail(ErrorCode::Corrupt, request.id.toStdString(),
                        "its list states an impossible size");
        if (const QString sum = lfs[QLatin1String("sha256")].toString().toLower(); isHex(sum, 64))
            file.sha256 = sum;
        if (const QString blob = sibling[QLatin1String("blobId")].toString();
            lfs.isEmpty() && isHex(blob, 40) && file.bytes >= 0)
            file.gitBlob = blob;
        file.url = below(endpoint, QStringLiteral("/%1/resolve/%2/%3")
                                       .arg(request.id,
                                            QString::fromLatin1(QUrl::toPercentEncoding(revision)),
                                            encoded(file.path)));
        if (!files.contains(file.path))
            names.append(file.path);
        files.insert(file.path, file);
    }

    QStringList wanted;
    if (files.contains(request.path)) {
        wanted = {request.path};
    } else {
        QStringList inside;
        for (const QString &name : std::as_const(names))
            if (request.path.isEmpty() || name.startsWith(request.path + QLatin1Char('/')))
                inside.append(name);
        if (inside.isEmpty() && !request.path.isEmpty())
            return fail(ErrorCode::NotFound,
                        (request.id + QLatin1Char('/') + request.path).toStdString(),
                        "the model has no file or folder of this name");
        wanted = chooseFiles(inside);
    }
    if (std::none_of(wanted.cbegin(), wanted.cend(), isModelFile))
        return fail(ErrorCode::NotFound, request.id.toStdString(),
                    "it has no files that Moodloom reads (safetensors, or PyTorch's)");

    Plan plan;
    plan.title = request.id;
    plan.folder = request.id;
    if (request.revision != QLatin1String("main")) {
        QString suffix = request.revision;
        plan.folder += QLatin1Char('@') + suffix.replace(QLatin1Char('/'), QLatin1Char('-'));
    }
    plan.page = below(endpoint, QLatin1Char('/') + request.id).toString();
    for (const QString &name : std::as_const(wanted))
        plan.files.append(files[name]);
    if (plan.files.size() == 1 && !request.sha256.isEmpty())
        plan.files[0].sha256 = request.sha256;
    std::stable_sort(plan.files.begin(), plan.files.end(),
                     [](const PlannedFile &a, const PlannedFile &b) { return rank(a) < rank(b); });
    return plan;
}

QJsonObject toJson(const Plan &plan)
{
    QJsonArray files;
    for (const PlannedFile &file : plan.files)
        files.append(QJsonObject{{QStringLiteral("path"), file.path},
                                 {QStringLiteral("url"), file.url.toString(QUrl::FullyEncoded)},
                                 {QStringLiteral("bytes"), file.bytes},
                                 {QStringLiteral("sha256"), file.sha256},
                                 {QStringLiteral("git"), file.gitBlob}});
    return {{QStringLiteral("title"), plan.title},
            {QStringLiteral("folder"), plan.folder},
            {QStringLiteral("page"), plan.page},
            {QStringLiteral("files"), files}};
}

std::optional<Plan> planFromJson(const QJsonObject &json)
{
    Plan plan;
    plan.title = json[QLatin1String("title")].toString();
    plan.folder = json[QLatin1String("folder")].toString();
    plan.page = json[QLatin1String("page")].toString();
    if (!plan.folder.isEmpty() && !isSafePath(plan.folder))
        return {};
    for (const QJsonValue &value : json[QLatin1String("files")].toArray()) {
        PlannedFile file{value[QLatin1String("path")].toString(),
                         QUrl(value[QLatin1String("url")].toString(), QUrl::StrictMode),
                         value[QLatin1String("bytes")].toInteger(-1),
                         value[QLatin1String("sha256")].toString(),
                         value[QLatin1String("git")].toString()};
        if (!isSafePath(file.path) || !file.url.isValid())
            return {};
        plan.files.append(file);
    }
    if (plan.files.isEmpty() || plan.title.isEmpty())
        return {};
    return plan;
}

} // namespace moodloom::download
