// What is selected goes to the clipboard in one form: the file, the pixels, or how it was made. And
// a take that comes back as a file is known.
#include "ui/board/BoardCanvas.h"

#include "core/export/TakeMetadata.h"
#include "core/origin/Origin.h"
#include "core/origin/TakeMatch.h"
#include "ui/controls/Clipboard.h"

#include <QtConcurrent>

namespace moodloom::ui {

using board::ItemId;

void BoardCanvas::copyFiles()
{
    copyWhenReady([this] {
        if (m_dragFiles.isEmpty())
            return;
        Clipboard::copyFiles(m_dragFiles);
        Q_EMIT told(tr("%n file(s) copied", nullptr, int(m_dragFiles.size())));
    });
}

void BoardCanvas::copyPixels()
{
    copyWhenReady([this] {
        if (m_dragImage.isNull())
            return;
        Clipboard::copyPixels(m_dragImage);
        Q_EMIT told(tr("Pixels copied"));
    });
}

void BoardCanvas::copyRecipe()
{
    if (!document() || selectedItems().size() != 1)
        return;
    const board::Item item = selectedItems().first();
    const board::FrameTake *take =
        item.frame() ? document()->take(item.frame()->shownTake) : nullptr;
    if (const auto recipe =
            take ? generation::recipeFromJson(take->recipe) : fail(ErrorCode::NotFound, {})) {
        Clipboard::copyRecipe(exporting::parametersText(*recipe),
                              exporting::recipeText(*recipe).toUtf8());
        Q_EMIT told(tr("Recipe copied"));
        return;
    }
    copyWhenReady([this] {
        if (m_dragFiles.isEmpty())
            return;
        QtConcurrent::run([path = m_dragFiles.first()] {
            return origin::readOriginText(path);
        }).then(this, [this](const QString &text) {
            if (text.isEmpty()) {
                Q_EMIT told(tr("This picture does not say how it was made"));
                return;
            }
            Clipboard::copyRecipe(text);
            Q_EMIT told(tr("Recipe copied"));
        });
    });
}

// Runs `copy` when the disk has given the selection's files and pixels.
void BoardCanvas::copyWhenReady(std::function<void()> copy)
{
    if (!document() || m_controller->selection().isEmpty())
        return;
    prepareFiles();
    const quint64 serial = m_dragSerial;
    connect(
        this, &BoardCanvas::filesPrepared, this,
        [this, serial, copy = std::move(copy)] {
            if (serial == m_dragSerial)
                copy();
        },
        Qt::SingleShotConnection);
}

// A file that is a take of this board is shown where it belongs; any other comes onto the board.
void BoardCanvas::importUnlessTake(const QString &path, QPointF at)
{
    board::Board *board = document();
    QVector<board::FrameTake> takes;
    for (const ItemId &frame : board->frames())
        takes += board->takes(frame);
    if (takes.isEmpty()) {
        board->importFiles({path}, at);
        return;
    }
    QtConcurrent::run([path, takes, store = board->store()] {
        const auto match = origin::matchTake(path, takes, *store);
        return match && match->same ? match->take : QString();
    }).then(this, [this, board = QPointer<board::Board>(board), path, at](const QString &id) {
        if (!board || board != document())
            return;
        const board::FrameTake *take = board->take(id);
        if (!take || !board->item(take->frame)) {
            board->importFiles({path}, at);
            return;
        }
        const ItemId frame = take->frame;
        board->showTake(frame, id);
        m_controller->select({frame});
        Q_EMIT told(tr("This is a take of this board: its frame shows it"));
    });
}

} // namespace moodloom::ui
