// How a board comes to its file: every edit at once, and the whole document to another place.
#include "core/board/Autosave.h"
#include "core/board/Board.h"

#include <QFileInfo>

namespace moodloom::board {

Board::SaveState Board::saveState() const
{
    if (m_readOnly)
        return SaveState::ReadOnly;
    if (m_saveError)
        return SaveState::NotSaved;
    return m_acknowledged < m_revision ? SaveState::Saving : SaveState::Saved;
}

void Board::send(Commit commit)
{
    commit.revision = ++m_revision;
    const quint64 revision = m_revision;
    m_store->write(std::move(commit)).then(this, [this, revision](const Result<void> &result) {
        written(revision, result);
    });
    Q_EMIT saveStateChanged();
}

void Board::written(quint64 revision, const Result<void> &result)
{
    if (result) {
        m_saveError.reset();
        m_retry.stop();
        if (revision > m_acknowledged) {
            m_acknowledged = revision;
            Q_EMIT acknowledged(revision);
        }
    } else if (result.error().code != ErrorCode::Cancelled) {
        m_saveError = result.error();
        if (!m_retry.isActive())
            m_retry.start();
    }
    Q_EMIT saveStateChanged();
}

void Board::retrySaving()
{
    const quint64 revision = m_revision;
    m_store->flush().then(this, [this, revision](const Result<void> &result) {
        written(revision, result);
    });
}

void Board::saveAs(const QString &path)
{
    if (m_readOnly && m_readOnly->code == ErrorCode::NewerVersion) {
        Q_EMIT saveFailed(*m_readOnly);
        return;
    }
    const quint64 revision = m_revision;
    m_store->moveTo(path, m_untitled).then(this, [this, path, revision](const Result<void> &moved) {
        if (!moved) {
            Q_EMIT saveFailed(moved.error());
            return;
        }
        m_path = QFileInfo(path).absoluteFilePath();
        m_untitled = isAutosave(m_path);
        m_readOnly.reset();
        written(revision, {});
        Q_EMIT titleChanged();
        Q_EMIT saved(m_path);
    });
}

} // namespace moodloom::board
