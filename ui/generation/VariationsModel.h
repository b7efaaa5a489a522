// A grid of takes: its two axes, what they can vary now, and how its painting goes.
//
// UI thread; borrows the session, which outlives it. The axes are kept with the active frame.
#pragma once

#include "ui/generation/VariationAxisModel.h"

#include <QCoroTask>
#include <QUuid>

namespace moodloom::board {
struct Frame;
}
namespace moodloom::session {
class Session;
}

namespace moodloom::ui {

class VariationsModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Workspace owns it")
    Q_PROPERTY(moodloom::ui::VariationAxisModel *across READ across CONSTANT)
    Q_PROPERTY(moodloom::ui::VariationAxisModel *down READ down CONSTANT)
    Q_PROPERTY(int cells READ cells NOTIFY changed)         // as chosen; 0 = nothing to paint
    Q_PROPERTY(QString size READ size NOTIFY changed)       // "3 × 4 = 12 pictures"
    Q_PROPERTY(QString problem READ problem NOTIFY changed) // why it did not begin, or empty
    Q_PROPERTY(bool painting READ isPainting NOTIFY progressChanged)
    Q_PROPERTY(QString progress READ progress NOTIFY progressChanged) // "3 of 12 painted", or empty
public:
    explicit VariationsModel(session::Session *session, QObject *parent = nullptr);

    VariationAxisModel *across() { return &m_across; }
    VariationAxisModel *down() { return &m_down; }
    int cells() const;
    QString size() const;
    QString problem() const { return m_problem; }
    bool isPainting() const;
    QString progress() const;

    // What can vary is looked at anew: the prompt, the references, the models.
    Q_INVOKABLE void refresh();
    Q_INVOKABLE bool paint(); // false: see `problem`
    Q_INVOKABLE void cancel();

Q_SIGNALS:
    void changed();
    void progressChanged();
    void finished(int painted, int cells);

private:
    QVector<VariationAxisModel::Target> targets() const;
    QCoro::Task<void> readLines(VariationAxisModel *axis, int target);
    const board::Frame *frame() const; // null = none
    void followBoard();
    void takeUp();
    void keep();

    session::Session *m_session;
    VariationAxisModel m_across, m_down;
    QString m_problem;
    QUuid m_frame; // whose axes are shown; null = none's
    session::VariationAxis m_keptAcross, m_keptDown; // with it
    QMetaObject::Connection m_following;
};

} // namespace moodloom::ui
