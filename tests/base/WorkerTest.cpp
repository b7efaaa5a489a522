// What a Worker promises: order, results, errors instead of exceptions, and an end for every future.
#include "core/base/Worker.h"

#include <QTest>

#include <atomic>

using namespace moodloom;

class WorkerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void runsJobsInOrder()
    {
        Worker worker(QStringLiteral("order"));
        std::vector<int> seen;
        QFuture<Result<void>> last;
        for (int i = 0; i < 50; ++i)
            last = worker.run([&seen, i](std::stop_token) { seen.push_back(i); });
        last.waitForFinished();
        QCOMPARE(int(seen.size()), 50);
        for (int i = 0; i < 50; ++i)
            QCOMPARE(seen[size_t(i)], i);
    }

    void handsOnResultsAndErrors()
    {
        Worker worker(QStringLiteral("results"));
        auto value = worker.run([](std::stop_token) { return 42; });
        auto error = worker.run(
            [](std::stop_token) -> Result<int> { return fail(ErrorCode::NotFound, "x", "y"); });
        QCOMPARE(*value.result(), 42);
        QVERIFY(!error.result());
        QCOMPARE(error.result().error().code, ErrorCode::NotFound);
    }

    void turnsExceptionsIntoErrors()
    {
        Worker worker(QStringLiteral("throws"));
        auto memory = worker.run([](std::stop_token) -> int { throw std::bad_alloc(); });
        auto other = worker.run([](std::stop_token) -> int { throw std::runtime_error("why"); });
        QCOMPARE(memory.result().error().code, ErrorCode::OutOfMemory);
        QCOMPARE(other.result().error().code, ErrorCode::Internal);
        QCOMPARE(other.result().error().detail, std::string("why"));
    }

    void cancelsTheRunningAndDropsTheWaiting()
    {
        Worker worker(QStringLiteral("cancel"));
        std::atomic<bool> begun = false;
        auto running = worker.run([&begun](std::stop_token stop) -> Result<int> {
            begun = true;
            while (!stop.stop_requested())
                std::this_thread::yield();
            return cancelled();
        });
        auto waiting = worker.run([](std::stop_token) { return 1; });
        while (!begun)
            std::this_thread::yield();
        worker.cancelAll();
        QCOMPARE(running.result().error().code, ErrorCode::Cancelled);
        QCOMPARE(waiting.result().error().code, ErrorCode::Cancelled);
        auto after = worker.run([](std::stop_token) { return 2; });
        QCOMPARE(*after.result(), 2);
    }

    void cancelsOneJobByItsOwnToken()
    {
        Worker worker(QStringLiteral("token"));
        std::stop_source stop;
        stop.request_stop();
        bool ran = false;
        auto never = worker.run([&ran](std::stop_token) { ran = true; }, stop.get_token());
        QCOMPARE(never.result().error().code, ErrorCode::Cancelled);
        QVERIFY(!ran);
    }

    void finishesEveryFutureWhenDestroyed()
    {
        QFuture<Result<int>> waiting;
        {
            Worker worker(QStringLiteral("destroy"));
            worker.run([](std::stop_token stop) {
                while (!stop.stop_requested())
                    std::this_thread::yield();
            });
            waiting = worker.run([](std::stop_token) { return 1; });
        }
        QVERIFY(waiting.isFinished());
        QCOMPARE(waiting.result().error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(WorkerTest)
#include "WorkerTest.moc"
