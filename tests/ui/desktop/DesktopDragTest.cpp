// Dragging between two programs as a desktop does it: over X11, with a pointer that really moves.
// Both run on a screen of their own (Xvfb, xdotool); where those are missing it is skipped.
#include "core/board/FrameTake.h"
#include "core/export/ExportTake.h"
#include "core/export/Png.h"
#include "core/image/Decode.h"
#include "core/origin/Origin.h"
#include "tests/support/FileServer.h"
#include "tests/ui/board/BoardWindow.h"

#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QQmlExtensionPlugin>
#include <QSignalSpy>
#include <QStandardPaths>

#include <csignal>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

Q_IMPORT_QML_PLUGIN(Moodloom_ThemePlugin)
Q_IMPORT_QML_PLUGIN(Moodloom_ControlsPlugin)
Q_IMPORT_QML_PLUGIN(Moodloom_BoardPlugin)

using namespace moodloom;
using namespace moodloom::board;
using test::BoardWindow;

namespace {

// The other program.
class Peer
{
public:
    explicit Peer(const QStringList &offer = {})
    {
        m_process.setProcessChannelMode(QProcess::SeparateChannels);
        m_process.start(QStringLiteral(MOODLOOM_DRAG_PEER),
                        QStringList{QStringLiteral("1060"), QStringLiteral("100")} + offer);
        [&] { QCOMPARE(nextLine(), QByteArray("ready")); }();
    }
    ~Peer()
    {
        m_process.terminate();
        if (!m_process.waitForFinished(5000))
            m_process.kill();
        m_process.waitForFinished(2000);
    }
    static QPoint middle() { return {1210, 200}; }
    QJsonObject drop() { return QJsonDocument::fromJson(nextLine()).object(); }

private:
    QByteArray nextLine()
    {
        [&] { QTRY_VERIFY_WITH_TIMEOUT(m_process.canReadLine(), 20'000); }();
        return m_process.readLine().trimmed();
    }

    QProcess m_process;
};

// The user's hand: presses at one point of the screen and lets go at the other. Drags have event
// loops of their own, so it moves beside us.
void drag(QPoint from, QPoint to)
{
    QStringList script;
    const auto move = [&script](QPoint at) {
        script << QStringLiteral("mousemove") << QString::number(at.x()) << QString::number(at.y())
               << QStringLiteral("sleep") << QStringLiteral("0.05");
    };
    move(from);
    script << QStringLiteral("mousedown") << QStringLiteral("1") << QStringLiteral("sleep") << QStringLiteral("0.2");
    for (int i = 1; i <= 20; ++i)
        move(from + (to - from) * i / 20);
    script << QStringLiteral("sleep") << QStringLiteral("0.4");
    move(to + QPoint(3, 3));
    script << QStringLiteral("sleep") << QStringLiteral("0.4") << QStringLiteral("mouseup") << QStringLiteral("1");
    QProcess hand;
    QSignalSpy finished(&hand, &QProcess::finished);
    hand.start(QStringLiteral("xdotool"), script);
    QVERIFY(finished.size() > 0 || finished.wait(30'000));
    QCOMPARE(hand.exitCode(), 0);
}

struct Desk : BoardWindow
{
    Desk()
    {
        view.setPosition(0, 0);
        [&] { QTRY_COMPARE(view.position(), QPoint(0, 0)); }();
    }
    QPoint desktop(QPointF at) { return view.mapToGlobal(screen(at)); }
};

} // namespace

class DesktopDragTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_home;

    QString png(const QString &name, const QVector<exporting::PngText> &texts)
    {
        QImage image(320, 240, QImage::Format_RGB888);
        image.fill(QColor(30, 90, 200));
        const QString path = m_home.filePath(name);
        [&] { QVERIFY(exporting::writePng(image, path, texts)); }();
        return path;
    }

    QString ownPng(const QString &name)
    {
        generation::Take take;
        take.recipe.prompt = QStringLiteral("a blue lake");
        take.image = QImage(320, 240, QImage::Format_RGB888);
        take.image.fill(QColor(30, 90, 200));
        const QString path = m_home.filePath(name);
        [&] { QVERIFY(exporting::exportPng(take, path)); }();
        return path;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (QGuiApplication::platformName() != QLatin1String("xcb"))
            QSKIP("Xvfb or xdotool is missing");
        qputenv("MOODLOOM_HOME", m_home.path().toUtf8());
    }

    void aPictureGoesOutAsItsFileAndAsPixels()
    {
        Desk desk;
        Peer peer;
        QSignalSpy imported(desk.board.get(), &Board::imported);
        const QString file = desk.file(QStringLiteral("red kite 红.png"), QColor(200, 40, 60));
        desk.board->importFiles({file}, {0, 0});
        QTRY_COMPARE(imported.size(), 1);
        QTRY_COMPARE(desk.board->acknowledgedRevision(), desk.board->revision());
        drag(desk.desktop({20, 10}), Peer::middle());
        const QJsonObject drop = peer.drop();
        const QUrl url(drop[QStringLiteral("urls")].toArray().at(0).toString());
        QVERIFY2(url.isLocalFile(), qPrintable(QJsonDocument(drop).toJson()));
        QCOMPARE(image::readPictureFile(url.toLocalFile()).value_or(QByteArray()),
                 image::readPictureFile(file).value_or(QByteArray("?")));
        QCOMPARE(drop[QStringLiteral("image")].toArray(), (QJsonArray{300, 200}));
        QCOMPARE(QColor(drop[QStringLiteral("color")].toString()), QColor(200, 40, 60));
        QVERIFY(drop[QStringLiteral("png")].toInt() > 0);
        // On the board it stays where it was.
        QCOMPARE(desk.board->items().size(), 1);
        QCOMPARE(desk.centre(desk.board->items().first()), QPointF(0, 0));
    }

    void aTakeGoesOutAsItsFile()
    {
        Desk desk;
        Peer peer;
        const ItemId frame = desk.board->addFrame({0, 0}, {256, 256});
        QImage image(128, 128, QImage::Format_RGB32);
        image.fill(QColor(60, 180, 90));
        FrameTake take;
        take.frame = frame;
        desk.board->addTake(take, image);
        QTRY_VERIFY(!desk.board->takes(frame).isEmpty());
        QTRY_COMPARE(desk.board->acknowledgedRevision(), desk.board->revision());
        drag(desk.desktop({0, 0}), Peer::middle());
        const QJsonObject drop = peer.drop();
        const QUrl url(drop[QStringLiteral("urls")].toArray().at(0).toString());
        QVERIFY2(url.isLocalFile(), qPrintable(QJsonDocument(drop).toJson()));
        QCOMPARE(QImage(url.toLocalFile()).pixelColor(64, 64), QColor(60, 180, 90));
        QCOMPARE(drop[QStringLiteral("image")].toArray(), (QJsonArray{128, 128}));
    }

    // Pictures that say how they were made come in as they are.
    void aFileComesInWithWhatItSays_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("text");
        QTest::newRow("A1111") << QStringLiteral("a1111.png") << QStringLiteral("parameters")
                               << QStringLiteral("a blue lake\nNegative prompt: people\nSteps: 12, Sampler: Euler a, "
                                                 "CFG scale: 8, Seed: 5, Size: 320x240, Model: dreamshaper_8");
        QTest::newRow("Moodloom") << QStringLiteral("moodloom.png") << QString() << QString();
        QTest::newRow("ComfyUI")
            << QStringLiteral("comfy.png") << QStringLiteral("prompt")
            << QStringLiteral("{\"3\":{\"class_type\":\"KSampler\",\"inputs\":{\"seed\":5,\"steps\":20,\"cfg\":8,"
                              "\"sampler_name\":\"euler\",\"scheduler\":\"normal\",\"denoise\":1,\"model\":[\"4\",0],"
                              "\"positive\":[\"6\",0],\"negative\":[\"7\",0],\"latent_image\":[\"5\",0]}},"
                              "\"4\":{\"class_type\":\"CheckpointLoaderSimple\",\"inputs\":{\"ckpt_name\":\"a.safetensors\"}},"
                              "\"5\":{\"class_type\":\"EmptyLatentImage\",\"inputs\":{\"width\":320,\"height\":240,\"batch_size\":1}},"
                              "\"6\":{\"class_type\":\"CLIPTextEncode\",\"inputs\":{\"text\":\"a blue lake\",\"clip\":[\"4\",1]}},"
                              "\"7\":{\"class_type\":\"CLIPTextEncode\",\"inputs\":{\"text\":\"people\",\"clip\":[\"4\",1]}}}");
    }

    void aFileComesInWithWhatItSays()
    {
        QFETCH(QString, name);
        QFETCH(QString, key);
        QFETCH(QString, text);
        const QString file = key.isEmpty() ? ownPng(name) : png(name, {{key.toLatin1(), text}});
        Desk desk;
        Peer peer({QStringLiteral("--file"), file});
        QSignalSpy imported(desk.board.get(), &Board::imported);
        drag(Peer::middle(), desk.desktop({100, 50}));
        QTRY_COMPARE(imported.size(), 1);
        QCOMPARE(desk.board->items().size(), 1);
        const Item &item = *desk.board->item(desk.board->items().first());
        QCOMPARE(item.picture()->size, QSize(320, 240));
        QVERIFY(QLineF(item.centre, {100, 50}).length() < 8);
        QVERIFY(QFile::exists(file)); // copied, though moving was offered
        QTRY_COMPARE(desk.board->acknowledgedRevision(), desk.board->revision());
        const auto kept = desk.board->store()->file(item.picture()->hash, {}).result();
        QVERIFY(kept);
        const auto origin = origin::readOrigin(*kept);
        QVERIFY(origin);
        QCOMPARE(origin->prompt.value_or(QString()), QStringLiteral("a blue lake"));
    }

    // A take that was dragged out comes back as what it is.
    void whatWentOutComesBackAndIsKnown()
    {
        QString out;
        Desk desk;
        QSignalSpy imported(desk.board.get(), &Board::imported);
        desk.board->importFiles({desk.file(QStringLiteral("kite.png"), Qt::red)}, {0, 0});
        QTRY_COMPARE(imported.size(), 1);
        QTRY_COMPARE(desk.board->acknowledgedRevision(), desk.board->revision());
        const QString hash = desk.board->item(desk.board->items().first())->picture()->hash;
        {
            Peer peer;
            drag(desk.desktop({20, 10}), Peer::middle());
            out = QUrl(peer.drop()[QStringLiteral("urls")].toArray().at(0).toString()).toLocalFile();
        }
        QVERIFY(!out.isEmpty());
        Peer peer({QStringLiteral("--file"), out});
        drag(Peer::middle(), desk.desktop({-200, 200}));
        QTRY_COMPARE(desk.board->items().size(), 2);
        QCOMPARE(desk.board->item(desk.board->items().last())->picture()->hash, hash);
    }

    void anAddressComesInAsACardAndNothingIsFetched()
    {
        testing::FileServer server;
        const QUrl address = server.url(QStringLiteral("/kite.png"));
        Desk desk;
        Peer peer({QStringLiteral("--address"), address.toString()});
        drag(Peer::middle(), desk.desktop({0, 0}));
        QTRY_COMPARE(desk.board->items().size(), 1);
        QVERIFY(isWebCard(*desk.board->item(desk.board->items().first())));
        QCOMPARE(desk.board->item(desk.board->items().first())->source, address.toString());
        QCOMPARE(server.connections, 0);
    }
};

namespace {

// A screen without a monitor, for as long as it lives. It must be there before the application,
// which is made for one, so it is no QProcess, which needs one.
class Screen
{
public:
    Screen()
    {
        int line[2];
        if (::pipe(line) != 0)
            return;
        m_pid = ::fork();
        if (m_pid == 0) {
            ::dup2(line[1], STDOUT_FILENO);
            ::close(line[0]);
            const int nowhere = ::open("/dev/null", O_WRONLY);
            ::dup2(nowhere, STDERR_FILENO);
            ::execlp("Xvfb", "Xvfb", "-displayfd", "1", "-screen", "0", "1440x900x24", "-nolisten", "tcp", nullptr);
            ::_exit(127);
        }
        ::close(line[1]);
        QByteArray number; // a line; nothing where it did not start
        for (char digit = 0; digit != '\n' && ::read(line[0], &digit, 1) == 1;)
            number += digit;
        ::close(line[0]);
        if (number.endsWith('\n'))
            m_name = ':' + number.trimmed();
    }
    ~Screen()
    {
        if (m_pid <= 0)
            return;
        ::kill(m_pid, SIGTERM);
        ::waitpid(m_pid, nullptr, 0);
    }
    const QByteArray &name() const { return m_name; } // empty: there is none

private:
    pid_t m_pid = -1;
    QByteArray m_name;
};

} // namespace

int main(int argc, char **argv)
{
    const Screen screen;
    if (!screen.name().isEmpty() && !QStandardPaths::findExecutable(QStringLiteral("xdotool")).isEmpty()) {
        qputenv("DISPLAY", screen.name());
        qputenv("QT_QPA_PLATFORM", "xcb");
        qunsetenv("WAYLAND_DISPLAY");
    }
    QGuiApplication app(argc, argv);
    DesktopDragTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "DesktopDragTest.moc"
