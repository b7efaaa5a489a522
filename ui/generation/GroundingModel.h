// Which facets of its prompt the chosen take shows, one a row, and what can be done about those
// that it does not.
//
// UI thread; borrows the session, which outlives it.
#pragma once

#include "core/generation/Take.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace moodloom::session {
class Session;
}

namespace moodloom::ui {

class GroundingModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("TakeModel owns it")
    Q_PROPERTY(int count READ count NOTIFY changed)
    Q_PROPERTY(bool checked READ isChecked NOTIFY changed)   // what follows is known
    Q_PROPERTY(bool checking READ isChecking NOTIFY changed) // or waits for it
    // Why it is not known, or what is missing could not be looked up; empty = nothing failed.
    Q_PROPERTY(QString problem READ problem NOTIFY changed)
    // The facets that lookUpMissing() would look up; empty = none.
    Q_PROPERTY(QString lacking READ lacking NOTIFY changed)
public:
    enum Role {
        TextRole = Qt::UserRole, // QString: the facet's, or the note's
        NoteRole,                // bool
        ShownRole,               // QString: found, weak, missing, unchecked
        WordRole,                // the same in the user's language
        FiguresRole              // QString: why
    };

    explicit GroundingModel(session::Session *session, QObject *parent = nullptr);

    // Null: none is chosen.
    void show(const generation::Take *take);

    int count() const { return m_check ? int(m_check->facets.size()) : 0; }
    bool isChecked() const { return m_check.has_value(); }
    bool isChecking() const;
    QString problem() const;
    QString lacking() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    Q_INVOKABLE void check();
    Q_INVOKABLE void stop();
    Q_INVOKABLE void dismissProblem();
    // Looks up what is lacking alone, and paints again; told() says what was found, or why nothing is looked up.
    Q_INVOKABLE void lookUpMissing();
    void retranslate();

Q_SIGNALS:
    void changed();
    void told(const QString &message); // in words for the user

private:
    session::Session *m_session;
    QString m_take;
    std::optional<generation::GroundingCheck> m_check;
};

} // namespace moodloom::ui
