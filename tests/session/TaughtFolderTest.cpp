// Captions where users keep them, and pictures that cannot be read.
#include "core/session/TaughtFolder.h"
#include "core/world/PictureFile.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::session;

class TaughtFolderTest : public QObject
{
    Q_OBJECT

    static void write(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    static QImage image(int width, int height)
    {
        QImage image(width, height, QImage::Format_RGB32);
        image.fill(QColor(200, 30, 90));
        return image;
    }

private Q_SLOTS:
    void captionsComeFromBesideFromInsideAndFromTheName()
    {
        QTemporaryDir dir;
        const QString a = dir.filePath(QStringLiteral("a.png")),
                      b = dir.filePath(QStringLiteral("b.jpg"));
        QVERIFY(image(80, 60).save(a));
        write(dir.filePath(QStringLiteral("a.txt")), "a velvet teapot\r\n\n 天鹅绒茶壶 \n");
        const auto inside =
            world::encodePicture(image(64, 64), world::PictureFormat::Jpeg,
                                 {"a title", "a teapot on a table", "桌上的茶壶", {"teapot"}});
        QVERIFY(inside);
        write(b, QByteArray::fromStdString(*inside));
        QVERIFY(QDir(dir.path()).mkdir(QStringLiteral("more")));
        QVERIFY(
            image(64, 90).save(dir.filePath(QStringLiteral("more/IMG_2041-red_teapot (2).png"))));
        write(dir.filePath(QStringLiteral("more/broken.png")),
              QByteArray("\x89PNG\r\n\x1a\n nothing", 16));

        QStringList failed;
        const auto folder = TaughtFolder::open(dir.path(), [&](const Error &error) {
            failed << QString::fromStdString(error.subject);
        });
        QVERIFY(folder);
        QCOMPARE(folder->size(), int64_t(3));
        QCOMPARE(folder->captioned(), 2);
        QCOMPARE(failed, QStringList{dir.filePath(QStringLiteral("more/broken.png"))});
        std::map<QString, std::vector<std::string>> captions;
        for (int64_t i = 0; i < folder->size(); ++i)
            captions[QFileInfo(folder->path(i)).fileName()] = folder->captions(i);
        QCOMPARE(captions[QStringLiteral("a.png")],
                 (std::vector<std::string>{"a velvet teapot", "天鹅绒茶壶"}));
        QCOMPARE(captions[QStringLiteral("b.jpg")],
                 (std::vector<std::string>{"a teapot on a table", "桌上的茶壶"}));
        QCOMPARE(captions[QStringLiteral("IMG_2041-red_teapot (2).png")],
                 std::vector<std::string>{"red teapot"});
        const auto words = folder->words();
        QCOMPARE(words.at("teapot"), 3); // each picture once
        QCOMPARE(words.at("velvet"), 1);
        QVERIFY(!words.count("a"));
        QVERIFY(!words.count("on"));
    }

    void picturesKeepTheSideThatIsWanted()
    {
        QTemporaryDir dir;
        QVERIFY(image(1600, 100).save(dir.filePath(QStringLiteral("wide.png"))));
        QImage clear(64, 64, QImage::Format_ARGB32);
        clear.fill(Qt::transparent);
        QVERIFY(clear.save(dir.filePath(QStringLiteral("clear.png"))));
        const auto folder = TaughtFolder::open(dir.path(), [](const Error &) {});
        QVERIFY(folder);
        QCOMPARE(folder->size(), int64_t(2));
        for (int64_t i = 0; i < 2; ++i) {
            const auto picture = folder->picture(i, 64);
            QVERIFY(picture);
            QVERIFY(std::min(picture->width, picture->height) >= 64);
            QCOMPARE(picture->rgb.size(), size_t(picture->width) * size_t(picture->height) * 3);
            if (folder->path(i).endsWith(QLatin1String("clear.png")))
                QCOMPARE(int(picture->rgb.front()), 255); // on white
        }
    }

    void nothingToTeachIsAnErrorThatSaysWhy()
    {
        QTemporaryDir dir;
        const auto none = TaughtFolder::open(dir.path(), [](const Error &) {});
        QVERIFY(!none && none.error().code == ErrorCode::NotFound);
        const auto nowhere =
            TaughtFolder::open(dir.filePath(QStringLiteral("nowhere")), [](const Error &) {});
        QVERIFY(!nowhere && nowhere.error().code == ErrorCode::NotFound);
        write(dir.filePath(QStringLiteral("empty.png")), {});
        const auto broken = TaughtFolder::open(dir.path(), [](const Error &) {});
        QVERIFY(!broken && broken.error().code == ErrorCode::Corrupt);
        QCOMPARE(broken.error().subject, dir.filePath(QStringLiteral("empty.png")).toStdString());
    }

    void namesBecomeWords_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("words");
        QTest::newRow("words") << "a-red_sea.jpg"
                               << "a red sea";
        QTest::newRow("camera") << "IMG_2041.jpg"
                                << "IMG_2041";
        QTest::newRow("counted") << "velvet teapot (3).png"
                                 << "velvet teapot";
        QTest::newRow("chinese") << "红色的海_12.png"
                                 << "红色的海";
    }
    void namesBecomeWords()
    {
        QFETCH(QString, name);
        QFETCH(QString, words);
        QCOMPARE(wordsOfName(QStringLiteral("/some/where/") + name), words);
    }
};

QTEST_GUILESS_MAIN(TaughtFolderTest)
#include "TaughtFolderTest.moc"
