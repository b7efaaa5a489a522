#include "ui/board/WebPictures.h"

#include "core/base/ErrorDetails.h"
#include "core/base/Text.h"
#include "core/base/WebAddress.h"
#include "ui/board/BoardController.h"

#include <QDesktopServices>
#include <QLocale>

#include <algorithm>

namespace moodloom::ui {

using board::Item;
using board::ItemId;

namespace {

constexpr qsizetype namedHosts = 3;
constexpr qint64 seenBytes = 64 << 10; // bytes of progress that are worth showing

QUrl addressOf(const Item *item)
{
    return item ? webAddress(item->source) : QUrl();
}

} // namespace

WebPictures::WebPictures(BoardController *controller)
    : QObject(controller), m_controller(controller)
{
    connect(controller, &BoardController::currentChanged, this, &WebPictures::changed);
    connect(controller, &BoardController::boardChanged, this, &WebPictures::changed);
    connect(controller, &BoardController::contentChanged, this, &WebPictures::forgetLost);
}

WebPictures::~WebPictures() = default;

QVector<ItemId> WebPictures::selectedCards() const
{
    QVector<ItemId> cards;
    if (const board::Board *board = m_controller->board())
        for (const ItemId &id : m_controller->selection())
            if (const Item *item = board->item(id); item && isWebCard(*item))
                cards.append(id);
    return cards;
}

QString WebPictures::hosts() const
{
    QStringList hosts;
    for (const ItemId &card : selectedCards())
        if (const QString host = hostOf(addressOf(m_controller->board()->item(card)));
            !hosts.contains(host))
            hosts.append(host);
    if (hosts.size() <= namedHosts)
        return QLocale().createSeparatedList(hosts);
    return tr("%1 and %n more", nullptr, int(hosts.size() - namedHosts))
        .arg(hosts.mid(0, namedHosts).join(QStringLiteral(", ")));
}

QString WebPictures::address() const
{
    const QVector<ItemId> cards = selectedCards();
    return cards.isEmpty() ? QString() : m_controller->board()->item(cards.first())->source;
}

bool WebPictures::isFetching() const
{
    const QVector<ItemId> cards = selectedCards();
    return std::any_of(cards.begin(), cards.end(), [this](const ItemId &card) {
        const auto fetch = m_fetches.constFind(card);
        return fetch != m_fetches.cend() && (fetch->job != 0 || fetch->placing);
    });
}

double WebPictures::progress() const
{
    double bytes = 0, total = 0;
    for (const ItemId &card : selectedCards()) {
        const auto fetch = m_fetches.constFind(card);
        if (fetch == m_fetches.cend() || (fetch->job == 0 && !fetch->placing))
            continue;
        if (fetch->total <= 0)
            return -1;
        bytes += double(fetch->bytes);
        total += double(fetch->total);
    }
    return total > 0 ? bytes / total : -1;
}

QString WebPictures::progressText() const
{
    qint64 bytes = 0;
    for (const ItemId &card : selectedCards())
        bytes += m_fetches.value(card).bytes;
    return bytes > 0 ? tr("%1 fetched").arg(QLocale().formattedDataSize(bytes))
                     : tr("Asking the server…");
}

QString WebPictures::problem() const
{
    for (const ItemId &card : selectedCards())
        if (const auto fetch = m_fetches.constFind(card); fetch != m_fetches.cend() && fetch->error)
            return fetch->error->detail.empty()
                       ? userText(*fetch->error)
                       : tr("Not fetched from %1: %2.")
                             .arg(QString::fromStdString(fetch->error->subject),
                                  translatedDetail(QString::fromStdString(fetch->error->detail)));
    return {};
}

QString WebPictures::stateOf(const ItemId &card) const
{
    const auto fetch = m_fetches.constFind(card);
    if (fetch == m_fetches.cend())
        return {};
    if (fetch->error)
        return tr("not fetched");
    if (fetch->total > 0)
        return tr("%1 %").arg(qBound(qint64(0), 100 * fetch->bytes / fetch->total, qint64(100)));
    return tr("fetching…");
}

void WebPictures::fetch()
{
    board::Board *board = m_controller->board();
    if (!board)
        return;
    if (board->isReadOnly()) {
        Q_EMIT m_controller->problem(userText(*board->readOnlyReason()));
        return;
    }
    if (cards() == 0)
        Q_EMIT m_controller->notice(tr("Select the card of a web address first"));
    for (const ItemId &card : selectedCards()) {
        if (board->item(card)->locked)
            Q_EMIT m_controller->notice(tr("This card is locked"));
        else
            begin(card);
    }
    tell();
}

void WebPictures::begin(const ItemId &card)
{
    Fetch &fetch = m_fetches[card];
    if (fetch.job != 0 || fetch.placing)
        return;
    if (!m_fetcher) {
        m_fetcher = std::make_unique<download::PictureFetcher>(m_limits);
        connect(m_fetcher.get(), &download::PictureFetcher::progressed, this,
                [this](int job, qint64 bytes, qint64 total) {
                    const auto found = m_fetches.find(m_jobs.value(job));
                    if (found == m_fetches.end())
                        return;
                    found->bytes = bytes;
                    found->total = total;
                    if (found->told > 0 && bytes - found->told < std::max<qint64>(seenBytes, total / 100))
                        return; // thousands of them may come in a second
                    found->told = bytes;
                    tell();
                });
        connect(m_fetcher.get(), &download::PictureFetcher::fetched, this,
                [this](int job, const download::PictureAnswer &answer) {
                    take(m_jobs.take(job), answer.bytes);
                });
    }
    fetch = {};
    fetch.board = m_controller->board();
    fetch.job = m_fetcher->fetch(addressOf(fetch.board->item(card)));
    m_jobs.insert(fetch.job, card);
    // Of a board that is not shown, too: its card may go, or all of it.
    connect(fetch.board, &board::Board::settled, this, &WebPictures::forgetLost,
            Qt::UniqueConnection);
    connect(fetch.board, &QObject::destroyed, this, &WebPictures::forgetLost, Qt::UniqueConnection);
}

void WebPictures::take(const ItemId &card, const Result<QByteArray> &bytes)
{
    const auto fetch = m_fetches.find(card);
    if (fetch == m_fetches.end() || !fetch->board)
        return;
    fetch->job = 0;
    if (!bytes) {
        giveUp(card, bytes.error());
        return;
    }
    fetch->placing = true;
    fetch->board->store()->prepareBytes(*bytes).then(
        this, [this, card](const Result<board::StoredPicture> &picture) { place(card, picture); });
}

void WebPictures::place(const ItemId &card, const Result<board::StoredPicture> &picture)
{
    const auto fetch = m_fetches.find(card);
    if (fetch == m_fetches.end() || !fetch->board || !fetch->placing)
        return; // stopped, or the card is gone
    fetch->placing = false;
    if (!picture) {
        Error error = picture.error();
        error.subject = hostOf(addressOf(fetch->board->item(card))).toStdString();
        giveUp(card, error);
        return;
    }
    const QPointer<board::Board> board = fetch->board;
    m_fetches.erase(fetch);
    board->endStep();
    board->placeFetched(card, *picture);
    tell();
}

void WebPictures::giveUp(const ItemId &card, const Error &error)
{
    m_fetches[card].error = error;
    tell();
}

void WebPictures::stop()
{
    for (const ItemId &card : selectedCards()) {
        const Fetch fetch = m_fetches.take(card);
        if (fetch.job != 0) {
            m_fetcher->stop(fetch.job);
            m_jobs.remove(fetch.job);
        }
    }
    tell();
}

void WebPictures::forgetLost()
{
    bool lost = false;
    for (auto fetch = m_fetches.begin(); fetch != m_fetches.end();) {
        const Item *item = fetch->board ? fetch->board->item(fetch.key()) : nullptr;
        if (item && isWebCard(*item)) {
            ++fetch;
            continue;
        }
        if (fetch->job != 0) {
            m_fetcher->stop(fetch->job);
            m_jobs.remove(fetch->job);
        }
        fetch = m_fetches.erase(fetch);
        lost = true;
    }
    if (lost)
        tell();
}

void WebPictures::openPages() const
{
    for (const ItemId &card : selectedCards().mid(0, 1)) // not a dozen windows
        QDesktopServices::openUrl(addressOf(m_controller->board()->item(card)));
}

void WebPictures::tell()
{
    Q_EMIT changed();
    Q_EMIT cardsChanged();
}

} // namespace moodloom::ui
