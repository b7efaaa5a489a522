// The library database: what is stored comes back, page by page and by words in both languages, and
// a library of another version or kind is treated with care.
#include "core/library/Library.h"
#include "core/library/Schema.h"

#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::library;

namespace {

Asset picture(const QString &name, const QString &description = {},
              const QStringList &keywords = {})
{
    Asset asset;
    asset.hash = QStringLiteral("hash-") + name;
    asset.path = QStringLiteral("/pictures/") + name;
    asset.format = QStringLiteral("jpeg");
    asset.size = QSize(640, 480);
    asset.bytes = 1000 + name.size();
    asset.modified = QDateTime::fromMSecsSinceEpoch(1700000000123);
    asset.description = description;
    asset.keywords = keywords;
    asset.palette = {{QColor(0x11, 0x22, 0x33), 0.75f}, {QColor(0xff, 0x80, 0), 0.25f}};
    asset.perceptualHash = 0xf000000000000001ULL;
    return asset;
}

QStringList names(Library &library, const QVector<WordHit> &hits)
{
    QStringList list;
    for (const WordHit &hit : hits)
        list << library.asset(hit.id)->path.section(QLatin1Char('/'), -1);
    return list;
}

} // namespace

class LibraryTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    std::unique_ptr<Library> m_library;

    QStringList found(const QString &text, WordMatch match = WordMatch::Any)
    {
        const auto hits = m_library->searchWords(text, 100, match);
        return hits ? names(*m_library, *hits)
                    : QStringList{QString::fromStdString(hits.error().detail)};
    }

private Q_SLOTS:
    void init()
    {
        static int number = 0;
        auto opened = Library::open(m_dir.filePath(QString::number(++number)));
        QVERIFY2(opened, opened ? "" : opened.error().detail.c_str());
        m_library = std::move(*opened);
    }

    void returnsAnAssetAsItWasAdded()
    {
        Asset asset = picture(QStringLiteral("长城.jpg"), QStringLiteral("a \"wall\"\nof stone"),
                              {QStringLiteral("长城"), QStringLiteral("Great Wall")});
        asset.captured = QDateTime(QDate(2020, 5, 4), QTime(3, 2, 1));
        const auto id = m_library->add(asset);
        QVERIFY(id);
        const auto stored = m_library->asset(*id);
        QVERIFY(stored);
        QCOMPARE(stored->hash, asset.hash);
        QCOMPARE(stored->path, asset.path);
        QCOMPARE(stored->format, asset.format);
        QCOMPARE(stored->size, asset.size);
        QCOMPARE(stored->bytes, asset.bytes);
        QCOMPARE(stored->modified, asset.modified);
        QCOMPARE(stored->captured, asset.captured);
        QVERIFY(stored->imported.isValid());
        QCOMPARE(stored->description, asset.description);
        QCOMPARE(stored->keywords, asset.keywords);
        QCOMPARE(stored->palette, asset.palette);
        QCOMPARE(stored->perceptualHash, asset.perceptualHash);
        QCOMPARE(m_library->assetByHash(asset.hash)->id, *id);
        QCOMPARE(m_library->asset(*id + 1).error().code, ErrorCode::NotFound);
    }

    void refusesTheSameContentTwice()
    {
        QVERIFY(m_library->add(picture(QStringLiteral("a.jpg"))));
        QVERIFY(!m_library->add(picture(QStringLiteral("a.jpg"))));
        QCOMPARE(*m_library->count(), 1);
    }

    void pagesAndSorts()
    {
        QVERIFY(m_library->transaction([&]() -> Result<void> {
            for (int i = 0; i < 50; ++i)
                if (auto id = m_library->add(
                        picture(QStringLiteral("p%1.jpg").arg(i, 3, 10, QLatin1Char('0'))));
                    !id)
                    return fail(id.error());
            return {};
        }));
        AssetQuery query;
        query.sort = AssetSort::Name;
        query.descending = false;
        query.offset = 20;
        query.limit = 10;
        const auto page = m_library->assets(query);
        QVERIFY(page);
        QCOMPARE(page->size(), 10);
        QCOMPARE(page->first().path, QStringLiteral("/pictures/p020.jpg"));
        QCOMPARE(page->last().path, QStringLiteral("/pictures/p029.jpg"));
        QCOMPARE(*m_library->count(query), 50);
        const auto ids = m_library->ids(query);
        QCOMPARE(ids->size(), 10);
        const auto again = m_library->assets(QVector<AssetId>{ids->at(3), 9999, ids->at(1)});
        QCOMPARE(again->size(), 2);
        QCOMPARE(again->first().path, QStringLiteral("/pictures/p023.jpg"));
    }

    void findsChineseBySubstringsAndPartsOfThem()
    {
        m_library->add(picture(QStringLiteral("1.jpg"), QStringLiteral("大众揽巡飞跃长城，日落")));
        m_library->add(picture(QStringLiteral("2.jpg"), QStringLiteral("一辆揽巡停在城里")));
        m_library->add(picture(QStringLiteral("3.jpg"), QStringLiteral("一只猫"),
                               {QStringLiteral("汽车"), QStringLiteral("长桥")}));
        QCOMPARE(found(QStringLiteral("飞跃长"), WordMatch::All),
                 QStringList{QStringLiteral("1.jpg")});
        QCOMPARE(found(QStringLiteral("猫")), QStringList{QStringLiteral("3.jpg")});
        QCOMPARE(found(QStringLiteral("大众揽巡")),
                 (QStringList{QStringLiteral("1.jpg"), QStringLiteral("2.jpg")}));
        // Not across punctuation, nor from one keyword into the next.
        QCOMPARE(found(QStringLiteral("城日"), WordMatch::All), QStringList{});
        QCOMPARE(found(QStringLiteral("车长"), WordMatch::All), QStringList{});
    }

    void findsTraditionalCharactersBySimplifiedOnesAndTheReverse()
    {
        m_library->add(picture(QStringLiteral("1.jpg"), QStringLiteral("萬里長城")));
        m_library->add(picture(QStringLiteral("2.jpg"), QStringLiteral("万里长城")));
        QCOMPARE(found(QStringLiteral("长城")).size(), 2);
        QCOMPARE(found(QStringLiteral("長城")).size(), 2);
    }

    void findsWordsWithoutAccentsAndUnfinishedOnes()
    {
        m_library->add(picture(QStringLiteral("IMG_2041-Neuschwanstein.jpg"),
                               QStringLiteral("Château près de Füssen")));
        m_library->add(picture(QStringLiteral("2.jpg"), QStringLiteral("two boats on a lake")));
        m_library->add(picture(QStringLiteral("3.jpg"), QStringLiteral("a carpet")));
        QCOMPARE(found(QStringLiteral("chateau fussen")),
                 QStringList{QStringLiteral("IMG_2041-Neuschwanstein.jpg")});
        QCOMPARE(found(QStringLiteral("neuschw"), WordMatch::All).size(), 1);
        QCOMPARE(found(QStringLiteral("boat")), QStringList{QStringLiteral("2.jpg")});
        QCOMPARE(found(QStringLiteral("boats, boating")), QStringList{QStringLiteral("2.jpg")});
        QCOMPARE(found(QStringLiteral("cars")), QStringList{}); // a carpet is no car
        QCOMPARE(found(QStringLiteral("2041")), QStringList{}); // a number tells nothing
    }

    void ranksRareWordsAndKeywordsHigher()
    {
        for (int i = 0; i < 20; ++i)
            m_library->add(picture(QStringLiteral("sea%1.jpg").arg(i),
                                   QStringLiteral("the calm evening sea")));
        m_library->add(picture(QStringLiteral("talagon.jpg"),
                               QStringLiteral("a Talagon by the calm evening sea")));
        QCOMPARE(found(QStringLiteral("Talagon at the sea")).first(),
                 QStringLiteral("talagon.jpg"));
        const auto hits = m_library->searchWords(QStringLiteral("Talagon sea"), 3);
        QCOMPARE(hits->size(), 3);
        QVERIFY(hits->at(0).score > hits->at(1).score);
        QVERIFY(hits->at(1).score >= hits->at(2).score);
    }

    void leavesMissingPicturesOutWithoutLosingOthers()
    {
        for (int i = 0; i < 6; ++i) {
            Asset asset = picture(QStringLiteral("%1.jpg").arg(i), QStringLiteral("a kite"));
            asset.missing = i < 4;
            m_library->add(asset);
        }
        QCOMPARE(found(QStringLiteral("kite")),
                 (QStringList{QStringLiteral("4.jpg"), QStringLiteral("5.jpg")}));
        QCOMPARE(m_library->searchWords(QStringLiteral("kite"), 1)->size(), 1);
        QCOMPARE(m_library->statistics()->missing, 4);
    }

    void treatsAnyQueryTextAsWords_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"", "   ", "\"", "\"\"*", "a AND", "NOT", "NEAR(a b", "{", "col:x",
                                 "^a", "(", "a\" OR \"b", "*", "|", "-", "😀", "𠀀𠀁", "的", "the"})
            QTest::newRow(text) << QString::fromUtf8(text);
    }
    void treatsAnyQueryTextAsWords()
    {
        QFETCH(QString, text);
        m_library->add(picture(QStringLiteral("1.jpg"), QStringLiteral("x")));
        QVERIFY(m_library->searchWords(text, 5, WordMatch::All));
        QVERIFY(m_library->searchWords(text, 5, WordMatch::Any));
        AssetQuery query;
        query.text = text;
        QVERIFY(m_library->assets(query));
    }

    void countsKeywordsAndForgetsThoseOfRemovedPictures()
    {
        const QString wall = QStringLiteral("长城"), car = QStringLiteral("car");
        const auto first = m_library->add(picture(QStringLiteral("1.jpg"), {}, {wall, car}));
        m_library->add(picture(QStringLiteral("2.jpg"), {}, {wall}));
        auto words = m_library->keywords();
        QCOMPARE(words->size(), 2);
        QCOMPARE(words->at(0).word, wall);
        QCOMPARE(words->at(0).uses, 2);
        AssetQuery query;
        query.keyword = car;
        QCOMPARE(*m_library->count(query), 1);
        QVERIFY(m_library->remove({*first}));
        words = m_library->keywords();
        QCOMPARE(words->size(), 1);
        QCOMPARE(words->at(0).uses, 1);
        QCOMPARE(found(QStringLiteral("car")), QStringList{});
        QCOMPARE(m_library->statistics()->assets, 1);
    }

    void putsBackWhatWasTakenOutAsItWas()
    {
        const QString model = QStringLiteral("m");
        const std::vector<float> vector{0.5f, -1.25f, 3e-8f};
        Asset asset = picture(QStringLiteral("长城.jpg"), QStringLiteral("a wall of stone"),
                              {QStringLiteral("长城"), QStringLiteral("wall")});
        asset.captured = QDateTime(QDate(2020, 5, 4), QTime(3, 2, 1));
        const AssetId id = *m_library->add(asset);
        const AssetId other = *m_library->add(picture(QStringLiteral("other.jpg")));
        QVERIFY(m_library->setEmbedding(id, model, vector));
        const Asset before = *m_library->asset(id);
        const auto removed = m_library->remove({id, id + 77});
        QVERIFY(removed);
        QCOMPARE(removed->size(), 1);
        QCOMPARE(found(QStringLiteral("stone")), QStringList{});
        QVERIFY(m_library->putBack(*removed));
        const Asset after = *m_library->asset(id);
        QCOMPARE(after.hash, before.hash);
        QCOMPARE(after.path, before.path);
        QCOMPARE(after.imported, before.imported); // its place among the others, too
        QCOMPARE(after.captured, before.captured);
        QCOMPARE(after.description, before.description);
        QCOMPARE(after.keywords, before.keywords);
        QCOMPARE(after.palette, before.palette);
        QCOMPARE(after.perceptualHash, before.perceptualHash);
        QCOMPARE(after.missing, before.missing);
        QCOMPARE(*m_library->embedding(id, model), vector);
        QCOMPARE(found(QStringLiteral("stone")).size(), 1);
        QCOMPARE(found(QStringLiteral("长城")).size(), 1);
        QCOMPARE(m_library->keywords()->size(), 2);
        QCOMPARE(m_library->keywords()->first().uses, 1);
        // Once more, or when it is there by another way: as it is now.
        QVERIFY(m_library->putBack(*removed));
        QCOMPARE(*m_library->count(), 2);
        const auto again = m_library->remove({id});
        const AssetId anew = *m_library->add(asset);
        QVERIFY(anew != id);
        QVERIFY(m_library->putBack(*again));
        QCOMPARE(m_library->assetByHash(asset.hash)->id, anew);
        QVERIFY(m_library->asset(other));
    }

    void replacesTheRecordOfAChangedPicture()
    {
        Asset asset = picture(QStringLiteral("1.jpg"), QStringLiteral("a blue vase"),
                              {QStringLiteral("vase")});
        asset.id = *m_library->add(asset);
        m_library->setEmbedding(asset.id, QStringLiteral("m"), std::vector<float>{1});
        asset.hash = QStringLiteral("other");
        asset.description = QStringLiteral("a lighthouse");
        asset.keywords = {QStringLiteral("tower")};
        asset.imported = QDateTime::currentDateTimeUtc();
        QVERIFY(m_library->replace(asset));
        QCOMPARE(found(QStringLiteral("vase")), QStringList{});
        QCOMPARE(found(QStringLiteral("lighthouse")).size(), 1);
        QCOMPARE(m_library->keywords()->first().word, QStringLiteral("tower"));
        QCOMPARE(m_library->missingEmbeddings(QStringLiteral("m"))->size(), 1);
    }

    void keepsEmbeddingsApartByModel()
    {
        const auto a = m_library->add(picture(QStringLiteral("a.jpg")));
        const auto b = m_library->add(picture(QStringLiteral("b.jpg")));
        const std::vector<float> vector{0.5f, -1.25f, 3e-8f};
        QVERIFY(m_library->setEmbedding(*a, QStringLiteral("one"), std::vector<float>{9, 9, 9}));
        QVERIFY(m_library->setEmbedding(*a, QStringLiteral("one"), vector)); // the later one counts
        QCOMPARE(*m_library->embedding(*a, QStringLiteral("one")), vector);
        QCOMPARE(m_library->embedding(*a, QStringLiteral("two")).error().code, ErrorCode::NotFound);
        QCOMPARE(*m_library->missingEmbeddings(QStringLiteral("one")), QVector<AssetId>{*b});
        QVERIFY(m_library->setEmbedding(*b, QStringLiteral("one"), std::vector<float>{1, 2, 3}));
        const auto table = m_library->embeddings(QStringLiteral("one"));
        QCOMPARE(table->dimension, 3);
        QCOMPARE(table->ids, (std::vector<AssetId>{*a, *b}));
        QCOMPARE(table->values, (std::vector<float>{0.5f, -1.25f, 3e-8f, 1, 2, 3}));
        QCOMPARE(m_library->embeddings(QStringLiteral("one"), *a, 10)->ids,
                 std::vector<AssetId>{*b});
        QVERIFY(m_library->remove({*a}));
        QCOMPARE(*m_library->embeddingCount(QStringLiteral("one")), 1);
    }

    void showsChangesToOtherConnections()
    {
        auto other = Library::open(m_library->folder(), Library::Mode::ReadOnly);
        QVERIFY(other);
        const auto before = (*other)->dataVersion();
        m_library->add(picture(QStringLiteral("a.jpg")));
        QVERIFY(*(*other)->dataVersion() != *before);
        QCOMPARE(*(*other)->count(), 1);
        const auto refused = (*other)->add(picture(QStringLiteral("b.jpg")));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::ReadOnly);
    }

    void opensALibraryOfANewerVersionReadOnly()
    {
        m_library->add(picture(QStringLiteral("a.jpg")));
        QVERIFY(m_library->database().setSchemaVersion(kSchemaVersion + 1));
        auto newer = Library::open(m_library->folder());
        QVERIFY(newer);
        QVERIFY((*newer)->isNewerVersion());
        QVERIFY((*newer)->isReadOnly());
        QCOMPARE(*(*newer)->count(), 1);
        const auto refused = (*newer)->remove({1});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::NewerVersion);
    }

    void refusesAnotherProgramsDatabase()
    {
        QTemporaryDir dir;
        {
            auto other = Database::open(dir.filePath(QStringLiteral("library.db")));
            QVERIFY((*other)->execute(QStringLiteral("CREATE TABLE recipes(x)")));
        }
        const auto library = Library::open(dir.path());
        QVERIFY(!library);
        QCOMPARE(library.error().code, ErrorCode::Unsupported);
        QCOMPARE(Library::open(dir.filePath(QStringLiteral("none")), Library::Mode::ReadOnly)
                     .error()
                     .code,
                 ErrorCode::NotFound);
    }

    void keepsEverythingWhenTheDiskIsFull()
    {
        QVERIFY(m_library->add(picture(QStringLiteral("a.jpg"))));
        QVERIFY(m_library->limitSize(m_library->statistics()->databaseBytes));
        const auto result =
            m_library->add(picture(QStringLiteral("b.jpg"), QString(100000, QLatin1Char('x'))));
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::DiskFull);
        QCOMPARE(*m_library->count(), 1);
        QCOMPARE(found(QStringLiteral("xxxx")), QStringList{});
    }

    void watchesFoldersThatExist()
    {
        QVERIFY(m_library->watchFolder(m_dir.path() + QStringLiteral("/")));
        QVERIFY(m_library->watchFolder(m_dir.path()));
        QCOMPARE(*m_library->watchedFolders(), QStringList{m_dir.path()});
        QCOMPARE(m_library->watchFolder(QStringLiteral("/no/such/folder")).error().code,
                 ErrorCode::NotFound);
        QVERIFY(m_library->unwatchFolder(m_dir.path()));
        QVERIFY(m_library->watchedFolders()->isEmpty());
    }
};

QTEST_GUILESS_MAIN(LibraryTest)
#include "LibraryTest.moc"
