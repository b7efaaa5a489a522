// What the window tells and does about the board's file: where pictures are kept, whether all is
// whole.
#include "core/base/Text.h"
#include "ui/board/BoardController.h"
#include "ui/controls/Format.h"

#include <QLocale>

namespace moodloom::ui {

using board::Board;
using board::ItemId;

void BoardController::followFiles(Board *board)
{
    connect(board, &Board::acknowledged, this, [this] {
        if (!m_embedded) // pinning may have brought it
            askStorage();
    });
    connect(board, &Board::collected, this, [this](int count, const QStringList &missing) {
        if (missing.isEmpty())
            Q_EMIT notice(count > 0 ? tr("%1 linked files are in the board now").arg(count)
                                    : tr("Every picture is in the board already"));
        else
            Q_EMIT problem(
                tr("%1 linked files are in the board now; these are gone or have changed:\n%2")
                    .arg(count)
                    .arg(missing.mid(0, 10).join(QLatin1Char('\n'))));
    });
    connect(board, &Board::located, this, [this](int count) {
        askStorage();
        Q_EMIT notice(count == 1 ? tr("Found its file")
                                 : tr("Found the files of %n picture(s)", nullptr, count));
    });
    connect(board, &Board::locateFailed, this,
            [this](const Error &error) { Q_EMIT problem(userText(error)); });
    connect(board, &Board::filesKept, this,
            [this](bool embedded, int count, const QStringList &missing) {
                askStorage();
                const QString done =
                    embedded ? tr("%n file(s) are in the board now", nullptr, count)
                             : tr("%n picture(s) are links to their files now", nullptr, count);
                if (missing.isEmpty())
                    Q_EMIT notice(done);
                else
                    Q_EMIT problem(tr("%1; of these there is no unchanged file:\n%2")
                                       .arg(done, missing.mid(0, 10).join(QLatin1Char('\n'))));
            });
}

// Asks once for each picture that is selected alone.
void BoardController::lookUpStorage()
{
    const board::Picture *picture = m_selection.size() == 1 ? currentPicture() : nullptr;
    const QString hash = picture ? picture->hash : QString();
    if (hash == m_storageHash)
        return;
    m_storageHash = hash;
    m_storage.clear();
    m_lost = false;
    Q_EMIT storageChanged();
    askStorage();
}

void BoardController::askStorage()
{
    const board::Picture *picture = currentPicture();
    if (!picture || m_storageHash.isEmpty())
        return;
    m_board->store()
        ->isEmbedded(m_storageHash)
        .then(this, [this, hash = m_storageHash,
                     path = picture->path](const Result<bool> &embedded) {
            if (!embedded || hash != m_storageHash)
                return;
            m_embedded = *embedded;
            if (!m_embedded)
                lookForFile();
            m_lost = m_lost && !m_embedded;
            m_storage = *embedded        ? tr("Its file is in the board")
                        : path.isEmpty() ? tr("The board has no file of it")
                        : m_lost         ? tr("Its file is gone: %1").arg(Format::path(path))
                                         : tr("Linked to %1").arg(Format::path(path));
            Q_EMIT storageChanged();
        });
}

void BoardController::lookForFile()
{
    const board::Picture *picture = currentPicture();
    if (!picture)
        return;
    m_board->store()
        ->isLost(picture->hash, picture->path)
        .then(this, [this, hash = m_storageHash, path = picture->path](const Result<bool> &lost) {
            if (!lost || hash != m_storageHash || *lost == m_lost)
                return;
            m_lost = *lost;
            m_storage = m_lost ? tr("Its file is gone: %1").arg(Format::path(path))
                               : tr("Linked to %1").arg(Format::path(path));
            Q_EMIT storageChanged();
        });
}

void BoardController::askForFile()
{
    const board::Picture *picture = m_selection.size() == 1 ? currentPicture() : nullptr;
    if (!picture) {
        Q_EMIT notice(tr("Select one picture whose file is gone"));
        return;
    }
    if (m_board->isReadOnly()) {
        Q_EMIT problem(userText(*m_board->readOnlyReason()));
        return;
    }
    m_board->store()
        ->isLost(picture->hash, picture->path)
        .then(this, [this, id = m_selection.first(),
                     path = picture->path](const Result<bool> &lost) {
            if (!lost || !m_board || !m_board->item(id))
                return;
            if (!*lost) {
                Q_EMIT notice(tr("Nothing of this picture is gone"));
                return;
            }
            m_sought = id;
            Q_EMIT locateRequested(path.section(u'/', -1));
        });
}

void BoardController::locate(const QUrl &file)
{
    if (m_board && file.isLocalFile())
        m_board->locate(m_sought, file.toLocalFile());
}

void BoardController::embedSelected()
{
    if (m_board && !m_selection.isEmpty())
        m_board->setEmbedded(m_selection, true);
}

void BoardController::linkSelected()
{
    if (m_board && !m_selection.isEmpty())
        m_board->setEmbedded(m_selection, false);
}

void BoardController::toggleLinking()
{
    if (!m_board)
        return;
    if (m_board->isReadOnly()) {
        Q_EMIT problem(userText(*m_board->readOnlyReason()));
        return;
    }
    m_board->setLinksFiles(!m_board->linksFiles());
    Q_EMIT notice(m_board->linksFiles() ? tr("Files that you add to this board stay where they are")
                                        : tr("Files that you add are copied into this board"));
}

void BoardController::forgetHistory()
{
    if (!m_board || !(m_board->canUndo() || m_board->canRedo()))
        return;
    m_board->forgetHistory();
    if (!m_board->canUndo())
        Q_EMIT notice(tr("What was done cannot be undone any more; what only that needed leaves "
                         "the file when it is closed"));
}

void BoardController::checkBoard()
{
    if (!m_board)
        return;
    m_board->store()->check().then(this, [this](const Result<board::BoardHealth> &health) {
        if (!health)
            Q_EMIT problem(userText(health.error()));
        else if (!health->isWhole())
            Q_EMIT problem(tr("This board is damaged: %1 records and %2 pictures. "
                              "\"moodloom board repair\" saves the rest to a new file.")
                               .arg(health->lostRecords + health->strayTakes)
                               .arg(health->damagedPictures.size()));
        else if (!health->missingFiles.isEmpty())
            Q_EMIT problem(tr("The board is whole, but linked files are gone or have changed:\n%1")
                               .arg(health->missingFiles.mid(0, 10).join(QLatin1Char('\n'))));
        else
            Q_EMIT notice(tr("Checked %1 items and %2 pictures: all is whole")
                              .arg(health->items)
                              .arg(health->pictures));
    });
}

void BoardController::compactBoard()
{
    if (!m_board)
        return;
    m_board->store()->compact().then(this, [this](const Result<qint64> &freed) {
        if (!freed)
            Q_EMIT problem(userText(freed.error()));
        else
            Q_EMIT notice(tr("The board's file is %1 smaller")
                              .arg(QLocale().formattedDataSize(std::max<qint64>(0, *freed))));
    });
}

void BoardController::collectLinked()
{
    if (m_board)
        m_board->collectLinked();
}

} // namespace moodloom::ui
