// The file of a VectorIndex:
//   "moodloom-index 1\n"
//   one line of JSON: model, dimension, count, trainedOn
//   FAISS's own serialisation
//   32 bytes BLAKE2b-256 of everything before
// The digest is checked before FAISS reads anything: it trusts the sizes it finds.
#include "core/retrieval/VectorIndex.h"

#include "core/base/SafeFile.h"
#include "core/retrieval/VectorIndexPrivate.h"

#include <faiss/impl/io.h>
#include <faiss/index_io.h>

#include <QCryptographicHash>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace moodloom::retrieval {
namespace {

constexpr auto algorithm = QCryptographicHash::Blake2b_256;
constexpr qint64 digestBytes = 32;
constexpr qint64 piece = 1 << 20;
const QByteArray magic = QByteArrayLiteral("moodloom-index ");
constexpr int version = 1;

class HashingWriter : public faiss::IOWriter
{
public:
    HashingWriter(const ByteSink &sink) : m_sink(sink) {}

    size_t operator()(const void *data, size_t size, size_t count) override
    {
        const auto bytes = std::span(static_cast<const std::byte *>(data), size * count);
        m_hash.addData(QByteArrayView(bytes.data(), qsizetype(bytes.size())));
        return m_sink(bytes) ? count : 0;
    }
    bool write(const QByteArray &text) { return (*this)(text.constData(), 1, size_t(text.size())) > 0; }
    QByteArray digest() const { return m_hash.result(); }

private:
    const ByteSink &m_sink;
    QCryptographicHash m_hash{algorithm};
};

class FileReader : public faiss::IOReader
{
public:
    FileReader(QFile &file) : m_file(file) {}

    size_t operator()(void *data, size_t size, size_t count) override
    {
        const qint64 read = m_file.read(static_cast<char *>(data), qint64(size * count));
        return read > 0 && size > 0 ? size_t(read) / size : 0;
    }

private:
    QFile &m_file;
};

// What the file ends with is the digest of what it begins with.
bool isWhole(QFile &file)
{
    qint64 left = file.size() - digestBytes;
    if (left <= 0)
        return false;
    QCryptographicHash hash(algorithm);
    while (left > 0) {
        const QByteArray bytes = file.read(std::min(left, piece));
        if (bytes.isEmpty())
            return false;
        hash.addData(bytes);
        left -= bytes.size();
    }
    return file.read(digestBytes) == hash.result();
}

} // namespace

Result<void> VectorIndex::save(const QString &path) const
{
    const QJsonObject head{{QStringLiteral("model"), d->model},
                           {QStringLiteral("dimension"), d->dimension},
                           {QStringLiteral("count"), size()},
                           {QStringLiteral("trainedOn"), d->trainedOn}};
    return writeFileSafely(path.toStdString(), [&](const ByteSink &sink) -> Result<void> {
        HashingWriter writer(sink);
        writer.write(magic + QByteArray::number(version) + '\n');
        writer.write(QJsonDocument(head).toJson(QJsonDocument::Compact) + '\n');
        if (auto written = guarded([&] { faiss::write_index(d->index.get(), &writer); }); !written)
            return written;
        writer.write(writer.digest());
        return {};
    });
}

Result<VectorIndex> VectorIndex::load(const QString &path, const QString &model, int dimension,
                                      Options options)
{
    const std::string name = path.toStdString();
    QFile file(path);
    if (!file.exists())
        return fail(ErrorCode::NotFound, name);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Unreadable, name, file.errorString().toStdString());
    const QByteArray first = file.readLine(64);
    if (!first.startsWith(magic))
        return fail(ErrorCode::Corrupt, name, "no search index");
    if (first.mid(magic.size()).trimmed().toInt() > version)
        return fail(ErrorCode::NewerVersion, name);
    file.seek(0);
    if (!isWhole(file))
        return fail(ErrorCode::Corrupt, name, "its check sum does not fit");
    file.seek(first.size());
    const QJsonObject head = QJsonDocument::fromJson(file.readLine(1 << 16)).object();
    if (head.value(QStringLiteral("model")).toString() != model
        || head.value(QStringLiteral("dimension")).toInt() != dimension)
        return fail(ErrorCode::Mismatch, name, "made for embeddings of another model");

    auto parts = std::make_unique<Private>();
    parts->model = model;
    parts->dimension = dimension;
    parts->options = options;
    parts->trainedOn = qint64(head.value(QStringLiteral("trainedOn")).toDouble());
    FileReader reader(file);
    auto read = guarded([&] { parts->index.reset(faiss::read_index(&reader)); });
    if (!read)
        return fail(read.error());

    const auto *map = dynamic_cast<faiss::IndexIDMap2 *>(parts->index.get());
    const auto *cells = dynamic_cast<faiss::IndexIVFFlat *>(parts->index.get());
    if (map && parts->trainedOn == 0)
        parts->ids.insert(map->id_map.begin(), map->id_map.end());
    else if (cells && parts->trainedOn > 0)
        for (const auto &entry : cells->direct_map.hashtable)
            parts->ids.insert(entry.first);
    if (parts->index->d != dimension
        || double(parts->ids.size()) != head.value(QStringLiteral("count")).toDouble(-1)
        || FaissId(parts->ids.size()) != parts->index->ntotal)
        return fail(ErrorCode::Corrupt, name, "its parts do not fit together");
    return VectorIndex(std::move(parts));
}

} // namespace moodloom::retrieval
