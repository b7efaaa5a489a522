// The prompt line: its text, its facets, and the three things it can do: find, paint, stop.
//
// UI thread; borrows the session, which outlives it.
#pragma once

#include "ui/prompt/FacetModel.h"

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

Q_SIGNALS:
    void textChanged();
    void busyChanged();

private:
    session::Session *m_session;
    FacetModel m_facets;
};

} // namespace moodloom::ui
