// Painting with little memory: the plan that fits is kept to, refused memory leads to the next one,
// the picture stays the same, and the process lives.
#include "core/base/Memory.h"
#include "core/generation/Generator.h"
#include "tests/support/TestModel.h"

#include <ATen/ATen.h>
#include <c10/core/CPUAllocator.h>

#include <QCoreApplication>
#include <QPainter>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <new>
#include <sys/resource.h>

using namespace moodloom;
using namespace moodloom::generation;
using models::Thrift;

namespace {

// libtorch's main memory with an end: what is over the limit is refused, as the system would.
class LimitedMemory final : public c10::Allocator
{
public:
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 3)
    c10::DataPtr allocate(size_t bytes) override
    {
        return take(bytes);
    }
    void copy_data(void *to, const void *from, size_t bytes) const override
    {
        default_copy_data(to, from, bytes);
    }
#else
    c10::DataPtr allocate(size_t bytes) const override
    {
        return take(bytes);
    }
#endif
    c10::DeleterFnPtr raw_deleter() const override
    {
        return &give;
    }

    static inline std::atomic<size_t> used = 0, peak = 0, limit = SIZE_MAX;

private:
    static c10::DataPtr take(size_t bytes)
    {
        if (bytes == 0)
            return {nullptr, nullptr, &give, at::Device(at::kCPU)};
        if (used + bytes > limit)
            throw std::bad_alloc();
        auto *block = static_cast<size_t *>(std::aligned_alloc(64, (bytes + 127) / 64 * 64));
        if (!block)
            throw std::bad_alloc();
        block[0] = bytes;
        used += bytes;
        size_t before = peak;
        while (before < used && !peak.compare_exchange_weak(before, used)) {
        }
        return {block + 8, block + 8, &give, at::Device(at::kCPU)};
    }
    static void give(void *data)
    {
        if (!data)
            return;
        auto *block = static_cast<size_t *>(data) - 8;
        used -= block[0];
        std::free(block);
    }
};

Recipe smallRecipe()
{
    Recipe r;
    r.prompt = QStringLiteral("a red car beside a tower");
    r.model = testing::modelFolder();
    r.seed = 7;
    r.size = QSize(128, 128);
    r.steps = 3;
    r.guidance = 3;
    return r;
}

// In a process that may take no more address space than it has: says what came of it.
int paintWithoutRoom()
{
    std::ifstream status("/proc/self/statm");
    size_t pages = 0;
    status >> pages;
    const size_t now = pages * 4096;
    const rlimit limit{now + (24 << 20), now + (24 << 20)};
    setrlimit(RLIMIT_AS, &limit);
    Generator generator;
    const auto take = generator.paint(smallRecipe());
    std::printf("%s\n", take ? "painted" : errorName(take.error().code));
    return 0;
}

} // namespace

class MemoryTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    LimitedMemory m_memory;

    RecipeReference reference()
    {
        QImage image(96, 64, QImage::Format_RGB32);
        image.fill(Qt::green);
        RecipeReference r;
        r.path = m_dir.filePath(QStringLiteral("green.png"));
        image.save(r.path);
        r.weight = 1;
        return r;
    }
    // The most that tensors take with a plan, and the picture.
    std::pair<size_t, QImage> measured(const Recipe &recipe, Thrift thrift)
    {
        Generator generator;
        generator.keepTo(thrift);
        LimitedMemory::peak = LimitedMemory::used.load();
        const size_t before = LimitedMemory::used;
        const auto take = generator.paint(recipe);
        if (!take)
            qFatal("%s", errorText(take.error()).c_str());
        return {LimitedMemory::peak - before, take->image};
    }

private Q_SLOTS:
    void initTestCase()
    {
        MOODLOOM_REQUIRE_MODEL();
        c10::SetCPUAllocator(&m_memory, 100);
    }
    void cleanup()
    {
        LimitedMemory::limit = SIZE_MAX;
        setMemoryLimit(0);
    }

    void everyPlanPaintsTheSamePicture()
    {
        Recipe recipe = smallRecipe();
        recipe.references = {reference()};
        const auto [most, picture] = measured(recipe, Thrift::None);
        size_t last = most;
        for (const Thrift thrift : {Thrift::Encoders, Thrift::Parts, Thrift::Files}) {
            const auto [taken, same] = measured(recipe, thrift);
            QCOMPARE(same, picture);
            QVERIFY2(taken <= most, models::thriftName(thrift));
            last = taken;
        }
        QVERIFY(last < most);
    }

    void goesFromPlanToPlanAndBack()
    {
        Recipe recipe = smallRecipe();
        Generator generator;
        const auto plain = generator.paint(recipe);
        QVERIFY(plain);
        QVERIFY(plain->memory.fallbacks.empty());
        for (const Thrift thrift :
             {Thrift::Files, Thrift::None, Thrift::Parts, Thrift::Encoders, Thrift::None}) {
            generator.keepTo(thrift);
            const auto take = generator.paint(recipe);
            QVERIFY2(take, take ? "" : errorText(take.error()).c_str());
            QCOMPARE(take->image, plain->image);
        }
    }

    void refusedMemoryLeadsToTheNextPlan()
    {
        const Recipe recipe = smallRecipe();
        const size_t most = measured(recipe, Thrift::None).first;
        const auto [least, picture] = measured(recipe, Thrift::Files);
        QVERIFY(least < most);
        Generator generator;
        LimitedMemory::limit = LimitedMemory::used + (least + most) / 2;
        std::vector<MemoryFallback> told;
        const auto take = generator.paint(recipe, [&](const StepInfo &info) {
            if (info.memory.fallbacks.size() > told.size())
                told = info.memory.fallbacks;
        });
        QVERIFY2(take, take ? "" : errorText(take.error()).c_str());
        QVERIFY(!take->memory.fallbacks.empty());
        QCOMPARE(told, take->memory.fallbacks);
        QCOMPARE(take->memory.plan, told.back().plan);
        QVERIFY(take->memory.plan.thrift > Thrift::None);
        QVERIFY(fallbackWords(told.back()).startsWith(QLatin1String("not enough memory")));
        // As under that plan from the start.
        QCOMPARE(take->image, picture);
        // It has learnt: no second try of what was refused.
        const auto again = generator.paint(recipe);
        QVERIFY(again && again->memory.fallbacks.empty());
        QCOMPARE(again->image, picture);
    }

    void afterTheLastPlanItSaysWhatToDo()
    {
        const Recipe recipe = smallRecipe();
        Generator generator;
        LimitedMemory::limit = LimitedMemory::used + (1 << 20);
        const auto none = generator.paint(recipe);
        QVERIFY(!none);
        QCOMPARE(none.error().code, ErrorCode::OutOfMemory);
        QVERIFY(none.error().detail.find("smaller picture") != std::string::npos);
        // And it goes on living.
        LimitedMemory::limit = SIZE_MAX;
        const auto take = generator.paint(recipe);
        QVERIFY2(take, take ? "" : errorText(take.error()).c_str());
    }

    void whatDoesNotFitIsNotBegun()
    {
        const Recipe recipe = smallRecipe();
        const auto outlook = Generator::memory(recipe);
        QVERIFY(outlook && outlook->fits);
        QCOMPARE(outlook->plan.thrift, Thrift::None);
        // Room for less than the first plan.
        setMemoryLimit(ownMemory() + outlook->plan.peak() - 10'000'000);
        const auto less = Generator::memory(recipe);
        QVERIFY(less && less->fits);
        QVERIFY(less->plan.thrift > Thrift::None);
        // For nothing.
        setMemoryLimit(ownMemory() + 1'000'000);
        const auto none = Generator::memory(recipe);
        QVERIFY(none && !none->fits);
        QVERIFY(memorySummary(*none).contains(QLatin1String("thriftiest")));
        Generator generator;
        size_t before = LimitedMemory::used;
        LimitedMemory::peak = before;
        const auto take = generator.paint(recipe);
        QVERIFY(!take);
        QCOMPARE(take.error().code, ErrorCode::OutOfMemory);
        QVERIFY(take.error().detail.find("even at its thriftiest") != std::string::npos);
        QVERIFY(LimitedMemory::peak < before + (1 << 20)); // nothing was loaded
    }

    void aProcessWithoutRoomLives()
    {
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--without-room")});
        QVERIFY(child.waitForFinished(60000));
        QCOMPARE(child.exitStatus(), QProcess::NormalExit);
        QCOMPARE(child.exitCode(), 0);
        QCOMPARE(child.readAllStandardOutput().trimmed(), QByteArray("out-of-memory"));
    }
};

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (argc > 1 && qstrcmp(argv[1], "--without-room") == 0)
        return paintWithoutRoom();
    MemoryTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "MemoryTest.moc"
