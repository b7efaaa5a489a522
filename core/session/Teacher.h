// Teaches a model the user's own pictures in the background: training::fineTune() with its curve,
// its samples and its end as a state that the interface shows.
//
// QObject of the UI thread. A Worker of its own reads the pictures and teaches; going away stops
// it, and what was learnt is saved.
#pragma once

#include "core/base/Error.h"

#include <QObject>
#include <QPointF>
#include <QStringList>
#include <QVector>

#include <memory>
#include <optional>

namespace moodloom::session {

struct TeachRequest
{
    QString folder; // of captioned pictures
    QString model;  // folder or single file; empty = the built-in one
    QString out;    // the LoRA, NAME.safetensors; its folder is made
    double minutes = 15;
    bool adapter = true; // also how the model sees references, where it has an IP-Adapter
    bool goOn = false;   // with the run that made `out`
};

struct TeachState
{
    enum class Phase { Idle, Reading, Loading, Teaching, Stopping, Stopped, Finished, Failed };
    Phase phase = Phase::Idle;
    int pictures = 0, captioned = 0; // read; those whose caption is more than their name
    int leftOut = 0;                 // pictures that cannot be read
    double share = 0;                // 0..1 of loading, or of the time
    qint64 step = 0;                 // of the whole run
    double samplesPerSecond = 0;
    QVector<QPointF> curve; // step and loss of the same noise; of this run
    QStringList samples;    // the newest pictures, files
    QString lora, adapter;  // files that were written; empty = none
    std::optional<Error> error;
};

class Teacher : public QObject
{
    Q_OBJECT
public:
    explicit Teacher(QObject *parent = nullptr);
    ~Teacher() override;

    const TeachState &state() const;
    bool isBusy() const; // Reading to Stopping

    // Does nothing while it is busy.
    void start(const TeachRequest &request);
    void stop(); // saves first

    // There is a run that can go on.
    static bool canGoOn(const QString &out);

Q_SIGNALS:
    void changed();
    void finished(const QString &lora); // written whole, or stopped and written

private:
    template <class Change> void later(Change change);
    void end(const TeachState &state);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace moodloom::session
