// A crash loses nothing that was acknowledged: a child process edits at random and is killed
// without warning, again and again. The document found afterwards must be, to the last digit, one
// that the child had, and none older than the last that it was told is on the disk; undo goes on
// from there.
//
// "--kills N" sets how often; the default is quick.
#include "RandomEdits.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QHash>
#include <QMap>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <iterator>

using namespace moodloom;
using namespace moodloom::board;

namespace {

int kills = 40;

QByteArray digest(const Board &board)
{
    return QCryptographicHash::hash(test::text(board), QCryptographicHash::Blake2b_160).toHex();
}

const QString roundPrefix = QStringLiteral("round ");

// The number of the last edit, which each edit leaves in the document together with its change.
int lastEdit(const Board &board)
{
    int last = 0;
    for (const ItemId &id : board.items())
        if (const Note *note = board.item(id)->note(); note && note->text.startsWith(roundPrefix))
            last = std::max(last, note->text.mid(roundPrefix.size()).toInt());
    return last;
}

void editOnce(Board &board, QRandomGenerator &random, int number)
{
    Board::Transaction transaction(&board, QStringLiteral("edit"));
    const QVector<ItemId> before = board.items();
    if (before.size() > 40) // a board that stays small keeps the rounds short
        board.remove(before.mid(0, 25));
    else
        test::edit(board, random);
    board.addNote(roundPrefix + QString::number(number), {});
    transaction.commit();
}

// Edits until it is killed. Lines on its output: "state REVISION EDIT DIGEST" after an edit, and
// "kept REVISION" when all up to it is on the disk.
int editUntilKilled(const QString &path, quint32 seed)
{
    auto opened = Board::open(path);
    if (!opened || (*opened)->isReadOnly())
        return 1;
    Board &board = **opened;
    QRandomGenerator random(seed);
    int number = lastEdit(board);
    QObject::connect(&board, &Board::acknowledged, [](quint64 revision) {
        std::printf("kept %llu\n", static_cast<unsigned long long>(revision));
        std::fflush(stdout);
    });
    const auto tell = [&] {
        std::printf("state %llu %d %s\n", static_cast<unsigned long long>(board.revision()), number,
                    digest(board).constData());
        std::fflush(stdout);
    };
    tell();
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, [&] {
        if (board.revision() > board.acknowledgedRevision() + 20)
            return; // no faster than the disk, or nothing but a backlog would be killed
        editOnce(board, random, ++number);
        tell();
    });
    timer.start(0);
    return QCoreApplication::exec();
}

} // namespace

class DurabilityTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsEveryAcknowledgedEditWhenTheProcessIsKilled()
    {
        QTemporaryDir home;
        qputenv("MOODLOOM_HOME", home.path().toUtf8());
        const QString path = home.filePath(QStringLiteral("killed.moodloom"));
        QVERIFY(Board::create(path));
        QRandomGenerator random(11);
        int acknowledged = 0, unfinished = 0, undone = 0;
        for (int round = 0; round < kills; ++round) {
            QProcess child;
            child.start(QCoreApplication::applicationFilePath(),
                        {QStringLiteral("--edit"), path, QString::number(round)});
            QVERIFY(child.waitForStarted());
            // Killed in the middle of whatever it does, after so many promises that a slow disk tests
            // as much as a fast one.
            const int promises = 1 + random.bounded(12);
            QByteArray output;
            while (output.count("kept") < promises && child.waitForReadyRead(20000))
                output += child.readAllStandardOutput();
            QVERIFY2(output.count("kept") >= promises, child.readAllStandardError().constData());
            QThread::usleep(random.bounded(5000));
            child.kill();
            QVERIFY(child.waitForFinished());
            output += child.readAllStandardOutput();
            output.truncate(output.lastIndexOf('\n')); // half a line was promised to nobody
            QHash<int, QByteArray> states; // by their edit
            QMap<quint64, int> edits;      // by revision
            int kept = 0, last = 0;
            for (const QByteArray &line : output.split('\n')) {
                const QByteArrayList words = line.split(' ');
                const quint64 revision = words[1].toULongLong();
                if (words[0] == "kept") {
                    kept = *std::prev(edits.upperBound(revision));
                } else {
                    last = words[2].toInt();
                    states[last] = words[3];
                    edits[revision] = last;
                }
            }
            const auto board = Board::open(path);
            QVERIFY2(board, board ? "" : errorText(board.error()).c_str());
            QVERIFY(!(*board)->isReadOnly()); // the dead process holds no lock
            const int found = lastEdit(**board);
            QVERIFY2(found >= kept, qPrintable(QStringLiteral("round %1: edit %2 found, %3 acknowledged")
                                                   .arg(round).arg(found).arg(kept)));
            // Killed between an edit and its line, the child could not say what it had.
            if (found <= last)
                QCOMPARE(digest(**board), states[found]);
            QVERIFY(found <= last + 1);
            // The history is of the same moment: one step back is the edit before.
            QTRY_VERIFY(!(*board)->undoName().isEmpty());
            (*board)->undo();
            if (states.contains(found - 1)) {
                QCOMPARE(digest(**board), states[found - 1]);
                ++undone;
            }
            (*board)->redo();
            if (found <= last)
                QCOMPARE(digest(**board), states[found]);
            acknowledged += kept - edits.first();
            unfinished += last - kept;
        }
        QVERIFY(acknowledged > kills * 3);
        QVERIFY(undone > kills / 2);
        QVERIFY(unfinished > 0); // or it was never killed in the middle of anything
    }
};

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QStringList arguments = app.arguments();
    if (arguments.value(1) == QStringLiteral("--edit"))
        return editUntilKilled(arguments.value(2), arguments.value(3).toUInt());
    if (const qsizetype at = arguments.indexOf(QStringLiteral("--kills")); at > 0) {
        kills = arguments.value(at + 1).toInt();
        arguments.remove(at, 2);
    }
    DurabilityTest test;
    return QTest::qExec(&test, arguments);
}
#include "DurabilityTest.moc"
