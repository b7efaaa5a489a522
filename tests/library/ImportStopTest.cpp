// An import that is paused, cancelled or runs out of disk keeps what was done, and is in nobody's way.
#include "tests/library/ImportFixture.h"

#include <algorithm>
#include <thread>

using namespace moodloom;
using namespace moodloom::library;

class ImportStopTest : public QObject, protected ImportFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(image::vipsio::start()); }
    void init() { open(); }

    void keepsWhatWasDoneWhenCancelledAndGoesOnLater()
    {
        saveMany(300);
        std::stop_source stop;
        ImportProgress last;
        Importer importer(*m_library, options());
        const auto report = importer.run(
            {{m_pictures}},
            [&](const ImportProgress &progress) {
                last = progress;
                if (progress.counts.done > 0)
                    stop.request_stop();
            },
            stop.get_token());
        QVERIFY(report);
        QVERIFY(report->stoppedBy);
        QCOMPARE(report->stoppedBy->code, ErrorCode::Cancelled);
        QVERIFY(report->counts.added > 0);
        QVERIFY2(report->counts.added < 300, "it was not stopped in time to show anything");
        QCOMPARE(*m_library->count(), report->counts.added);
        const ImportReport rest = import();
        QVERIFY(!rest.stoppedBy);
        QCOMPARE(rest.counts.unchanged, report->counts.added);
        QCOMPARE(rest.counts.added, 300 - report->counts.added);
        QCOMPARE(*m_library->count(), 300);
    }

    void doesNothingWhilePaused()
    {
        saveMany(400);
        Importer importer(*m_library, options());
        int ticks = 0;
        qint64 settled = -1;
        const auto report = importer.run({{m_pictures}}, [&](const ImportProgress &progress) {
            if (ticks == 0 && progress.counts.done > 0) {
                importer.pause();
                ticks = 1;
            } else if (ticks > 0 && importer.isPaused()) {
                QVERIFY(progress.paused);
                ++ticks;
                if (ticks == 12) // pictures that were under way have arrived by now
                    settled = progress.counts.done;
                if (ticks > 12)
                    QCOMPARE(progress.counts.done, settled);
                if (ticks == 16)
                    importer.resume();
            }
        });
        QVERIFY(report);
        QVERIFY(settled > 0);
        QVERIFY(settled < 400);
        QCOMPARE(report->counts.added, 400);
    }

    void canBeCancelledWhilePaused()
    {
        saveMany(200);
        Importer importer(*m_library, options());
        importer.pause();
        std::stop_source stop;
        const auto report = importer.run(
            {{m_pictures}},
            [&](const ImportProgress &progress) {
                if (!progress.scanning)
                    stop.request_stop();
            },
            stop.get_token());
        QVERIFY(report);
        QCOMPARE(report->stoppedBy->code, ErrorCode::Cancelled);
        QCOMPARE(report->counts.added, 0);
    }

    void stopsCleanlyWhenTheDiskIsFull()
    {
        saveMany(300);
        QVERIFY(m_library->limitSize(m_library->statistics()->databaseBytes + 60'000));
        const ImportReport report = import();
        QVERIFY(report.stoppedBy);
        QCOMPARE(report.stoppedBy->code, ErrorCode::DiskFull);
        QCOMPARE(*m_library->count(), report.counts.added);
        QVERIFY(report.counts.added < 300);
        QVERIFY(m_library->limitSize(qint64(1) << 30));
        QVERIFY(!import().stoppedBy);
        QCOMPARE(*m_library->count(), 300);
    }

    void goesOnWithoutThumbnailsWhereTheyCannotBeKept()
    {
        save(1, QStringLiteral("a.png"));
        ImportOptions chosen = options();
        chosen.thumbnails = image::ThumbnailStore(at(QStringLiteral("a.png"))); // a file, no folder
        const auto report = Importer(*m_library, chosen).run({{m_pictures}});
        QCOMPARE(report->counts.added, 1);
    }

    void letsOthersReadMeanwhile()
    {
        saveMany(150);
        std::atomic<bool> done = false;
        std::atomic<int> errors = 0;
        std::jthread reader([&] {
            auto library = Library::open(m_library->folder(), Library::Mode::ReadOnly);
            while (library && !done) {
                errors += !(*library)->assets(AssetQuery{});
                errors += !(*library)->searchWords(QStringLiteral("many"), 5);
            }
            errors += !library;
        });
        QCOMPARE(import().counts.added, 150);
        done = true;
        reader.join();
        QCOMPARE(errors.load(), 0);
    }
};

QTEST_GUILESS_MAIN(ImportStopTest)
#include "ImportStopTest.moc"
