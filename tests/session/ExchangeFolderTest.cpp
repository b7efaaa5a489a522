// A folder that other programs write into and read from, with real files and a real watch.
#include "core/board/Board.h"
#include "core/export/ExportTake.h"
#include "core/session/ExchangeFolder.h"
#include "core/session/LibraryService.h"
#include "core/session/Painter.h"
#include "core/session/Session.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::session;

class ExchangeFolderTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<ExchangeFolder> m_folder;

    QString at(const QString &name) const { return m_dir->filePath(QStringLiteral("shared/") + name); }
    static QImage picture(const QColor &color)
    {
        QImage image(96, 64, QImage::Format_RGB888);
        image.fill(color);
        return image;
    }
    generation::Take take() const
    {
        generation::Take take;
        take.id = QStringLiteral("0123456789abcdef");
        take.recipe.prompt = QStringLiteral("a car: at/sunset");
        take.recipe.seed = 5;
        take.image = picture(Qt::darkRed);
        return take;
    }
    // On the board, in a frame.
    board::ItemId keep(const generation::Take &take)
    {
        board::Board &board = *m_session->board();
        const board::ItemId frame = board.addFrame({1000, 500}, {400, 300});
        board::FrameTake kept;
        kept.id = take.id;
        kept.frame = frame;
        kept.recipe = generation::toJson(take.recipe);
        QSignalSpy changed(&board, &board::Board::takesChanged);
        board.addTake(kept, take.image);
        [&] { QTRY_VERIFY(!board.takes(frame).isEmpty()); }();
        return frame;
    }
    QRectF rect(const board::ItemId &id) const { return board::boundingRect(*m_session->board()->item(id)); }
    QSignalSpy &came() { return *m_came; }
    std::unique_ptr<QSignalSpy> m_came;

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        qputenv("MOODLOOM_HOME", m_dir->filePath(QStringLiteral("home")).toUtf8());
        QVERIFY(QDir(m_dir->path()).mkpath(QStringLiteral("shared")));
        QVERIFY(picture(Qt::gray).save(at(QStringLiteral("before.png"))));
        m_session = std::make_unique<Session>(Session::Options{});
        library::FolderWatchTimes times;
        times.rest = std::chrono::milliseconds(60);
        m_folder = std::make_unique<ExchangeFolder>(m_session.get(), times);
        m_came = std::make_unique<QSignalSpy>(m_folder.get(), &ExchangeFolder::came);
        QSignalSpy watching(m_folder.get(), &ExchangeFolder::watching);
        m_folder->set({m_dir->filePath(QStringLiteral("shared")), true, true});
        QTRY_VERIFY_WITH_TIMEOUT(!watching.isEmpty(), 30000); // it may be told at once
    }
    void cleanup()
    {
        m_folder.reset();
        m_session.reset();
    }

    void aNewPictureComesIntoTheLibraryAndOntoTheBoard()
    {
        QVERIFY(picture(Qt::blue).save(at(QStringLiteral("from the browser.png"))));
        QTRY_COMPARE(came().size(), 1);
        QCOMPARE(came()[0][0].toString(), at(QStringLiteral("from the browser.png")));
        const board::Item *item = m_session->board()->item(came()[0][1].toUuid());
        QVERIFY(item && item->picture());
        QCOMPARE(item->picture()->size, QSize(96, 64));
        QTRY_COMPARE(m_session->library()->assetCount(), 1); // what was there before is not taken
        m_session->board()->undo();
        QVERIFY(m_session->board()->items().isEmpty());
    }

    void onlyTheLibraryWhereTheBoardIsNotWanted()
    {
        ExchangeSettings settings = m_folder->settings();
        settings.ontoBoard = false;
        m_folder->set(settings);
        QVERIFY(picture(Qt::blue).save(at(QStringLiteral("a.jpg"))));
        QTRY_COMPARE(m_session->library()->assetCount(), 1);
        QVERIFY(came()[0][1].toUuid().isNull());
        QVERIFY(m_session->board()->isEmpty());
    }

    // The picture on the board stays the one it is, and the next version of the file replaces it.
    void aFileUnderAnotherNameDoesNotComeAgain()
    {
        QVERIFY(picture(Qt::green).save(at(QStringLiteral("new.png"))));
        QTRY_COMPARE(came().size(), 1);
        QVERIFY(QDir(m_dir->path()).mkpath(QStringLiteral("shared/inner")));
        QVERIFY(QFile::rename(at(QStringLiteral("new.png")), at(QStringLiteral("inner/other.png"))));
        QVERIFY(QFile::rename(at(QStringLiteral("before.png")), at(QStringLiteral("after.png"))));
        QVERIFY(picture(Qt::red).save(at(QStringLiteral("third.png"))));
        QTRY_COMPARE(came().size(), 2);
        QCOMPARE(came()[1][0].toString(), at(QStringLiteral("third.png")));
        QCOMPARE(m_session->board()->items().size(), 2);
        QImage newer(200, 100, QImage::Format_RGB888);
        newer.fill(Qt::blue);
        QVERIFY(newer.save(at(QStringLiteral("inner/other.png"))));
        QTRY_COMPARE(came().size(), 3);
        QCOMPARE(m_session->board()->items().size(), 2); // in the place of the one that came first
        QCOMPARE(m_session->board()->item(came()[2][1].toUuid())->picture()->size, QSize(200, 100));
    }

    // A folder full of them: one step, in a block where nothing lies on another.
    void whatComesTogetherIsOneStep()
    {
        const board::ItemId note =
            m_session->board()->addNote(QStringLiteral("here before"), {0, 0});
        const QString outside = m_dir->filePath(QStringLiteral("outside"));
        QVERIFY(QDir().mkpath(outside));
        for (int i = 0; i < 24; ++i)
            QVERIFY(picture(QColor::fromHsv(i * 14, 200, 200))
                        .save(outside + QStringLiteral("/%1.png").arg(i)));
        QVERIFY(QDir().rename(outside, at(QStringLiteral("inside"))));
        QTRY_COMPARE_WITH_TIMEOUT(came().size(), 24, 30'000);
        QCOMPARE(m_session->board()->items().size(), 25);
        const QVector<board::ItemId> items = m_session->board()->items();
        for (const board::ItemId &a : items)
            for (const board::ItemId &b : items)
                QVERIFY(a == b || !rect(a).intersects(rect(b)));
        QVERIFY(m_session->board()->extent(items).height() < 4000); // no tower
        m_session->board()->undo();
        QCOMPARE(m_session->board()->items(), QVector<board::ItemId>{note});
        QTRY_COMPARE_WITH_TIMEOUT(m_session->library()->assetCount(), 24, 30'000);
    }

    void aFileComesWhenItIsWhole()
    {
        const QString whole = m_dir->filePath(QStringLiteral("whole.png"));
        QImage noise(256, 256, QImage::Format_RGB32);
        for (int y = 0; y < 256; ++y)
            for (int x = 0; x < 256; ++x)
                noise.setPixel(x, y, qRgb(x * 7 + y * 13, x * y, x ^ y));
        QVERIFY(noise.save(whole));
        QFile from(whole);
        QVERIFY(from.open(QIODevice::ReadOnly));
        const QByteArray bytes = from.readAll();
        QFile to(at(QStringLiteral("slow.png")));
        QVERIFY(to.open(QIODevice::WriteOnly));
        to.write(bytes.left(bytes.size() / 2));
        to.flush();
        // Another picture, written behind it, is in first.
        QVERIFY(picture(Qt::green).save(at(QStringLiteral("quick.png"))));
        QTRY_COMPARE(came().size(), 1);
        QCOMPARE(came()[0][0].toString(), at(QStringLiteral("quick.png")));
        to.write(bytes.mid(bytes.size() / 2));
        to.close();
        QTRY_COMPARE(came().size(), 2);
        QCOMPARE(m_session->board()->item(came()[1][1].toUuid())->picture()->size, QSize(256, 256));
    }

    void whatIsNoPictureIsToldOnce()
    {
        QSignalSpy failed(m_session.get(), &Session::failed);
        QFile file(at(QStringLiteral("broken.png")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("\x89PNG\r\n\x1a\n and no more");
        file.close();
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 20'000);
        QCOMPARE(came().size(), 0);
    }

    void aChangedTakeLandsBesideItsFrame()
    {
        const generation::Take original = take();
        const board::ItemId frame = keep(original);
        generation::Take changed = original;
        changed.image = picture(Qt::yellow); // as a program that keeps the texts saves it
        QVERIFY(exporting::exportPng(changed, at(QStringLiteral("retouched.png"))));
        QTRY_COMPARE(came().size(), 1);
        const board::ItemId first = came()[0][1].toUuid();
        QVERIFY(rect(first).left() > rect(frame).right());
        QVERIFY(rect(first).left() < rect(frame).right() + 60);
        QCOMPARE(rect(first).top(), rect(frame).top());
        // A second one below it.
        changed.image = picture(Qt::cyan);
        QVERIFY(exporting::exportPng(changed, at(QStringLiteral("another.png"))));
        QTRY_COMPARE(came().size(), 2);
        QVERIFY(rect(came()[1][1].toUuid()).top() > rect(first).bottom());
    }

    void aCopyOfATakeDoesNotComeTwice()
    {
        keep(take());
        QVERIFY(exporting::exportPng(take(), at(QStringLiteral("copy.png"))));
        QVERIFY(picture(Qt::blue).save(at(QStringLiteral("other.png"))));
        QTRY_COMPARE(came().size(), 1);
        QCOMPARE(came()[0][0].toString(), at(QStringLiteral("other.png")));
    }

    void takesAreSavedAndKnownWhenTheyComeBackWithoutTheirTexts()
    {
        const generation::Take painted = take();
        const board::ItemId frame = keep(painted);
        QSignalSpy saved(m_folder.get(), &ExchangeFolder::saved);
        Q_EMIT m_session->painter()->finished(QStringLiteral("job"), painted);
        QTRY_COMPARE(saved.size(), 1);
        const QString path = saved[0][0].toString();
        QCOMPARE(QFileInfo(path).fileName(), QStringLiteral("a car at sunset 01234567.png"));
        QVERIFY(exporting::readRecipe(path).value() == painted.recipe);
        QVERIFY(picture(Qt::magenta).save(path)); // no text any more
        QTRY_COMPARE(came().size(), 1); // and not for our own file before
        const board::ItemId first = came()[0][1].toUuid();
        QVERIFY(rect(first).left() > rect(frame).right());
        // Saved again: in its place.
        const QRectF where = rect(first);
        const qsizetype items = m_session->board()->items().size();
        QVERIFY(picture(Qt::white).save(path));
        QTRY_COMPARE(came().size(), 2);
        QCOMPARE(m_session->board()->items().size(), items);
        QCOMPARE(rect(came()[1][1].toUuid()), where);
        m_session->board()->undo();
        QVERIFY(m_session->board()->item(first));
    }
};

QTEST_GUILESS_MAIN(ExchangeFolderTest)
#include "ExchangeFolderTest.moc"
