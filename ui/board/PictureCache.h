// Pixels for the canvas, as many as are seen: each picture at the level of detail that its size on
// the screen asks for, read in the background, within a memory budget.
//
// A picture may be held at several levels: who zooms out and in again finds both. A smaller level is
// made from a larger one that is held, never read again.
//
// An object of the UI thread. Textures are made from its images by the scene graph.
#pragma once

#include "core/board/BoardStore.h"

#include <QHash>
#include <QImage>
#include <QObject>

#include <memory>
#include <vector>

namespace moodloom::ui {

class PictureCache : public QObject
{
    Q_OBJECT
public:
    explicit PictureCache(QObject *parent = nullptr) : QObject(parent) {}
    ~PictureCache() override;

    void setStore(std::shared_ptr<board::BoardStore> store); // forgets everything
    void setBudget(qint64 bytes) { m_budget = bytes; }
    qint64 bytes() const { return m_bytes; }

    struct Picture
    {
        QImage image;        // null until something was read
        quint64 version = 0; // another image, another version
        bool missing = false;
    };
    // The best there is now; asks for better when the longer side is shown at `side` device pixels.
    // `natural` is the longer side of the file.
    enum class Tone { Color, Grey };
    enum class Urgency { Seen, Ahead }; // Ahead: near the screen; read when nothing seen is missing
    Picture want(const QString &hash, const QString &path, int natural, double side,
                 Tone tone = Tone::Color, Urgency urgency = Urgency::Seen);

    // Tries again what could not be read: its file may be back.
    void lookAgain();
    // What want() would answer, without asking for anything.
    QImage held(const QString &hash, Tone tone = Tone::Color) const;

    // Once all that is seen has been wanted: starts what was asked for, first of all what shows
    // nothing yet. Beyond the budget it forgets the least recently wanted levels; when what is seen
    // is alone more than the budget, all of it is wanted with less detail.
    void endFrame();

    // The level that a size on the screen needs: powers of two from 16, 0 = the whole file.
    static int levelFor(double side, int natural);
    // The same for a picture that is shown at `now`, which it keeps while the size is near the limit:
    // zooming to and fro must not read it over and over.
    static int settledLevel(double side, int natural, int now);

Q_SIGNALS:
    void changed(const QString &hash);

private:
    struct Held
    {
        int level = 0; // 0 = the whole file
        QImage image;
        quint64 version = 0;
        quint64 used = 0;      // the frame that last showed it
        bool standIn = false;  // only until a better one comes
    };
    struct Entry
    {
        QString hash, path;
        Tone tone = Tone::Color;
        std::vector<Held> held; // from the smallest to the largest
        int natural = 0;
        double side = 0;
        int wanted = -1;        // level; -1 = never wanted
        int loading = -1;       // level; -1 = none
        int failed = -1;        // level that cannot be read
        bool missing = false;
        bool ahead = false;
        std::stop_source stop;
        quint64 used = 0;       // the frame that last wanted it
    };
    static QString keyOf(const QString &hash, Tone tone);
    static bool isBetter(int level, int than);
    static const Held *best(const Entry &entry);
    static bool isWanting(const Entry &entry);
    void startNext();
    void start(const QString &key, Entry &entry);
    void arrived(const QString &key, int level, bool standIn, quint64 epoch, const Result<QImage> &image);
    void forget();
    void chooseDetail();

    // Thumbnails are read in a millisecond: enough of them must wait for the readers while a frame is made.
    static constexpr int mostLoads = 8, mostSmallLoads = 64;

    std::shared_ptr<board::BoardStore> m_store;
    QHash<QString, Entry> m_entries; // by hash and tone
    std::vector<QString> m_queue; // of the last frame, to be started from the end
    quint64 m_frame = 1;
    quint64 m_epoch = 0; // another store, another epoch: late answers are ignored
    quint64 m_versions = 0;
    qint64 m_bytes = 0;
    qint64 m_budget = qint64(384) << 20;
    double m_coarser = 1; // what is seen is wanted this much smaller
    int m_loads = 0;
};

} // namespace moodloom::ui
