// Arithmetic takes as many threads as were asked for, whatever libtorch guesses by itself.
#include "core/base/Machine.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <QTest>

#include <thread>

using namespace moodloom;

class ThreadsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // Each thread has a number of its own, and libtorch sets it with the first operation there.
    void aThreadKeepsTheNumberItAskedFor()
    {
        for (const int wanted : {3, 1, 2}) {
            int before = 0, after = 0;
            std::thread([&] {
                useComputeThreads(wanted);
                before = at::get_num_threads();
                (void)at::ones({512, 512}).mm(at::ones({512, 512})).sum().item<float>();
                after = at::get_num_threads();
            }).join();
            QCOMPARE(before, wanted);
            QCOMPARE(after, wanted);
        }
    }
};

QTEST_GUILESS_MAIN(ThreadsTest)
#include "ThreadsTest.moc"
