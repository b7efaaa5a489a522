// Files of every earlier version of the board's format, as SQL. The tables and records of each version
// are written out as that version wrote them, so that no later change of the program changes them.
#pragma once

namespace moodloom::board::earlier {

inline constexpr char version1[] = R"(
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

inline constexpr char version2[] = R"(
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

inline constexpr char version3[] = R"(
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

inline constexpr char version4[] = R"(
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

inline constexpr char version5[] = R"(
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

inline constexpr char version6[] = R"(
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

inline constexpr char version7[] = R"(
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

} // namespace moodloom::board::earlier
