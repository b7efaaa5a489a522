// Sheets: pictures and labels that come together, each at its place.
#include "core/base/Text.h"
#include "core/board/Board.h"
#include "core/board/Sheet.h"

#include <algorithm>

namespace moodloom::board {
namespace {

// Opaque and calm: it says what the pictures are, and is none.
constexpr QColor kLabelPaper(0x3a, 0x3a, 0x3e);
constexpr double kLabelScale = 2.4; // to be read where the pictures are seen as a whole

} // namespace

int Board::addSheet(const Sheet &sheet)
{
    if (m_readOnly) {
        Q_EMIT refused(*m_readOnly);
        return 0;
    }
    struct Arriving
    {
        Sheet sheet;
        QVector<std::optional<Result<StoredPicture>>> pictures;
        qsizetype waiting = 0;
    };
    const int job = ++m_jobs;
    auto arriving = std::make_shared<Arriving>();
    arriving->sheet = sheet;
    arriving->pictures.resize(sheet.cells.size());
    arriving->waiting = sheet.cells.size();
    const auto place = [this, arriving, job] {
        QVector<ItemId> ids;
        QStringList problems;
        Transaction transaction(this, arriving->sheet.name);
        if (m_depth == 0)
            return;
        qint64 z = frontZ();
        const auto item = [&](QPointF centre) {
            Item one;
            one.id = ItemId::createUuid();
            one.centre = centre;
            one.z = ++z;
            return one;
        };
        for (const Sheet::Label &label : arriving->sheet.labels) {
            Item one = item(label.rect.center());
            one.scale = kLabelScale;
            one.content = Note{label.text, kLabelPaper, label.rect.size() / kLabelScale};
            ids.append(one.id);
            put(std::move(one));
        }
        for (qsizetype i = 0; i < arriving->pictures.size(); ++i) {
            const Result<StoredPicture> &read = *arriving->pictures[i];
            if (!read) {
                problems.append(userText(read.error()));
                continue;
            }
            const Sheet::Cell &cell = arriving->sheet.cells[i];
            Item one = item(cell.rect.center());
            Picture picture;
            picture.hash = read->hash;
            picture.size = read->size;
            picture.caption = cell.caption;
            picture.touched = true; // a result: a search leaves it alone, and it acts on nothing
            one.scale = std::min(cell.rect.width() / std::max(1, picture.size.width()),
                                 cell.rect.height() / std::max(1, picture.size.height()));
            one.content = picture;
            ids.append(one.id);
            put(std::move(one));
            m_arriving.push_back(*read);
        }
        transaction.commit();
        Q_EMIT imported(job, ids, problems);
    };
    for (qsizetype i = 0; i < sheet.cells.size(); ++i)
        m_store->prepareBytes(sheet.cells[i].encoded)
            .then(this, [this, arriving, place, i](const Result<StoredPicture> &read) {
                arriving->pictures[i] = read;
                // Never before the caller knows the job, even when the disk was that quick.
                if (--arriving->waiting == 0)
                    QMetaObject::invokeMethod(this, place, Qt::QueuedConnection);
            });
    return job;
}

} // namespace moodloom::board
