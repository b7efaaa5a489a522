// A library of described pictures without files, and an encoder that knows a few words.
#pragma once

#include "core/image/Embedder.h"
#include "core/library/Library.h"

#include <QTemporaryDir>

#include <cmath>

namespace moodloom::test {

// Each word is a direction of its own; a text is the sum of its words, other text is nothing special.
class WordEmbedder : public image::Embedder
{
public:
    static constexpr int size = 8;

    QString id() const override { return QStringLiteral("words-1"); }
    int dimension() const override { return size; }

    Result<std::vector<image::Embedding>> embedImages(std::span<const QImage>, std::stop_token) override
    {
        return fail(ErrorCode::Unsupported, "pictures");
    }

    Result<image::Embedding> embedText(const QString &text) override
    {
        ++texts;
        if (broken)
            return fail(ErrorCode::OutOfMemory, "encoder", "broken for the test");
        return of(text);
    }

    static image::Embedding of(const QString &text)
    {
        static const QStringList words{QStringLiteral("car"), QStringLiteral("wall"), QStringLiteral("sunset"),
                                       QStringLiteral("cat"), QStringLiteral("tree")};
        image::Embedding vector(size, 0.05f);
        for (qsizetype i = 0; i < words.size(); ++i)
            if (text.contains(words[i], Qt::CaseInsensitive))
                vector[size_t(i)] += 1;
        return normalised(vector);
    }

    static image::Embedding normalised(image::Embedding vector)
    {
        double sum = 0;
        for (const float value : vector)
            sum += double(value) * value;
        for (float &value : vector)
            value = float(value / std::sqrt(sum));
        return vector;
    }

    int texts = 0;
    bool broken = false;
};

class SmallLibrary
{
public:
    SmallLibrary() : m_library(std::move(*library::Library::open(m_dir.filePath(QStringLiteral("library")))))
    {
    }

    library::Library &operator*() { return *m_library; }
    library::Library *operator->() { return m_library.get(); }
    QString file(const QString &name) const { return m_dir.filePath(name); }
    QString folder() const { return m_library->folder(); }

    struct Picture
    {
        QStringList keywords = {};
        QString description = {};
        QColor color = QColor(0x80, 0x80, 0x80);
        image::Embedding embedding = {}; // empty = not embedded
        quint64 perceptualHash = 0;      // 0 = one like no other
    };

    library::AssetId add(const Picture &picture)
    {
        const int number = ++m_count;
        library::Asset asset;
        asset.hash = QStringLiteral("hash-%1").arg(number);
        asset.path = QStringLiteral("/pictures/%1.jpg").arg(number);
        asset.format = QStringLiteral("jpeg");
        asset.size = QSize(64, 48);
        asset.bytes = 1;
        asset.modified = QDateTime::fromSecsSinceEpoch(1700000000);
        asset.description = picture.description;
        asset.keywords = picture.keywords;
        asset.palette = {{picture.color, 0.6f}};
        // A different half of all bits for each picture.
        asset.perceptualHash = picture.perceptualHash
                                   ? picture.perceptualHash
                                   : quint64(number) * 0x9e3779b97f4a7c15ULL;
        const auto id = m_library->add(asset);
        if (!picture.embedding.empty())
            (void)m_library->setEmbedding(*id, QStringLiteral("words-1"),
                                          WordEmbedder::normalised(picture.embedding));
        return *id;
    }

private:
    QTemporaryDir m_dir;
    std::unique_ptr<library::Library> m_library;
    int m_count = 0;
};

} // namespace moodloom::test
