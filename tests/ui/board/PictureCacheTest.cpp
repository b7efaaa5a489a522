// Pixels for the canvas: as much detail as is seen, within a budget.
#include "core/board/Board.h"
#include "ui/board/PictureCache.h"

#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using ui::PictureCache;

class PictureCacheTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_home;
    std::unique_ptr<board::Board> m_board;
    QStringList m_hashes;

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("MOODLOOM_HOME", m_home.path().toUtf8());
        m_board = std::move(*board::Board::create(m_home.filePath(QStringLiteral("cache.moodloom"))));
        QStringList files;
        for (int i = 0; i < 6; ++i) {
            QImage image(1000, 800, QImage::Format_RGB32);
            image.fill(QColor::fromHsv(i * 60, 200, 200));
            files.append(m_home.filePath(QStringLiteral("%1.png").arg(i)));
            QVERIFY(image.save(files.last()));
        }
        QSignalSpy imported(m_board.get(), &board::Board::imported);
        m_board->importFiles(files, {});
        QTRY_COMPARE(imported.size(), 1);
        QTRY_COMPARE(m_board->acknowledgedRevision(), m_board->revision());
        for (const auto &id : m_board->items())
            m_hashes.append(m_board->item(id)->picture()->hash);
        QCOMPARE(m_hashes.size(), 6);
    }

    void choosesTheLevelThatTheScreenNeeds()
    {
        QCOMPARE(PictureCache::levelFor(2, 4000), 16);
        QCOMPARE(PictureCache::levelFor(40, 4000), 64);
        QCOMPARE(PictureCache::levelFor(300, 4000), 256);
        QCOMPARE(PictureCache::levelFor(320, 4000), 512);
        QCOMPARE(PictureCache::levelFor(2000, 4000), 2048);
        QCOMPARE(PictureCache::levelFor(3900, 4000), 0); // the whole file
        QCOMPARE(PictureCache::levelFor(900, 200), 0);
    }

    void keepsItsLevelWhileTheSizeIsNearTheLimit()
    {
        const auto settled = [](double side, int now) { return PictureCache::settledLevel(side, 4000, now); };
        QCOMPARE(settled(300, -1), 256);
        QCOMPARE(settled(320, 256), 256); // levelFor() says 512
        QCOMPARE(settled(350, 256), 512);
        QCOMPARE(settled(300, 512), 512); // levelFor() says 256
        QCOMPARE(settled(250, 512), 256);
        QCOMPARE(settled(3900, 2048), 0);
        QCOMPARE(settled(2300, 0), 0);    // the whole file stays
        QCOMPARE(settled(1900, 0), 2048);
    }

    void findsBothLevelsAgainAfterZoomingOutAndIn()
    {
        PictureCache cache;
        cache.setStore(m_board->store());
        const auto show = [&](double side) {
            const QImage image = cache.want(m_hashes[0], {}, 1000, side).image;
            cache.endFrame();
            return image;
        };
        QTRY_COMPARE(show(500).width(), 512);
        const qint64 large = show(500).cacheKey();
        QTRY_COMPARE(show(100).width(), 128);
        const qint64 small = show(100).cacheKey();
        QCOMPARE(show(500).cacheKey(), large); // at once, nothing was read again
        QCOMPARE(show(100).cacheKey(), small);
    }

    void wantsLessDetailWhenWhatIsSeenIsMoreThanTheBudget()
    {
        PictureCache cache;
        cache.setStore(m_board->store());
        const qint64 budget = 1000 * 800 * 4;
        cache.setBudget(budget);
        const auto show = [&] {
            int least = 100000;
            for (const QString &hash : m_hashes)
                least = std::min(least, cache.want(hash, {}, 1000, 900).image.width());
            cache.endFrame();
            return least;
        };
        // All of them seen at once would be six times as much; each still shows something.
        QTRY_VERIFY(show() >= 256 && cache.bytes() <= budget);
    }

    void readsWhatIsSeenBeforeWhatIsNear()
    {
        PictureCache cache;
        cache.setStore(m_board->store());
        QStringList arrived;
        connect(&cache, &PictureCache::changed, this, [&](const QString &hash) { arrived.append(hash); });
        // More than are read at once: those of the screen come among the first.
        for (int i = 0; i < 5; ++i)
            for (const auto tone : {PictureCache::Tone::Color, PictureCache::Tone::Grey})
                cache.want(m_hashes[i], {}, 1000, 60, tone, PictureCache::Urgency::Ahead);
        cache.want(m_hashes[5], {}, 1000, 60);
        cache.endFrame();
        QTRY_COMPARE(arrived.size(), 11);
        QVERIFY(arrived.indexOf(m_hashes[5]) < 8);
    }

    void showsASmallPictureFirstAndTheWantedOneThen()
    {
        PictureCache cache;
        cache.setStore(m_board->store());
        QVector<int> widths;
        connect(&cache, &PictureCache::changed, this, [&](const QString &hash) {
            widths.append(cache.want(hash, {}, 1000, 900).image.width());
            cache.endFrame();
        });
        QVERIFY(cache.want(m_hashes[0], {}, 1000, 900).image.isNull());
        cache.endFrame();
        QTRY_COMPARE(widths, (QVector<int>{256, 1000}));
    }

    void forgetsWhatIsNoLongerSeenBeyondTheBudget()
    {
        PictureCache cache;
        cache.setStore(m_board->store());
        const qint64 whole = 1000 * 800 * 4;
        cache.setBudget(2 * whole);
        for (const QString &hash : m_hashes) // looked at one after another
            QTRY_VERIFY((cache.want(hash, {}, 1000, 900), cache.endFrame(),
                         cache.want(hash, {}, 1000, 900).image.width() == 1000));
        cache.endFrame();
        QVERIFY(cache.bytes() <= 2 * whole);
        QVERIFY(cache.want(m_hashes[0], {}, 1000, 900).image.isNull());
        QCOMPARE(cache.want(m_hashes[5], {}, 1000, 900).image.width(), 1000);
    }

    void readsSmallerWhatIsLargerThanNeededBeyondTheBudget()
    {
        PictureCache cache;
        cache.setStore(m_board->store());
        const auto show = [&](double side) { // all of them at once, until nothing more is read
            int width = 0;
            for (const QString &hash : m_hashes)
                width += cache.want(hash, {}, 1000, side).image.width();
            cache.endFrame();
            return width;
        };
        QTRY_COMPARE(show(900), 6 * 1000);
        QCOMPARE(show(30), 6 * 1000); // within the budget what is there stays
        const qint64 budget = 6 * 40 * 40 * 4;
        cache.setBudget(budget);
        QTRY_VERIFY((show(30), cache.bytes() <= budget));
        QTRY_COMPARE(show(30), 6 * 32);
    }

    void readsThousandsWithoutWaitingForFrames()
    {
        PictureCache cache;
        cache.setStore(m_board->store());
        for (const QString &hash : m_hashes)
            for (const auto tone : {PictureCache::Tone::Color, PictureCache::Tone::Grey})
                cache.want(hash, {}, 1000, 30, tone);
        QSignalSpy changed(&cache, &PictureCache::changed);
        cache.endFrame(); // one frame for all of them
        QTRY_COMPARE(changed.size(), 12);
    }

    void saysWhatIsMissing()
    {
        PictureCache cache;
        cache.setStore(m_board->store());
        QSignalSpy changed(&cache, &PictureCache::changed);
        cache.want(QStringLiteral("unknown"), m_home.filePath(QStringLiteral("gone.png")), 500, 200);
        cache.endFrame();
        QTRY_COMPARE(changed.size(), 1);
        QVERIFY(cache.want(QStringLiteral("unknown"), {}, 500, 200).missing);
    }
};

QTEST_MAIN(PictureCacheTest)
#include "PictureCacheTest.moc"
