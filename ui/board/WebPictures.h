// The pictures that cards of the board stand for (board::isWebCard()): fetched when the user asks
// for them, and put in the cards' places.
//
// UI thread; belongs to the controller. The properties are those of the selected cards. A fetch
// goes on when another board is shown or another item is selected; it ends with its card. Nothing
// is fetched by itself, and no connection is made before fetch().
#pragma once

#include "core/board/Board.h"
#include "core/download/PictureFetcher.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QtQml/qqml.h>

#include <optional>

namespace moodloom::ui {

class BoardController;

class WebPictures : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The controller has them")
    Q_PROPERTY(int cards READ cards NOTIFY changed)          // selected ones
    Q_PROPERTY(QString hosts READ hosts NOTIFY changed)      // whom fetch() would ask, for people
    Q_PROPERTY(QString address READ address NOTIFY changed)  // of the first
    Q_PROPERTY(bool fetching READ isFetching NOTIFY changed) // one of them
    Q_PROPERTY(double progress READ progress NOTIFY changed) // 0..1, of all of them; -1 = not known
    Q_PROPERTY(QString progressText READ progressText NOTIFY changed)
    Q_PROPERTY(QString problem READ problem NOTIFY changed) // why it did not go well, for people
public:
    explicit WebPictures(BoardController *controller);
    ~WebPictures() override;

    // For tests: before the first fetch().
    void setLimits(const download::PictureLimits &limits) { m_limits = limits; }

    int cards() const { return int(selectedCards().size()); }
    QString hosts() const;
    QString address() const;
    bool isFetching() const;
    double progress() const;
    QString progressText() const;
    QString problem() const;

    Q_INVOKABLE void fetch();
    Q_INVOKABLE void stop();
    Q_INVOKABLE void openPages() const; // in the browser

    // What the card says of its fetch, in a few words; empty = nothing.
    QString stateOf(const board::ItemId &card) const;

Q_SIGNALS:
    void changed();
    void cardsChanged(); // some look different

private:
    struct Fetch
    {
        QPointer<board::Board> board;
        int job = 0;          // 0: it ended
        bool placing = false; // its bytes are being read
        qint64 bytes = 0, total = -1;
        qint64 told = -1; // the bytes that were shown last
        std::optional<Error> error;
    };
    QVector<board::ItemId> selectedCards() const;
    void begin(const board::ItemId &card);
    void take(const board::ItemId &card, const Result<QByteArray> &bytes);
    void place(const board::ItemId &card, const Result<board::StoredPicture> &picture);
    void giveUp(const board::ItemId &card, const Error &error);
    void forgetLost();
    void tell();

    BoardController *m_controller;
    download::PictureLimits m_limits;
    std::unique_ptr<download::PictureFetcher> m_fetcher; // from the first fetch() on
    QHash<board::ItemId, Fetch> m_fetches;
    QHash<int, board::ItemId> m_jobs;
};

} // namespace moodloom::ui
