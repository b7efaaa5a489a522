// Linked pictures whose files moved are found by showing one of them.
#include "core/board/Board.h"

#include <QDir>
#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::board;

class LocateTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Board> m_board;

    QString at(const QString &name) const { return m_dir->filePath(name); }
    void write(const QString &name, int value)
    {
        QDir(m_dir->path()).mkpath(QFileInfo(name).path());
        QImage image(40, 30, QImage::Format_RGB32);
        image.fill(QColor(value, 20, 60));
        QVERIFY(image.save(at(name)));
    }
    ItemId link(const QString &name)
    {
        QSignalSpy imported(m_board.get(), &Board::imported);
        m_board->importFiles({at(name)}, {});
        if (imported.isEmpty() && !imported.wait(10'000))
            return {};
        return imported.first()[1].value<QVector<QUuid>>().value(0);
    }
    QString pathOf(ItemId id) const { return m_board->item(id)->picture()->path; }

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_board = std::move(*Board::create(at(QStringLiteral("b.moodloom"))));
        m_board->setLinksFiles(true);
    }
    void cleanup() { m_board.reset(); }

    void othersOfItsFolderAreFoundWithItInOneStep()
    {
        write(QStringLiteral("old/a/1.png"), 1);
        write(QStringLiteral("old/a/deep/2.png"), 2);
        write(QStringLiteral("old/b/3.png"), 3);
        write(QStringLiteral("old/a/4.png"), 4);
        write(QStringLiteral("stays/5.png"), 5);
        const ItemId one = link(QStringLiteral("old/a/1.png"));
        const ItemId two = link(QStringLiteral("old/a/deep/2.png"));
        const ItemId three = link(QStringLiteral("old/b/3.png"));
        const ItemId four = link(QStringLiteral("old/a/4.png"));
        const ItemId five = link(QStringLiteral("stays/5.png"));
        m_board->setLocked({two}, true);
        QVERIFY(!*m_board->store()->isLost(m_board->item(one)->picture()->hash, pathOf(one)).result());

        QVERIFY(QDir().rename(at(QStringLiteral("old")), at(QStringLiteral("new"))));
        QVERIFY(QFile::remove(at(QStringLiteral("new/a/4.png"))));
        write(QStringLiteral("new/a/4.png"), 44); // another picture by now
        QVERIFY(*m_board->store()->isLost(m_board->item(one)->picture()->hash, pathOf(one)).result());
        QSignalSpy located(m_board.get(), &Board::located);
        m_board->locate(one, at(QStringLiteral("new/a/1.png")));
        QTRY_COMPARE(located.size(), 1);
        QCOMPARE(located[0][0].toInt(), 3);
        QCOMPARE(pathOf(one), at(QStringLiteral("new/a/1.png")));
        QCOMPARE(pathOf(two), at(QStringLiteral("new/a/deep/2.png")));
        QCOMPARE(pathOf(three), at(QStringLiteral("new/b/3.png"))); // its neighbour moved, too
        QCOMPARE(pathOf(four), at(QStringLiteral("old/a/4.png")));
        QCOMPARE(pathOf(five), at(QStringLiteral("stays/5.png")));
        QVERIFY(!*m_board->store()->isLost(m_board->item(one)->picture()->hash, pathOf(one)).result());
        m_board->undo();
        QCOMPARE(pathOf(one), at(QStringLiteral("old/a/1.png")));
        QCOMPARE(pathOf(two), at(QStringLiteral("old/a/deep/2.png")));
        QCOMPARE(pathOf(three), at(QStringLiteral("old/b/3.png")));
        m_board->redo();
        QCOMPARE(pathOf(three), at(QStringLiteral("new/b/3.png")));
    }

    void aFileUnderAnotherNameIsFoundAlone()
    {
        write(QStringLiteral("old/1.png"), 1);
        write(QStringLiteral("old/2.png"), 2);
        const ItemId one = link(QStringLiteral("old/1.png"));
        const ItemId two = link(QStringLiteral("old/2.png"));
        QDir(m_dir->path()).mkpath(QStringLiteral("new"));
        QVERIFY(QFile::rename(at(QStringLiteral("old/1.png")), at(QStringLiteral("new/renamed.png"))));
        QSignalSpy located(m_board.get(), &Board::located);
        m_board->locate(one, at(QStringLiteral("new/renamed.png")));
        QTRY_COMPARE(located.size(), 1);
        QCOMPARE(located[0][0].toInt(), 1);
        QCOMPARE(pathOf(one), at(QStringLiteral("new/renamed.png")));
        QCOMPARE(pathOf(two), at(QStringLiteral("old/2.png"))); // is where it was
    }

    void anotherPictureIsNotTaken()
    {
        write(QStringLiteral("old/1.png"), 1);
        write(QStringLiteral("new/1.png"), 9);
        const ItemId one = link(QStringLiteral("old/1.png"));
        QVERIFY(QFile::remove(at(QStringLiteral("old/1.png"))));
        const quint64 revision = m_board->revision();
        QSignalSpy failed(m_board.get(), &Board::locateFailed);
        m_board->locate(one, at(QStringLiteral("new/1.png")));
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(failed[0][0].value<Error>().code, ErrorCode::Invalid);
        m_board->locate(one, at(QStringLiteral("new/none.png")));
        QTRY_COMPARE(failed.size(), 2);
        QCOMPARE(m_board->revision(), revision);
    }

    void whatTheBoardHasACopyOfIsNotLost()
    {
        m_board->setLinksFiles(false);
        write(QStringLiteral("old/1.png"), 1);
        const ItemId one = link(QStringLiteral("old/1.png"));
        const QString hash = m_board->item(one)->picture()->hash;
        QTRY_VERIFY(*m_board->store()->isEmbedded(hash).result());
        QVERIFY(QFile::remove(at(QStringLiteral("old/1.png"))));
        QVERIFY(!*m_board->store()->isLost(hash, pathOf(one)).result());
    }
};

QTEST_MAIN(LocateTest)
#include "LocateTest.moc"
