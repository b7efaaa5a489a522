// A folder shared with other programs: what they write there comes into the library and onto the
// board, and takes can be saved there for them.
//
// QObject of the UI thread; borrows the session, which outlives it. Looking, reading and writing
// happen on a Worker; a FolderWatch tells when. A file comes when it stands still and can be read
// to its end, never half. What was there before the folder was chosen stays where it is.
#pragma once

#include "core/board/Item.h"
#include "core/library/FolderWatch.h"
#include "core/session/OwnPicture.h"

#include <QCoroTask>
#include <QObject>

#include <memory>

namespace moodloom::generation {
struct Take;
}

namespace moodloom::session {

class Session;

struct ExchangeSettings
{
    QString folder;          // empty = none
    bool ontoBoard = true;   // new pictures come onto the open board, too
    bool savesTakes = false; // every take is written there as a PNG with its recipe
    bool operator==(const ExchangeSettings &) const = default;
};

class ExchangeFolder : public QObject
{
    Q_OBJECT
public:
    explicit ExchangeFolder(Session *session, library::FolderWatchTimes times = {},
                            QObject *parent = nullptr);
    ~ExchangeFolder() override;

    const ExchangeSettings &settings() const;
    void set(const ExchangeSettings &settings);

Q_SIGNALS:
    void watching(); // what was there before is known
    // A picture of another program came in; `item` is where it is on the board, null = not there.
    void came(const QString &path, const QUuid &item);
    void saved(const QString &path); // a take

private:
    struct Found;
    void look(const QStringList &paths);
    QCoro::Task<void> lookNow(QStringList paths);
    QCoro::Task<void> takeIn(QVector<Found> found);
    QCoro::Task<void> adopt(QVector<OwnPicture> pictures); // into the library
    void save(const generation::Take &take);
    QVector<QUuid> placeAll(const QVector<Found> &found); // in their order; null = was not placed
    QUuid place(const Found &found);
    void placeTogether(const QVector<Found> &found);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace moodloom::session
