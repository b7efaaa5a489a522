// Pictures that move on the board: they play where they are seen, and stop when asked.
#include "BoardWindow.h"

#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QMimeData>
#include <QProcess>
#include <QQmlExtensionPlugin>
#include <QSignalSpy>

Q_IMPORT_QML_PLUGIN(Moodloom_ThemePlugin)
Q_IMPORT_QML_PLUGIN(Moodloom_ControlsPlugin)
Q_IMPORT_QML_PLUGIN(Moodloom_BoardPlugin)

using namespace moodloom;
using namespace moodloom::board;
using test::BoardWindow;

class MovingTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_home;
    QString m_gif;

    // On the board, in the middle of the view.
    static ItemId import(BoardWindow &w, const QString &path)
    {
        QSignalSpy arrived(w.board.get(), &Board::imported);
        w.board->importFiles({path}, {0, 0});
        if (!arrived.wait())
            qFatal("no picture");
        w.controller->selectNone();
        return arrived.first()[1].value<QVector<QUuid>>().first();
    }

    static bool isRed(const QColor &color) { return color.red() > 200 && color.blue() < 60; }
    static bool isBlue(const QColor &color) { return color.blue() > 200 && color.red() < 60; }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("MOODLOOM_HOME", m_home.path().toUtf8());
        m_gif = m_home.filePath(QStringLiteral("moving.gif"));
        QProcess convert;
        convert.start(QStringLiteral("convert"),
                      {QStringLiteral("-delay"), QStringLiteral("15"), QStringLiteral("-size"),
                       QStringLiteral("300x300"), QStringLiteral("xc:#ff0000"),
                       QStringLiteral("xc:#0000ff"), QStringLiteral("-loop"), QStringLiteral("0"),
                       m_gif});
        if (!convert.waitForFinished() || convert.exitCode() != 0)
            QSKIP("ImageMagick is not installed (apt-get install imagemagick)");
    }

    void playsAndPausesByKey()
    {
        BoardWindow w;
        import(w, m_gif);
        QTRY_VERIFY(isRed(w.colorAt({0, 0})));
        QTRY_VERIFY(isBlue(w.colorAt({0, 0})));
        QTRY_VERIFY(isRed(w.colorAt({0, 0})));
        QVERIFY(w.canvas->player().bytes() > 0);
        w.key(Qt::Key_P, Qt::ShiftModifier);
        QVERIFY(!w.canvas->isPlaying());
        QSignalSpy advanced(&w.canvas->player(), &ui::AnimationPlayer::advanced);
        const QColor paused = w.colorAt({0, 0});
        QVERIFY(!advanced.wait(500));
        QCOMPARE(w.colorAt({0, 0}), paused);
        w.key(Qt::Key_P, Qt::ShiftModifier);
        QVERIFY(advanced.wait());
        QTRY_VERIFY(w.colorAt({0, 0}) != paused);
    }

    void standsStillForThoseWhoWantLessMotion()
    {
        BoardWindow w;
        w.canvas->setReducedMotion(true);
        QSignalSpy advanced(&w.canvas->player(), &ui::AnimationPlayer::advanced);
        import(w, m_gif);
        QTRY_VERIFY(isRed(w.colorAt({0, 0})));
        QVERIFY(!advanced.wait(500));
        QCOMPARE(w.canvas->player().bytes(), 0); // nothing was read for it
        w.key(Qt::Key_P, Qt::ShiftModifier);     // asked for, it plays
        QTRY_VERIFY(isBlue(w.colorAt({0, 0})));
    }

    void restsOutOfSight()
    {
        BoardWindow w;
        import(w, m_gif);
        QTRY_VERIFY(isBlue(w.colorAt({0, 0})));
        w.canvas->centerOn({9000, 9000});
        w.view.grabWindow();
        QSignalSpy advanced(&w.canvas->player(), &ui::AnimationPlayer::advanced);
        QVERIFY(!advanced.wait(500));
        w.canvas->centerOn({0, 0});
        QVERIFY(advanced.wait());
    }

    // A browser hands over bytes without a name.
    void movesWhenItWasPasted()
    {
        BoardWindow w;
        QFile file(m_gif);
        QVERIFY(file.open(QIODevice::ReadOnly));
        auto *mime = new QMimeData;
        mime->setData(QStringLiteral("image/gif"), file.readAll());
        QGuiApplication::clipboard()->setMimeData(mime);
        QSignalSpy arrived(w.board.get(), &Board::imported);
        w.key(Qt::Key_V, Qt::ControlModifier);
        QVERIFY(arrived.wait());
        const ItemId id = arrived.first()[1].value<QVector<QUuid>>().first();
        QVERIFY(w.board->item(id)->picture()->path.isEmpty());
        w.controller->selectNone();
        const QPointF middle = w.centre(id);
        QTRY_VERIFY(isRed(w.colorAt(middle)));
        QTRY_VERIFY(isBlue(w.colorAt(middle)));
    }

    void aStillGifIsNoAnimation()
    {
        BoardWindow w;
        const QString still = m_home.filePath(QStringLiteral("still.gif"));
        QCOMPARE(QProcess::execute(QStringLiteral("convert"),
                                   {QStringLiteral("-size"), QStringLiteral("300x300"),
                                    QStringLiteral("xc:#00ff00"), still}),
                 0);
        QSignalSpy arrived(&w.canvas->player(), &ui::AnimationPlayer::arrived);
        const ItemId id = import(w, still);
        const QString hash = w.board->item(id)->picture()->hash;
        QTRY_VERIFY(arrived.count() >= 1); // it was looked into
        QVERIFY(!w.canvas->player().mayMove(hash, still, 300));
        QCOMPARE(w.canvas->player().bytes(), 0);
    }
};

QTEST_MAIN(MovingTest)
#include "MovingTest.moc"
