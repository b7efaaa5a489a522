// Goes on from a picture that tells how it was made: reads it, looks for what it names on this
// machine, and puts it to use in the active frame.
//
// QObject of the UI thread; borrows the session, which outlives it. Files are read on a Worker.
#pragma once

#include "core/origin/Reuse.h"

#include <QCoroTask>
#include <QObject>

#include <memory>

namespace moodloom::session {

class Session;

// What of it is wanted.
struct ReuseParts
{
    bool prompt = true;
    bool settings = true;
    bool seed = true;
    bool references = true;
};

class OriginDesk : public QObject
{
    Q_OBJECT
public:
    explicit OriginDesk(Session *session, QObject *parent = nullptr);
    ~OriginDesk() override;

    // Changes nothing. What was being read before is given up (Cancelled). Errors: NotFound (also:
    // it does not say how it was made), Unreadable, Unsupported.
    QCoro::Task<Result<origin::Reuse>> read(QString path);
    void stop();

    // One undo step of the board; a prompt that was typed and is in no step yet becomes one before.
    // References are pinned where they were in the picture; those of its shelf make room for them.
    void use(const origin::Reuse &reuse, ReuseParts parts);

private:
    QUuid frame();
    void place(const QVector<origin::FoundReference> &references, const QUuid &frame);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace moodloom::session
