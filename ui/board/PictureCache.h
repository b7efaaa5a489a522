// Pixels for the canvas, as many as are seen: each picture at the level of detail that its size on
// the screen asks for, read in the background, within a memory budget.
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
    Picture want(const QString &hash, const QString &path, int natural, double side,
                 Tone tone = Tone::Color);

    // What want() would answer, without asking for anything.
    QImage held(const QString &hash, Tone tone = Tone::Color) const;

    // Once per painted frame: starts what was asked for, first of all what shows nothing yet. Beyond
    // the budget it forgets the least recently wanted, and reads anew, smaller, what is larger than
    // the screen needs.
    void endFrame();

    // The level that a size on the screen needs: powers of two from 16, 0 = the whole file.
    static int levelFor(double side, int natural);

Q_SIGNALS:
    void changed(const QString &hash);

private:
    struct Entry
    {
        QString hash, path;
        Tone tone = Tone::Color;
        Picture picture;
        int level = -1;      // of `picture`; 0 = the whole file, -1 = nothing
        int natural = 0;
        int wanted = 256;
        int loading = -1;
        std::stop_source stop;
        quint64 used = 0;    // the frame that last wanted it
    };
    static QString keyOf(const QString &hash, Tone tone);
    static bool isBetter(int level, int than);
    bool isWanting(const Entry &entry) const;
    void startNext();
    void start(const QString &key, Entry &entry);
    void arrived(const QString &key, int level, quint64 epoch, const Result<QImage> &image);

    static constexpr int mostLoads = 8;

    std::shared_ptr<board::BoardStore> m_store;
    QHash<QString, Entry> m_entries; // by hash and tone
    std::vector<QString> m_queue; // of the last frame, to be started from the end
    quint64 m_frame = 1;
    quint64 m_epoch = 0; // another store, another epoch: late answers are ignored
    quint64 m_versions = 0;
    qint64 m_bytes = 0;
    qint64 m_budget = qint64(384) << 20;
    int m_loads = 0;
};

} // namespace moodloom::ui
