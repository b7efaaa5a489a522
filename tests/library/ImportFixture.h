// A library and a folder of pictures to be imported into it, new for each test.
#pragma once

#include "core/library/Importer.h"
#include "tests/image/Fixtures.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace moodloom::library {

// A picture like the others, but for one pixel.
inline QImage numbered(int number)
{
    QImage image = fixtures::testCard(80, 60);
    image.setPixelColor(number % 80, 59 - number / 80, QColor(1, 2, 3));
    return image;
}

inline void writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

// A PNG with a description and one keyword in its XMP.
inline QByteArray captioned(const QImage &image, const QString &text, const QString &keyword)
{
    const QByteArray xmp =
        QStringLiteral("<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF "
                       "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
                       "<rdf:Description "
                       "xmlns:dc='http://purl.org/dc/elements/1.1/"
                       "'><dc:description><rdf:Alt><rdf:li xml:lang='x-default'>%1"
                       "</rdf:li></rdf:Alt></dc:description><dc:subject><rdf:Bag><rdf:li>%2</"
                       "rdf:li></rdf:Bag></dc:subject>"
                       "</rdf:Description></rdf:RDF></x:xmpmeta>")
            .arg(text, keyword)
            .toUtf8();
    vips::VImage with = fixtures::toVips(image).copy();
    vips_image_set_blob_copy(with.get_image(), VIPS_META_XMP_NAME, xmp.constData(),
                             size_t(xmp.size()));
    return fixtures::saved(with, ".png");
}

class ImportFixture
{
protected:
    void open()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_pictures = m_dir->filePath(QStringLiteral("pictures"));
        QVERIFY(QDir().mkpath(m_pictures));
        auto library = Library::open(m_dir->filePath(QStringLiteral("library")));
        QVERIFY(library);
        m_library = std::move(*library);
    }

    ImportOptions options(int threads = 2)
    {
        ImportOptions chosen;
        chosen.threads = threads;
        chosen.thumbnails = image::ThumbnailStore(m_dir->filePath(QStringLiteral("thumbnails")));
        return chosen;
    }
    QString at(const QString &name) const { return m_pictures + QLatin1Char('/') + name; }
    void save(int number, const QString &name) { QVERIFY(numbered(number).save(at(name))); }
    void saveMany(int count)
    {
        for (int i = 0; i < count; ++i)
            save(i, QStringLiteral("many%1.png").arg(i, 4, 10, QLatin1Char('0')));
    }
    ImportReport import(ImportKind kind = ImportKind::OnPurpose)
    {
        const auto report = Importer(*m_library, options()).run({{m_pictures}, kind});
        return report ? *report : ImportReport{{}, 0, report.error()};
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Library> m_library;
    QString m_pictures;
};

} // namespace moodloom::library
