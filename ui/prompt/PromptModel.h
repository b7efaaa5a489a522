// The prompt line: its text, its facets, and the three things it can do: find, paint, stop.
//
// UI thread; borrows the session, which outlives it.
#pragma once

#include "ui/controls/DropContent.h"
#include "ui/prompt/FacetModel.h"

#include <QCoroTask>
#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace moodloom::session {
class Session;
}

namespace moodloom::ui {

class PromptModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Workspace owns it")
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged)
    Q_PROPERTY(moodloom::ui::FacetModel *facets READ facets CONSTANT)
    Q_PROPERTY(bool finding READ isFinding NOTIFY busyChanged)
    Q_PROPERTY(bool painting READ isPainting NOTIFY busyChanged)
    Q_PROPERTY(bool empty READ isEmpty NOTIFY textChanged)
public:
    explicit PromptModel(session::Session *session, QObject *parent = nullptr);

    QString text() const;
    void setText(const QString &text);
    FacetModel *facets() { return &m_facets; }
    bool isFinding() const;
    bool isPainting() const;
    bool isEmpty() const;

    // With an empty prompt nothing happens.
    Q_INVOKABLE void find();
    // Queues a take; may be pressed again while one is painted.
    Q_INVOKABLE void paint();
    // Ends all painting, within one step.
    Q_INVOKABLE void stop();
    Q_INVOKABLE void setExcluded(int facet, bool excluded);
    // Makes an asset of the library a pinned reference of this facet.
    Q_INVOKABLE void bindAsset(qint64 asset, int facet);
    // What was dropped on this facet: pictures become its pinned references, words are written
    // after it.
    Q_INVOKABLE void bind(const moodloom::ui::DropContent &content, int facet);

Q_SIGNALS:
    void textChanged();
    void busyChanged();

private:
    QCoro::Task<void> adopt(DropContent content, int facet);
    void writeAfter(int facet, const QString &words);

    session::Session *m_session;
    FacetModel m_facets;
};

} // namespace moodloom::ui
