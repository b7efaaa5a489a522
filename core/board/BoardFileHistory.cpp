// The steps of a board file that can be undone and redone.
#include "core/board/BoardFile.h"

#include "core/board/BoardRecords.h"

#include <algorithm>

namespace moodloom::board {
namespace {

// Steps come in lots: more than anybody undoes in a moment, not so many that opening would wait.
constexpr int mostSteps = 64;
constexpr qint64 mostBytes = 512 << 10; // packed

// Rows of step and data, in the order of the query. Errors: Corrupt (one is missing, too).
Result<std::vector<Command>> readSteps(Database &db, const QString &sql, qint64 number,
                                       qint64 first, int by)
{
    std::vector<Command> steps;
    auto statement = db.prepare(sql);
    if (!statement)
        return fail(statement.error());
    statement->bindAll({number});
    for (qint64 bytes = 0; int(steps.size()) < mostSteps && bytes < mostBytes;) {
        const auto more = statement->step();
        if (more && !*more)
            break;
        const bool next = more && statement->integer(0) == first + by * qint64(steps.size());
        const QByteArray data = next ? statement->blob(1) : QByteArray();
        auto step = next
                        ? stepFrom(data)
                        : Result<Command>(fail(ErrorCode::Corrupt, "history", "a step is missing"));
        if (!step) { // up to there it is whole
            if (steps.empty())
                return fail(step.error());
            break;
        }
        bytes += data.size();
        steps.push_back(std::move(*step));
    }
    return steps;
}

} // namespace

Result<HistoryPart> BoardFile::stepsBefore(qint64 number)
{
    auto steps = readSteps(
        *m_database,
        QStringLiteral("SELECT step, data FROM history WHERE step < ? ORDER BY step DESC"), number,
        number - 1, -1);
    if (!steps)
        return fail(steps.error());
    std::reverse(steps->begin(), steps->end());
    return HistoryPart{number - qint64(steps->size()), std::move(*steps)};
}

Result<HistoryPart> BoardFile::stepsFrom(qint64 number)
{
    auto steps = readSteps(
        *m_database, QStringLiteral("SELECT step, data FROM history WHERE step >= ? ORDER BY step"),
        number, number, 1);
    if (!steps)
        return fail(steps.error());
    return HistoryPart{number, std::move(*steps)};
}

Result<KeptHistory> BoardFile::history()
{
    KeptHistory history;
    if (m_readOnly || m_version < 7 || m_version > schemaVersion)
        return history;
    const auto position =
        m_database->value(QStringLiteral("SELECT value FROM setting WHERE name = ?"), {historyKey});
    const auto count = m_database->value(QStringLiteral("SELECT count(*) FROM history"));
    if (!position || !count)
        return fail(ErrorCode::Corrupt, "history");
    const auto done =
        position->isValid() ? valueFrom(position->toString()) : Result<QJsonValue>(QJsonValue(0));
    if (!done)
        return fail(done.error());
    history.count = count->toLongLong();
    history.position = done->toInteger(-1);
    if (history.position < 0 || history.position > history.count)
        return fail(ErrorCode::Corrupt, "history", "it ends before what was done");
    return history;
}

Result<void> BoardFile::writeHistory(std::span<const Commit> commits)
{
    // Of a step that grew while the disk was slow, only its last state is written.
    std::optional<qint64> from;
    std::vector<const Command *> steps; // those from the number `from` on
    for (const Commit &commit : commits) {
        if (!commit.history)
            continue;
        const HistoryEdit &edit = *commit.history;
        if (!from || edit.from < *from) {
            from = edit.from;
            steps.clear();
        }
        steps.resize(size_t(edit.from - *from));
        if (edit.step)
            steps.push_back(&*edit.step);
    }
    if (!from)
        return {};
    Database &db = *m_database;
    if (auto ok = db.run(QStringLiteral("DELETE FROM history WHERE step >= ?"), {*from}); !ok)
        return ok;
    for (size_t i = 0; i < steps.size(); ++i) {
        const qint64 number = *from + qint64(i);
        if (auto ok = db.run(QStringLiteral("INSERT INTO history VALUES(?,?)"),
                             {number, stepBytes(*steps[i])});
            !ok)
            return ok;
        for (const QString &hash : stepPictures(*steps[i]))
            if (auto ok = db.run(QStringLiteral("INSERT INTO history_picture VALUES(?,?)"),
                                 {number, hash});
                !ok)
                return ok;
    }
    return {};
}

} // namespace moodloom::board
