// How long a large library takes to answer: bench_library [PICTURES].
#include "core/library/Library.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <cstdio>

using namespace moodloom;
using namespace moodloom::library;

namespace {

Asset madeUp(int number, QRandomGenerator &random)
{
    static const QStringList things{
        QStringLiteral("lighthouse 灯塔"), QStringLiteral("red car 红色汽车"),
        QStringLiteral("bridge 大桥"),     QStringLiteral("mountain 雪山"),
        QStringLiteral("balloon 热气球"),  QStringLiteral("robot 机器人")};
    static const QStringList places{
        QStringLiteral("at sunset 日落"), QStringLiteral("by the sea 海边"),
        QStringLiteral("in the city 城市"), QStringLiteral("in the desert 沙漠"),
        QStringLiteral("in the snow 雪地")};
    Asset asset;
    asset.hash = QStringLiteral("%1").arg(number, 64, 16, QLatin1Char('0'));
    asset.path = QStringLiteral("/pictures/%1/IMG_%2.jpg").arg(number / 500).arg(number);
    asset.format = QStringLiteral("jpeg");
    asset.size = QSize(4000, 3000);
    asset.bytes = random.bounded(1000, 9'000'000);
    asset.modified = QDateTime::fromMSecsSinceEpoch(1600000000000 + qint64(number) * 1000);
    const QString thing = things[random.bounded(int(things.size()))],
                  place = places[random.bounded(int(places.size()))];
    asset.description = QStringLiteral("a %1 %2 number%3").arg(thing, place).arg(number);
    asset.keywords = {thing.section(QLatin1Char(' '), 0, 0), place.section(QLatin1Char(' '), -1),
                      QStringLiteral("design %1").arg(number % 400)};
    asset.palette = {{QColor::fromRgb(random.generate()), 0.6f},
                     {QColor::fromRgb(random.generate()), 0.4f}};
    return asset;
}

template <class Call> void measure(const char *what, Call call)
{
    constexpr int kTimes = 5;
    QElapsedTimer timer;
    timer.start();
    qint64 rows = 0;
    for (int i = 0; i < kTimes; ++i)
        rows = qint64(call());
    std::printf("%-44s %8.2f ms (%lld)\n", what, double(timer.nsecsElapsed()) / 1e6 / kTimes,
                static_cast<long long>(rows));
}

} // namespace

int main(int argc, char **argv)
{
    const int count = argc > 1 ? std::atoi(argv[1]) : 100'000;
    constexpr int kDimension = 256;
    QTemporaryDir dir;
    auto opened = Library::open(dir.path());
    if (!opened)
        return 1;
    Library &library = **opened;
    QRandomGenerator random(1);
    const QString model = QStringLiteral("model");
    QElapsedTimer timer;
    timer.start();
    for (int begin = 0; begin < count; begin += 1000)
        (void)library.transaction([&]() -> Result<void> {
            for (int i = begin; i < qMin(count, begin + 1000); ++i) {
                const auto id = library.add(madeUp(i, random));
                if (!id)
                    return fail(id.error());
                if (auto ok =
                        library.setEmbedding(*id, model, std::vector<float>(kDimension, float(i)));
                    !ok)
                    return ok;
            }
            return {};
        });
    std::printf("%d pictures added in %.1f s\n", count, double(timer.elapsed()) / 1000);

    AssetQuery page;
    page.limit = 100;
    measure("first page", [&] { return library.assets(page)->size(); });
    page.offset = count - 200;
    measure("last page", [&] { return library.assets(page)->size(); });
    page.sort = AssetSort::Name;
    measure("last page by name", [&] { return library.assets(page)->size(); });
    measure("all ids", [&] { return library.ids({})->size(); });
    measure("count", [&] { return *library.count(); });
    AssetQuery text;
    text.text = QStringLiteral("热气球 sunset");
    text.limit = 100;
    measure("page of a search", [&] { return library.assets(text)->size(); });
    measure("its count", [&] { return *library.count(text); });
    measure("words, rare",
            [&] { return library.searchWords(QStringLiteral("number4711"), 200)->size(); });
    measure("words, common", [&] {
        return library.searchWords(QStringLiteral("a red car leaping by the sea at sunset"), 200)
            ->size();
    });
    measure("words, Chinese",
            [&] { return library.searchWords(QStringLiteral("红色汽车飞跃日落"), 200)->size(); });
    measure("keywords", [&] { return library.keywords()->size(); });
    measure("statistics", [&] { return library.statistics()->assets; });
    measure("all embeddings", [&] { return library.embeddings(model)->ids.size(); });
    measure("missing embeddings",
            [&] { return library.missingEmbeddings(QStringLiteral("other"), 1000)->size(); });
    return 0;
}
