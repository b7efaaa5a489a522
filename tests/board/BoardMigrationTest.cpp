// Files of every earlier version of the format: what they held is there, looking at them changes
// nothing, and the first edit makes them files of this version.
#include "core/board/Regions.h"
#include "EarlierBoards.h"
#include "RandomEdits.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::board;
using namespace moodloom::board::earlier;

class BoardMigrationTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_home;
    int m_number = 0;

    QString file(const char *sql)
    {
        const QString path = m_home.filePath(QStringLiteral("%1.moodloom").arg(++m_number));
        auto db = Database::open(path);
        const auto made = (*db)->execute(QString::fromUtf8(sql));
        if (!made)
            qWarning("%s", errorText(made.error()).c_str());
        (void)(*db)->execute(QStringLiteral("PRAGMA journal_mode = DELETE"));
        return path;
    }

    static int version(const QString &path)
    {
        auto db = Database::open(path, Database::Mode::ReadOnly);
        return db ? (*db)->schemaVersion().value_or(-1) : -1;
    }

    static void hasWhatVersion1Held(const Board &board)
    {
        QCOMPARE(board.items().size(), 3);
        const Item &frame = *board.item(board.items()[0]), &picture = *board.item(board.items()[1]);
        const Item &note = *board.item(board.items()[2]);
        QCOMPARE(frame.frame()->prompt, QStringLiteral("大众揽巡飞跃长城"));
        QCOMPARE(frame.frame()->seed, ~quint64(0));
        QCOMPARE(frame.frame()->shelf, QVector<ItemId>{picture.id});
        QCOMPARE(frame.frame()->pixels, QSize(320, 256));
        QCOMPARE(picture.scale, 0.25);
        QCOMPARE(picture.rotation, -12.5);
        QVERIFY(picture.flippedX && picture.locked && picture.isVisible());
        QCOMPARE(picture.picture()->state, ReferenceState::Pinned);
        QCOMPARE(picture.picture()->role, ReferenceRole::Style);
        QCOMPARE(picture.picture()->weight, 1.4);
        QCOMPARE(note.note()->text, QStringLiteral("sunset?"));
        const FrameTake *take = board.take(QStringLiteral("t-1"));
        QVERIFY(take && take->starred);
        QCOMPARE(take->frame, frame.id);
        QCOMPARE(board.store()->bytes(take->hash, {}).result().value_or(QByteArray()),
                 QByteArray("\1\2\3"));
        QCOMPARE(board.setting(QStringLiteral("view")).toArray().at(2).toDouble(), 0.5);
        // What version 1 did not know.
        QVERIFY(picture.picture()->crop.isNull() && !picture.picture()->greyscale);
        QVERIFY(!picture.hidden && picture.group.isNull() && picture.added == 0);
    }

private Q_SLOTS:
    void initTestCase() { qputenv("MOODLOOM_HOME", m_home.path().toUtf8()); }

    void everyEarlierVersionIsTestedHere()
    {
        QCOMPARE(BoardFile::schemaVersion, 8); // a new one needs its test below
    }

    void readsVersion1AndLeavesItAsItIsUntilTheFirstEdit()
    {
        const QString path = file(version1);
        {
            const auto board = Board::open(path);
            QVERIFY2(board, board ? "" : errorText(board.error()).c_str());
            QVERIFY(!(*board)->isReadOnly());
            hasWhatVersion1Held(**board);
        }
        QCOMPARE(version(path), 1); // an older Moodloom may still write it
    }

    void becomesTheNewVersionWithTheFirstEdit()
    {
        const QString path = file(version1);
        QByteArray edited;
        {
            const auto opened = Board::open(path);
            QVERIFY(opened);
            Board &board = **opened;
            const ItemId picture = board.items()[1];
            board.setLocked({picture}, false);
            board.setCrop(picture, {100, 200, 800, 600});
            board.setGreyscale({picture}, true);
            board.group(board.items());
            board.setHidden({board.items()[2]}, true);
            edited = test::text(board);
        }
        QCOMPARE(version(path), BoardFile::schemaVersion);
        const auto again = Board::open(path);
        QVERIFY(again);
        QCOMPARE(test::text(**again), edited);
        const Item &picture = *(*again)->item((*again)->items()[1]);
        QCOMPARE(picture.picture()->crop, QRectF(100, 200, 800, 600));
        QCOMPARE((*again)->withGroups({picture.id}).size(), 3);
    }

    void readsVersion2AndKeepsWhatAFrameIsPaintedWithFromTheFirstEditOn()
    {
        const QString path = file(version2);
        Frame wanted;
        {
            const auto opened = Board::open(path);
            QVERIFY2(opened, opened ? "" : errorText(opened.error()).c_str());
            Board &board = **opened;
            QCOMPARE(board.items().size(), 2);
            const Item &picture = *board.item(board.items()[1]);
            QVERIFY(picture.hidden && !picture.group.isNull() && picture.picture()->greyscale);
            QCOMPARE(picture.picture()->crop, QRectF(10, 20, 100, 50));
            const ItemId id = board.items()[0];
            wanted = *board.item(id)->frame();
            QCOMPARE(wanted.model, QStringLiteral("/models/sd15"));
            QVERIFY(wanted.loras.isEmpty() && wanted.start == FrameStart() &&
                    wanted.controls.isEmpty());
            QVERIFY(wanted.adapters.isEmpty() && wanted.imageEncoder.isEmpty());
            QCOMPARE(version(path), 2); // looking changes nothing
            wanted.loras = {{QStringLiteral("/loras/a.safetensors"), 0.8},
                            {QStringLiteral("/loras/b.safetensors"), -1.5}};
            wanted.start = {{QStringLiteral("/gone/wall.png"), QStringLiteral("ffee")},
                            0.4,
                            {QStringLiteral("/masks/m.png"), QStringLiteral("aa")}};
            wanted.controls = {
                {QStringLiteral("/nets/canny"), {QStringLiteral("/p.png"), {}}, 0.5}};
            wanted.adapters = {QStringLiteral("/ip/plus.safetensors")};
            wanted.imageEncoder = QStringLiteral("/ip/encoder");
            board.setFrame(id, wanted, QStringLiteral("Put a LoRA on"));
            board.remove({board.items()[1]}); // the start picture lives on in the frame alone
        }
        QCOMPARE(version(path), BoardFile::schemaVersion);
        const auto again = Board::open(path);
        QVERIFY(again);
        QCOMPARE((*again)->items().size(), 1);
        QVERIFY(*(*again)->item((*again)->items()[0])->frame() == wanted);
        QCOMPARE(
            (*again)->store()->bytes(QStringLiteral("ffee"), {}).result().value_or(QByteArray()),
            QByteArray("\1\2\3"));
    }

    void readsVersion3AndKeepsTheStepsOfAPictureFromTheFirstEditOn()
    {
        const QString path = file(version3);
        QByteArray edited;
        {
            const auto opened = Board::open(path);
            QVERIFY2(opened, opened ? "" : errorText(opened.error()).c_str());
            Board &board = **opened;
            QCOMPARE(board.items().size(), 2);
            QCOMPARE(board.item(board.items()[0])->frame()->loras.size(), 1);
            QCOMPARE(board.item(board.items()[0])->frame()->imageEncoder,
                     QStringLiteral("/ip/encoder"));
            const Item &picture = *board.item(board.items()[1]);
            QCOMPARE(picture.picture()->role, ReferenceRole::Layout);
            QVERIFY(picture.picture()->steps.isWhole());
            QCOMPARE(version(path), 3); // looking changes nothing
            board.setSteps({picture.id}, {0.25, 0.75});
            edited = test::text(board);
        }
        QCOMPARE(version(path), BoardFile::schemaVersion);
        const auto again = Board::open(path);
        QVERIFY(again);
        QCOMPARE(test::text(**again), edited);
        QCOMPARE((*again)->item((*again)->items()[1])->picture()->steps, (StepRange{0.25, 0.75}));
    }

    void readsVersion4AndKeepsAStrokeFromTheFirstEditOn()
    {
        const QString path = file(version4);
        QByteArray edited;
        ItemId drawn;
        {
            const auto opened = Board::open(path);
            QVERIFY2(opened, opened ? "" : errorText(opened.error()).c_str());
            Board &board = **opened;
            QCOMPARE(board.items().size(), 2);
            QCOMPARE(board.item(board.items()[1])->picture()->steps, (StepRange{0.25, 0.75}));
            QCOMPARE(version(path), 4); // looking changes nothing
            drawn = board.addStroke({{{10, 20}, 0.3}, {{40.125, 25}, 1}, {{70, 90}, 0.55}},
                                    QColor(0xe5, 0x48, 0x4d), 6);
            edited = test::text(board);
        }
        QCOMPARE(version(path), BoardFile::schemaVersion);
        const auto again = Board::open(path);
        QVERIFY(again);
        QCOMPARE(test::text(**again), edited);
        const Stroke *stroke = (*again)->item(drawn)->stroke();
        QVERIFY(stroke);
        QCOMPARE(stroke->points.size(), 3);
        QCOMPARE(stroke->points[0].pressure, 0.3);
        QCOMPARE(stroke->color, QColor(0xe5, 0x48, 0x4d));
    }

    // What a note says acts since version 6: those of before stay the comments that they were.
    void readsVersion5AndItsNotesStayComments()
    {
        const QString path = file(version5);
        ItemId frame, fresh;
        QByteArray edited;
        {
            const auto opened = Board::open(path);
            QVERIFY2(opened, opened ? "" : errorText(opened.error()).c_str());
            Board &board = **opened;
            QCOMPARE(board.items().size(), 3);
            frame = board.items()[0];
            QVERIFY(!board.item(board.items()[2])->note()->acts);
            QVERIFY(frameTexts(board, frame).isEmpty());
            QCOMPARE(version(path), 5); // looking changes nothing
            fresh = board.addNote(QStringLiteral("a kite"), {0, 0});
            edited = test::text(board);
        }
        QCOMPARE(version(path), BoardFile::schemaVersion);
        const auto again = Board::open(path);
        QVERIFY(again);
        QCOMPARE(test::text(**again), edited);
        const auto texts = frameTexts(**again, frame);
        QCOMPARE(texts.size(), 1);
        QCOMPARE(texts[0].item, fresh);
    }

    // The same where it cannot be written: nothing acts that did not.
    void readsAWriteProtectedVersion5AsItIs()
    {
        const QString path = file(version5);
        QVERIFY(QFile::setPermissions(path, QFile::ReadOwner));
        if (QFileInfo(path).isWritable())
            QSKIP("this user may write everything");
        const auto board = Board::open(path);
        QVERIFY(board && (*board)->isReadOnly());
        QVERIFY(frameTexts(**board, (*board)->items()[0]).isEmpty());
    }

    void readsAVersion5ThatIsOpenElsewhereAsItIs()
    {
        const QString path = file(version5);
        const auto first = Board::open(path);
        const auto board = Board::open(path);
        QVERIFY(board && (*board)->isReadOnly());
        QVERIFY(frameTexts(**board, (*board)->items()[0]).isEmpty());
    }

    // Since version 7 what was done can be undone after closing: from the first edit on.
    void readsVersion6AndKeepsItsHistoryFromTheFirstEditOn()
    {
        const QString path = file(version6);
        QByteArray before;
        {
            const auto opened = Board::open(path);
            QVERIFY2(opened, opened ? "" : errorText(opened.error()).c_str());
            Board &board = **opened;
            QCOMPARE(board.items().size(), 3);
            const Note note = *board.item(board.items()[2])->note();
            QVERIFY(note.acts && note.weight == 1.5);
            QCOMPARE(board.guides().x, QVector<double>{12.5});
            QVERIFY(!board.canUndo());
            before = test::text(board);
        }
        QCOMPARE(version(path), 6); // looking changes nothing
        {
            const auto opened = Board::open(path);
            (*opened)->remove({(*opened)->items()[1]});
        }
        QCOMPARE(version(path), BoardFile::schemaVersion);
        const auto again = Board::open(path);
        QVERIFY(again);
        QCOMPARE((*again)->items().size(), 2);
        (*again)->undo();
        QTRY_COMPARE(test::text(**again), before);
        QVERIFY(!(*again)->canUndo());
        QCOMPARE(
            (*again)->store()->bytes(QStringLiteral("ffee"), {}).result().value_or(QByteArray()),
            QByteArray("\1\2\3"));
    }

    // What version 7 added: a frame's axes of variations, a part of the run for notes.
    void readsVersion6AndKeepsWhatItDidNotKnow()
    {
        const QString path = file(version6);
        VariationAxis across{VariationAxis::Kind::Weight,
                             {QStringLiteral("0.5"), QStringLiteral("1")},
                             QStringLiteral("ffee"),
                             0,
                             {}};
        VariationAxis down{VariationAxis::Kind::Words,
                           {QStringLiteral("0"), QStringLiteral("2")},
                           {},
                           1,
                           {QStringLiteral("雨"), QString()}};
        QByteArray edited;
        {
            const auto opened = Board::open(path);
            QVERIFY2(opened, opened ? "" : errorText(opened.error()).c_str());
            Board &board = **opened;
            const ItemId frame = board.items()[0], note = board.items()[2];
            QCOMPARE(board.item(frame)->frame()->across, VariationAxis());
            QCOMPARE(board.item(note)->note()->weight, 1.5);
            QVERIFY(board.item(note)->note()->steps.isWhole());
            QCOMPARE(version(path), 6); // looking changes nothing
            Frame changed = *board.item(frame)->frame();
            changed.across = across;
            changed.down = down;
            board.setFrame(frame, changed, QStringLiteral("Change variations"));
            board.setSteps({note}, {0.25, 0.5});
            edited = test::text(board);
            board.undo();
            QVERIFY(board.item(note)->note()->steps.isWhole());
            board.undo();
            QCOMPARE(board.item(frame)->frame()->across, VariationAxis());
            board.redo();
            board.redo();
        }
        QCOMPARE(version(path), BoardFile::schemaVersion);
        const auto again = Board::open(path);
        QVERIFY(again);
        QCOMPARE(test::text(**again), edited);
        const ItemId frame = (*again)->items()[0], note = (*again)->items()[2];
        QCOMPARE((*again)->item(frame)->frame()->across, across);
        QCOMPARE((*again)->item(frame)->frame()->down, down);
        QCOMPARE((*again)->item(note)->note()->steps, (StepRange{0.25, 0.5}));
    }

    // An axis of a kind that is not known is none, and the frame is read.
    void anAxisThatIsNotKnownIsNone()
    {
        Item item;
        item.id = ItemId::createUuid();
        Frame &frame = item.content.emplace<Frame>();
        frame.across = {VariationAxis::Kind::Seed, {QStringLiteral("1")}, {}, 0, {}};
        QJsonObject json = toJson(item);
        QVERIFY(itemFromJson(json)->frame()->across == frame.across);
        for (const QJsonValue &axis : {QJsonValue(QJsonObject{{"kind", "mood"}}), QJsonValue(5),
                                       QJsonValue(QJsonArray{1})}) {
            QJsonObject content = json[QStringLiteral("frame")].toObject();
            content[QStringLiteral("variations")] = QJsonObject{{"across", axis}, {"down", "x"}};
            json[QStringLiteral("frame")] = content;
            const auto read = itemFromJson(json);
            QVERIFY(read);
            QCOMPARE(read->frame()->across, VariationAxis());
            QCOMPARE(read->frame()->down, VariationAxis());
        }
    }

    void staysVersion1WhenTheFirstEditCannotBeWritten()
    {
        const QString path = file(version1);
        auto opened = BoardFile::open(path);
        QVERIFY(opened);
        // A record that no table takes: the whole transaction fails, and with it the migration.
        Commit commit;
        StoredPicture twice;
        twice.hash = QStringLiteral("aa");
        twice.size = {1, 1};
        twice.bytes = "x";
        twice.embed = true;
        commit.pictures = {twice};
        {
            auto db = Database::open(path);
            QVERIFY((*db)->execute(
                QStringLiteral("INSERT INTO picture VALUES('aa', 1, 1, 'm', 0, NULL);"
                               "INSERT INTO picture_part VALUES('aa', 0, x'00')")));
        }
        QVERIFY(!(*opened)->write(std::span(&commit, 1)));
        opened->reset();
        QCOMPARE(version(path), 1);
        const auto board = Board::open(path);
        QVERIFY(board);
        hasWhatVersion1Held(**board);
    }

    // An address in a note of before is a text and no more.
    void readsVersion7AndKeepsAWebAddressFromTheFirstEditOn()
    {
        const QString path = file(version7);
        const auto address = QStringLiteral("https://pictures.example/a%20kite.png?size=2");
        ItemId card;
        QByteArray edited;
        {
            const auto opened = Board::open(path);
            QVERIFY2(opened, opened ? "" : errorText(opened.error()).c_str());
            Board &board = **opened;
            QCOMPARE(board.items().size(), 2);
            QCOMPARE(board.item(board.items()[0])->tags, QStringList{QStringLiteral("wall")});
            QCOMPARE(board.item(board.items()[0])->innerGroups.size(), 1);
            QCOMPARE(board.item(board.items()[1])->note()->steps, (StepRange{0, 0.5}));
            QVERIFY(!isWebCard(*board.item(board.items()[1])));
            QCOMPARE(version(path), 7); // looking changes nothing
            card = board.addWebCards({{QUrl(address), QStringLiteral("a kite")}}, {0, 0}).value(0);
            edited = test::text(board);
        }
        QCOMPARE(version(path), BoardFile::schemaVersion);
        const auto again = Board::open(path);
        QVERIFY(again);
        QCOMPARE(test::text(**again), edited);
        const Item &item = *(*again)->item(card);
        QVERIFY(isWebCard(item));
        QCOMPARE(item.source, address);
        QCOMPARE(item.note()->text, QStringLiteral("a kite"));
        QVERIFY(!item.note()->acts);
        (*again)->undo();                   // the history of before goes on
        QTRY_VERIFY(!(*again)->item(card)); // once it has been read
    }
};

QTEST_GUILESS_MAIN(BoardMigrationTest)
#include "BoardMigrationTest.moc"
