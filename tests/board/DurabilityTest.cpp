// A crash loses nothing that was acknowledged: a child process edits at random and is killed without
// warning, again and again; what it said was on the disk must be there.
#include "RandomEdits.h"

#include <QCoreApplication>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <cstdio>

using namespace moodloom;
using namespace moodloom::board;

namespace {

// Edits until it is killed. Each line on its output: an acknowledged note's number.
int editUntilKilled(const QString &path, quint32 seed)
{
    auto opened = Board::open(path);
    if (!opened || (*opened)->isReadOnly())
        return 1;
    Board &board = **opened;
    QRandomGenerator random(seed);
    int next = board.setting(QStringLiteral("next")).toInt();
    QHash<quint64, int> numbers; // revision -> note
    QObject::connect(&board, &Board::acknowledged, [&](quint64 revision) {
        // Everything up to this revision is on the disk.
        for (auto it = numbers.begin(); it != numbers.end();) {
            if (it.key() <= revision) {
                std::printf("%d\n", it.value());
                it = numbers.erase(it);
            } else {
                ++it;
            }
        }
        std::fflush(stdout);
    });
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, [&] {
        if (numbers.size() > 20)
            return; // no faster than the disk, or nothing but a backlog would be killed
        // A note a round, never removed again, among edits of everything else.
        board.addPictures({test::picture(QString::number(random.generate(), 16))},
                          QPointF(random.bounded(500), random.bounded(500)));
        board.move(board.items(), QPointF(1, 1));
        board.setSetting(QStringLiteral("next"), next + 1);
        board.addNote(QString::number(next), {});
        numbers.insert(board.revision(), next++);
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
        QSet<int> promised;
        for (int round = 0; round < 30; ++round) {
            QProcess child;
            child.start(QCoreApplication::applicationFilePath(),
                        {QStringLiteral("--edit"), path, QString::number(round)});
            QVERIFY(child.waitForStarted());
            // Killed after a random number of promises, in the middle of whatever it does.
            QByteArray output;
            const qsizetype enough = 1 + random.bounded(60);
            while (output.count('\n') < enough && child.waitForReadyRead(20000))
                output += child.readAllStandardOutput();
            child.kill();
            QVERIFY(child.waitForFinished());
            output += child.readAllStandardOutput();
            QVERIFY2(output.count('\n') >= enough, child.readAllStandardError().constData());
            output.truncate(output.lastIndexOf('\n'));
            for (const QByteArray &line : output.split('\n'))
                promised.insert(line.toInt());
            const auto board = Board::open(path);
            QVERIFY2(board, board ? "" : errorText(board.error()).c_str());
            QVERIFY(!(*board)->isReadOnly()); // the dead process holds no lock
            QSet<int> found;
            for (const ItemId &id : (*board)->items())
                if (const Note *note = (*board)->item(id)->note())
                    found.insert(note->text.toInt());
            const QSet<int> lost = promised - found;
            QVERIFY2(lost.isEmpty(), qPrintable(QStringLiteral("%1 lost").arg(lost.size())));
            // A board that stays small keeps the rounds short.
            QVector<ItemId> pictures = (*board)->items();
            pictures.removeIf([&](const ItemId &id) { return (*board)->item(id)->note() != nullptr; });
            (*board)->remove(pictures);
        }
        QVERIFY(promised.size() > 100);
    }
};

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (app.arguments().value(1) == QStringLiteral("--edit"))
        return editUntilKilled(app.arguments().value(2), app.arguments().value(3).toUInt());
    DurabilityTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "DurabilityTest.moc"
