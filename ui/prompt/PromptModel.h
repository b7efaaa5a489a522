// The prompt line: its text, its facets, and the three things it can do: find, paint, stop.
//
// UI thread; borrows the session, which outlives it.
#pragma once

#include "core/board/StepName.h"
#include "ui/controls/DropContent.h"
#include "ui/prompt/FacetModel.h"
#include "ui/prompt/PromptHistory.h"

#include <QCoroTask>
#include <QObject>
#include <QQuickTextDocument>
#include <QStringList>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include <optional>

namespace moodloom::session {
class Session;
}

namespace moodloom::prompt {
struct ChipEdit;
}

namespace moodloom::ui {

class PromptModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Workspace owns it")
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged)
    Q_PROPERTY(moodloom::ui::FacetModel *facets READ facets CONSTANT)
    Q_PROPERTY(moodloom::ui::PromptHistory *history READ history CONSTANT)
    Q_PROPERTY(bool finding READ isFinding NOTIFY busyChanged)
    Q_PROPERTY(bool painting READ isPainting NOTIFY busyChanged)
    Q_PROPERTY(bool empty READ isEmpty NOTIFY textChanged)
public:
    explicit PromptModel(session::Session *session, QObject *parent = nullptr);

    QString text() const;
    void setText(const QString &text);
    FacetModel *facets() { return &m_facets; }
    PromptHistory *history() { return &m_history; }
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

    // The same for a picture of the board: its hash, and its file where there is one.
    Q_INVOKABLE void bindPicture(const QString &hash, const QString &path, int facet);
    Q_INVOKABLE void unbind(qint64 asset);

    // -- Chips; each is one step that the board undoes. False: the words do not allow it.
    Q_INVOKABLE bool moveChip(int from, int to);
    Q_INVOKABLE bool mergeChips(int one, int other);
    Q_INVOKABLE bool canMerge(int one, int other) const;
    // {place, left, right} for each gap between words where it can become two.
    Q_INVOKABLE QVariantList splitPlaces(int facet) const;
    Q_INVOKABLE bool splitChip(int facet, int place);
    // Its words count more (steps > 0) or less in searching and painting, by tenths.
    Q_INVOKABLE bool weighChip(int facet, int steps);
    // The same of words of the prompt: {text, start, length} of it then, or nothing.
    Q_INVOKABLE static QVariant weighed(const QString &text, int start, int length, int steps);
    Q_INVOKABLE void undo(); // on the board
    Q_INVOKABLE void redo();

    // A prompt from what pictures are called: those of these items of the board, without any the pinned
    // references, without these all of the board. In the language of the prompt, else of the interface.
    // Empty = there is nothing to tell.
    Q_INVOKABLE QString described(const QStringList &items) const;
    // Writes over all of a text field, in one step that the field undoes.
    Q_INVOKABLE static void overwrite(QQuickTextDocument *document, const QString &text);

Q_SIGNALS:
    void textChanged();
    void busyChanged();

private:
    QCoro::Task<void> adopt(DropContent content, int facet);
    void writeAfter(int facet, const QString &words);
    QCoro::Task<void> adoptFile(QString hash, QString path, int facet);
    bool edit(const std::optional<prompt::ChipEdit> &edited, const board::StepName &name);
    std::optional<prompt::ChipEdit> merged(int one, int other) const;

    session::Session *m_session;
    FacetModel m_facets;
    PromptHistory m_history;
};

} // namespace moodloom::ui
