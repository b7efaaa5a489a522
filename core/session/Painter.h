// Paints recipes one after another on the device's Worker and tells how it goes.
//
// QObject of the UI thread. Previews are latest-wins: a slow reader never slows the sampler.
#pragma once

#include "core/base/Result.h"
#include "core/generation/Take.h"

#include <QObject>
#include <QStringList>
#include <QUuid>

#include <memory>

namespace moodloom::session {

class Painter : public QObject
{
    Q_OBJECT
public:
    explicit Painter(QObject *parent = nullptr);
    ~Painter() override;

    // Queues a recipe under an id that the signals carry (see newJob()).
    void paint(const QString &job, const generation::Recipe &recipe);
    static QString newJob();
    void cancel(const QString &job); // within one step; the takes that are done stay
    void cancelAll();

    // See generation::Generator::setPreviewDecoders(); for the pictures that are not begun.
    void setPreviewDecoders(const QStringList &paths);

    bool isBusy() const;
    int waiting() const;             // jobs behind the running one
    const QString &current() const;  // the running job, or empty
    const generation::StepInfo &step() const;
    double secondsLeft() const;      // of all queued work; -1 = not known yet, or nothing to do

Q_SIGNALS:
    void queueChanged();
    void stepped(const QString &job, const moodloom::generation::StepInfo &info);
    void finished(const QString &job, const moodloom::generation::Take &take);
    void cancelled(const QString &job);
    void failed(const QString &job, const moodloom::Error &error);

private:
    void startNext();
    void showStep(const QString &job, const generation::StepInfo &info);
    void finish(const QString &job, const Result<generation::Take> &result);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace moodloom::session

