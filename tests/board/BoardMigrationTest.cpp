// Files of every earlier version of the format: what they held is there, looking at them changes
// nothing, and the first edit makes them files of this version.
//
// The tables and records of each version are written out here as that version wrote them, so that no
// later change of the program changes what is tested.
#include "RandomEdits.h"
#include "core/board/Regions.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::board;

namespace {

const char *const version1 = R"(
PRAGMA auto_vacuum = INCREMENTAL; VACUUM;
CREATE TABLE item(id TEXT PRIMARY KEY, kind TEXT NOT NULL, z INTEGER NOT NULL, hash TEXT,
                  data TEXT NOT NULL);
CREATE TABLE take(id TEXT PRIMARY KEY, frame TEXT NOT NULL, hash TEXT NOT NULL, data TEXT NOT NULL);
CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE picture(hash TEXT PRIMARY KEY, width INTEGER NOT NULL, height INTEGER NOT NULL,
                     media TEXT NOT NULL, bytes INTEGER NOT NULL, thumbnail BLOB);
CREATE TABLE picture_part(hash TEXT NOT NULL REFERENCES picture(hash) ON DELETE CASCADE,
                          part INTEGER NOT NULL, data BLOB NOT NULL, UNIQUE(hash, part));
INSERT INTO item VALUES('8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0001', 'frame', -3, NULL,
 '{"id":"8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0001","kind":"frame","centre":[10.5,-20],"scale":1,"rotation":0,'
 || '"flippedX":false,"flippedY":false,"opacity":1,"z":-3,"locked":false,"frame":{"size":[640,480],'
 || '"prompt":"大众揽巡飞跃长城","negative":"blurry","randomSeed":false,"seed":"18446744073709551615",'
 || '"steps":28,"guidance":6.5,"sampler":"euler","model":"","pixels":[320,256],'
 || '"shelf":["8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0002"],"shownTake":"t-1"}}');
INSERT INTO item VALUES('8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0002', 'picture', 1,
 'ae2f5b1ec1d5a9bb7e2c2bd1d1d1a1b1c1d1e1f101112131415161718191a1b1',
 '{"id":"8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0002","kind":"picture","centre":[-300,40],"scale":0.25,'
 || '"rotation":-12.5,"flippedX":true,"flippedY":false,"opacity":0.8,"z":1,"locked":true,"picture":{'
 || '"hash":"ae2f5b1ec1d5a9bb7e2c2bd1d1d1a1b1c1d1e1f101112131415161718191a1b1","path":"/pictures/wall.jpg",'
 || '"size":[4000,3000],"caption":"长城","facet":"长城","state":"pinned","role":"style","weight":1.4,'
 || '"asset":77,"touched":true}}');
INSERT INTO item VALUES('8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0003', 'note', 2, NULL,
 '{"id":"8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0003","kind":"note","centre":[0,0],"scale":2,"rotation":0,'
 || '"flippedX":false,"flippedY":false,"opacity":1,"z":2,"locked":false,"note":{"text":"sunset?",'
 || '"color":"#ff444030","size":[220,120]}}');
INSERT INTO take VALUES('t-1', '8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0001', 'ffee',
 '{"recipe":{"prompt":"wall"},"width":320,"height":256,"made":"2026-05-04T03:02:01.000Z","seconds":12.5,'
 || '"starred":true}');
INSERT INTO setting VALUES('view', '[[1,2,0.5]]');
INSERT INTO picture VALUES('ffee', 320, 256, 'image/png', 3, NULL);
INSERT INTO picture_part VALUES('ffee', 0, x'010203');
PRAGMA application_id = 1296846669;
PRAGMA user_version = 1;
)";

const char *const version2 = R"(
PRAGMA auto_vacuum = INCREMENTAL; VACUUM;
CREATE TABLE item(id TEXT PRIMARY KEY, kind TEXT NOT NULL, z INTEGER NOT NULL, hash TEXT,
                  data TEXT NOT NULL);
CREATE TABLE take(id TEXT PRIMARY KEY, frame TEXT NOT NULL, hash TEXT NOT NULL, data TEXT NOT NULL);
CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE picture(hash TEXT PRIMARY KEY, width INTEGER NOT NULL, height INTEGER NOT NULL,
                     media TEXT NOT NULL, bytes INTEGER NOT NULL, thumbnail BLOB);
CREATE TABLE picture_part(hash TEXT NOT NULL REFERENCES picture(hash) ON DELETE CASCADE,
                          part INTEGER NOT NULL, data BLOB NOT NULL, UNIQUE(hash, part));
INSERT INTO item VALUES('8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0011', 'frame', -3, NULL,
 '{"id":"8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0011","kind":"frame","centre":[0,0],"scale":1,"rotation":0,'
 || '"flippedX":false,"flippedY":false,"opacity":1,"z":-3,"locked":false,"added":1777777777000,"frame":{'
 || '"size":[512,512],"prompt":"wall","negative":"","randomSeed":true,"seed":"5","steps":28,'
 || '"guidance":6.5,"sampler":"euler","model":"/models/sd15","pixels":[512,512],"shelf":[],"shownTake":""}}');
INSERT INTO item VALUES('8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0012', 'picture', 1, 'ffee',
 '{"id":"8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0012","kind":"picture","centre":[-300,40],"scale":0.25,'
 || '"rotation":0,"flippedX":false,"flippedY":false,"opacity":1,"z":1,"locked":false,"hidden":true,'
 || '"group":"8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f00ff","picture":{"hash":"ffee","path":"","size":[400,300],'
 || '"caption":"","facet":"","state":"pinned","role":"content","weight":1,"asset":0,"touched":true,'
 || '"crop":[10,20,100,50],"greyscale":true}}');
INSERT INTO picture VALUES('ffee', 400, 300, 'image/png', 3, NULL);
INSERT INTO picture_part VALUES('ffee', 0, x'010203');
PRAGMA application_id = 1296846669;
PRAGMA user_version = 2;
)";

const char *const version3 = R"(
PRAGMA auto_vacuum = INCREMENTAL; VACUUM;
CREATE TABLE item(id TEXT PRIMARY KEY, kind TEXT NOT NULL, z INTEGER NOT NULL, hash TEXT,
                  data TEXT NOT NULL);
CREATE TABLE take(id TEXT PRIMARY KEY, frame TEXT NOT NULL, hash TEXT NOT NULL, data TEXT NOT NULL);
CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE picture(hash TEXT PRIMARY KEY, width INTEGER NOT NULL, height INTEGER NOT NULL,
                     media TEXT NOT NULL, bytes INTEGER NOT NULL, thumbnail BLOB);
CREATE TABLE picture_part(hash TEXT NOT NULL REFERENCES picture(hash) ON DELETE CASCADE,
                          part INTEGER NOT NULL, data BLOB NOT NULL, UNIQUE(hash, part));
INSERT INTO item VALUES('8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0021', 'frame', -3, NULL,
 '{"id":"8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0021","kind":"frame","centre":[0,0],"scale":1,"rotation":0,'
 || '"flippedX":false,"flippedY":false,"opacity":1,"z":-3,"locked":false,"added":1777777777000,"frame":{'
 || '"size":[512,512],"prompt":"wall","negative":"","randomSeed":true,"seed":"5","steps":28,'
 || '"guidance":6.5,"sampler":"euler","model":"/models/sd15","pixels":[512,512],"shelf":[],"shownTake":"",'
 || '"loras":[{"path":"/loras/a.safetensors","scale":0.8}],"imageEncoder":"/ip/encoder"}}');
INSERT INTO item VALUES('8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0022', 'picture', 1, 'ffee',
 '{"id":"8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0022","kind":"picture","centre":[-300,40],"scale":0.25,'
 || '"rotation":0,"flippedX":false,"flippedY":false,"opacity":1,"z":1,"locked":false,"hidden":true,'
 || '"group":"8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f00ff","picture":{"hash":"ffee","path":"","size":[400,300],'
 || '"caption":"","facet":"","state":"pinned","role":"layout","weight":0.5,"asset":0,"touched":true,'
 || '"crop":[10,20,100,50],"greyscale":true}}');
INSERT INTO picture VALUES('ffee', 400, 300, 'image/png', 3, NULL);
INSERT INTO picture_part VALUES('ffee', 0, x'010203');
PRAGMA application_id = 1296846669;
PRAGMA user_version = 3;
)";

const char *const version4 = R"(
PRAGMA auto_vacuum = INCREMENTAL; VACUUM;
CREATE TABLE item(id TEXT PRIMARY KEY, kind TEXT NOT NULL, z INTEGER NOT NULL, hash TEXT,
                  data TEXT NOT NULL);
CREATE TABLE take(id TEXT PRIMARY KEY, frame TEXT NOT NULL, hash TEXT NOT NULL, data TEXT NOT NULL);
CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE picture(hash TEXT PRIMARY KEY, width INTEGER NOT NULL, height INTEGER NOT NULL,
                     media TEXT NOT NULL, bytes INTEGER NOT NULL, thumbnail BLOB);
CREATE TABLE picture_part(hash TEXT NOT NULL REFERENCES picture(hash) ON DELETE CASCADE,
                          part INTEGER NOT NULL, data BLOB NOT NULL, UNIQUE(hash, part));
INSERT INTO item VALUES('8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0031', 'frame', -3, NULL,
 '{"id":"8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0031","kind":"frame","centre":[0,0],"scale":1,"rotation":0,'
 || '"flippedX":false,"flippedY":false,"opacity":1,"z":-3,"locked":false,"added":1777777777000,"frame":{'
 || '"size":[512,512],"prompt":"wall","negative":"","randomSeed":true,"seed":"5","steps":28,'
 || '"guidance":6.5,"sampler":"euler","model":"/models/sd15","pixels":[512,512],"shelf":[],"shownTake":"",'
 || '"loras":[{"path":"/loras/a.safetensors","scale":0.8}],"imageEncoder":"/ip/encoder"}}');
INSERT INTO item VALUES('8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0032', 'picture', 1, 'ffee',
 '{"id":"8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0032","kind":"picture","centre":[-300,40],"scale":0.25,'
 || '"rotation":0,"flippedX":false,"flippedY":false,"opacity":1,"z":1,"locked":false,"hidden":true,'
 || '"group":"8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f00ff","picture":{"hash":"ffee","path":"","size":[400,300],'
 || '"caption":"","facet":"","state":"pinned","role":"layout","weight":0.5,"asset":0,"touched":true,'
 || '"crop":[10,20,100,50],"greyscale":true,"steps":[0.25,0.75]}}');
INSERT INTO picture VALUES('ffee', 400, 300, 'image/png', 3, NULL);
INSERT INTO picture_part VALUES('ffee', 0, x'010203');
PRAGMA application_id = 1296846669;
PRAGMA user_version = 4;
)";

const char *const version5 = R"(
PRAGMA auto_vacuum = INCREMENTAL; VACUUM;
CREATE TABLE item(id TEXT PRIMARY KEY, kind TEXT NOT NULL, z INTEGER NOT NULL, hash TEXT,
                  data TEXT NOT NULL);
CREATE TABLE take(id TEXT PRIMARY KEY, frame TEXT NOT NULL, hash TEXT NOT NULL, data TEXT NOT NULL);
CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE picture(hash TEXT PRIMARY KEY, width INTEGER NOT NULL, height INTEGER NOT NULL,
                     media TEXT NOT NULL, bytes INTEGER NOT NULL, thumbnail BLOB);
CREATE TABLE picture_part(hash TEXT NOT NULL REFERENCES picture(hash) ON DELETE CASCADE,
                          part INTEGER NOT NULL, data BLOB NOT NULL, UNIQUE(hash, part));
INSERT INTO item VALUES('8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0041', 'frame', -3, NULL,
 '{"id":"8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0041","kind":"frame","centre":[0,0],"scale":1,"rotation":0,'
 || '"flippedX":false,"flippedY":false,"opacity":1,"z":-3,"locked":false,"added":1777777777000,"frame":{'
 || '"size":[512,512],"prompt":"wall","negative":"","randomSeed":true,"seed":"5","steps":28,'
 || '"guidance":6.5,"sampler":"euler","model":"/models/sd15","pixels":[512,512],"shelf":[],"shownTake":"",'
 || '"loras":[{"path":"/loras/a.safetensors","scale":0.8}],"imageEncoder":"/ip/encoder"}}');
INSERT INTO item VALUES('8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0042', 'picture', 1, 'ffee',
 '{"id":"8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0042","kind":"picture","centre":[-300,40],"scale":0.25,'
 || '"rotation":0,"flippedX":false,"flippedY":false,"opacity":1,"z":1,"locked":false,"hidden":true,'
 || '"group":"8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f00ff","picture":{"hash":"ffee","path":"","size":[400,300],'
 || '"caption":"","facet":"","state":"pinned","role":"layout","weight":0.5,"asset":0,"touched":true,'
 || '"crop":[10,20,100,50],"greyscale":true,"steps":[0.25,0.75]}}');
INSERT INTO item VALUES('8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0043', 'note', 2, NULL,
 '{"id":"8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0043","kind":"note","centre":[0,0],"scale":1,"rotation":0,'
 || '"flippedX":false,"flippedY":false,"opacity":1,"z":2,"locked":false,"note":{"text":"sunset?",'
 || '"color":"#ff444030","size":[220,120]}}');
INSERT INTO picture VALUES('ffee', 400, 300, 'image/png', 3, NULL);
INSERT INTO picture_part VALUES('ffee', 0, x'010203');
PRAGMA application_id = 1296846669;
PRAGMA user_version = 5;
)";

const char *const version6 = R"(
PRAGMA auto_vacuum = INCREMENTAL; VACUUM;
CREATE TABLE item(id TEXT PRIMARY KEY, kind TEXT NOT NULL, z INTEGER NOT NULL, hash TEXT,
                  data TEXT NOT NULL);
CREATE TABLE take(id TEXT PRIMARY KEY, frame TEXT NOT NULL, hash TEXT NOT NULL, data TEXT NOT NULL);
CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE picture(hash TEXT PRIMARY KEY, width INTEGER NOT NULL, height INTEGER NOT NULL,
                     media TEXT NOT NULL, bytes INTEGER NOT NULL, thumbnail BLOB);
CREATE TABLE picture_part(hash TEXT NOT NULL REFERENCES picture(hash) ON DELETE CASCADE,
                          part INTEGER NOT NULL, data BLOB NOT NULL, UNIQUE(hash, part));
INSERT INTO item VALUES('8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0061', 'frame', -3, NULL,
 '{"id":"8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0061","kind":"frame","centre":[0,0],"scale":1,"rotation":0,'
 || '"flippedX":false,"flippedY":false,"opacity":1,"z":-3,"locked":false,"added":1777777777000,"frame":{'
 || '"size":[512,512],"prompt":"wall","negative":"","randomSeed":true,"seed":"5","steps":28,'
 || '"guidance":6.5,"sampler":"euler","model":"/models/sd15","pixels":[512,512],"shelf":[],"shownTake":""}}');
INSERT INTO item VALUES('8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0062', 'picture', 1, 'ffee',
 '{"id":"8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0062","kind":"picture","centre":[-300,40],"scale":0.25,'
 || '"rotation":0,"flippedX":false,"flippedY":false,"opacity":1,"z":1,"locked":false,"picture":{'
 || '"hash":"ffee","path":"","size":[400,300],"caption":"","facet":"","state":"pinned",'
 || '"role":"layout","weight":0.5,"asset":0,"touched":true,"steps":[0.25,0.75]}}');
INSERT INTO item VALUES('8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0063', 'note', 2, NULL,
 '{"id":"8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0063","kind":"note","centre":[0,0],"scale":1,"rotation":0,'
 || '"flippedX":false,"flippedY":false,"opacity":1,"z":2,"locked":false,"note":{"text":"a kite",'
 || '"color":"#ff444030","size":[220,120],"weight":1.5}}');
INSERT INTO setting VALUES('guides', '[{"x":[12.5],"y":[]}]');
INSERT INTO picture VALUES('ffee', 400, 300, 'image/png', 3, NULL);
INSERT INTO picture_part VALUES('ffee', 0, x'010203');
PRAGMA application_id = 1296846669;
PRAGMA user_version = 6;
)";

const char *const version7 = R"(
PRAGMA auto_vacuum = INCREMENTAL; VACUUM;
CREATE TABLE item(id TEXT PRIMARY KEY, kind TEXT NOT NULL, z INTEGER NOT NULL, hash TEXT,
                  data TEXT NOT NULL);
CREATE TABLE take(id TEXT PRIMARY KEY, frame TEXT NOT NULL, hash TEXT NOT NULL, data TEXT NOT NULL);
CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE picture(hash TEXT PRIMARY KEY, width INTEGER NOT NULL, height INTEGER NOT NULL,
                     media TEXT NOT NULL, bytes INTEGER NOT NULL, thumbnail BLOB);
CREATE TABLE picture_part(hash TEXT NOT NULL REFERENCES picture(hash) ON DELETE CASCADE,
                          part INTEGER NOT NULL, data BLOB NOT NULL, UNIQUE(hash, part));
CREATE TABLE history(step INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE history_picture(step INTEGER NOT NULL REFERENCES history(step) ON DELETE CASCADE,
                             hash TEXT NOT NULL, UNIQUE(step, hash));
INSERT INTO item VALUES('8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0071', 'picture', 1, 'ffee',
 '{"id":"8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0071","kind":"picture","centre":[-300,40],"scale":0.25,'
 || '"rotation":0,"flippedX":false,"flippedY":false,"opacity":1,"z":1,"locked":false,"tags":["wall"],'
 || '"innerGroups":["8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f00fe"],"group":"8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f00ff",'
 || '"picture":{"hash":"ffee","path":"","size":[400,300],"caption":"","facet":"","state":"pinned",'
 || '"role":"layout","weight":0.5,"asset":0,"touched":true}}');
INSERT INTO item VALUES('8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0072', 'note', 2, NULL,
 '{"id":"8d3a8a52-0d52-4d0c-9a4e-0d7a1e1f0072","kind":"note","centre":[0,0],"scale":1,"rotation":0,'
 || '"flippedX":false,"flippedY":false,"opacity":1,"z":2,"locked":false,"note":{'
 || '"text":"https:/' || '/pictures.example/kite.png","color":"#ff444030","size":[220,120],"steps":[0,0.5]}}');
INSERT INTO setting VALUES('history', '[0]');
INSERT INTO picture VALUES('ffee', 400, 300, 'image/png', 3, NULL);
INSERT INTO picture_part VALUES('ffee', 0, x'010203');
PRAGMA application_id = 1296846669;
PRAGMA user_version = 7;
)";

} // namespace

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
        QCOMPARE(board.store()->bytes(take->hash, {}).result().value_or(QByteArray()), QByteArray("\1\2\3"));
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
            QVERIFY(wanted.loras.isEmpty() && wanted.start == FrameStart() && wanted.controls.isEmpty());
            QVERIFY(wanted.adapters.isEmpty() && wanted.imageEncoder.isEmpty());
            QCOMPARE(version(path), 2); // looking changes nothing
            wanted.loras = {{QStringLiteral("/loras/a.safetensors"), 0.8},
                            {QStringLiteral("/loras/b.safetensors"), -1.5}};
            wanted.start = {{QStringLiteral("/gone/wall.png"), QStringLiteral("ffee")}, 0.4,
                            {QStringLiteral("/masks/m.png"), QStringLiteral("aa")}};
            wanted.controls = {{QStringLiteral("/nets/canny"), {QStringLiteral("/p.png"), {}}, 0.5}};
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
        QCOMPARE((*again)->store()->bytes(QStringLiteral("ffee"), {}).result().value_or(QByteArray()),
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
            QCOMPARE(board.item(board.items()[0])->frame()->imageEncoder, QStringLiteral("/ip/encoder"));
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
            drawn = board.addStroke({{{10, 20}, 0.3}, {{40.125, 25}, 1}, {{70, 90}, 0.55}}, QColor(0xe5, 0x48, 0x4d), 6);
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
        VariationAxis across{VariationAxis::Kind::Weight, {QStringLiteral("0.5"), QStringLiteral("1")},
                             QStringLiteral("ffee"), 0, {}};
        VariationAxis down{VariationAxis::Kind::Words, {QStringLiteral("0"), QStringLiteral("2")}, {},
                           1, {QStringLiteral("雨"), QString()}};
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
            QVERIFY((*db)->execute(QStringLiteral("INSERT INTO picture VALUES('aa', 1, 1, 'm', 0, NULL);"
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
        (*again)->undo(); // the history of before goes on
        QTRY_VERIFY(!(*again)->item(card)); // once it has been read
    }
};

QTEST_GUILESS_MAIN(BoardMigrationTest)
#include "BoardMigrationTest.moc"
