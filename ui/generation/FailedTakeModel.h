// What could not be painted for the frame that is worked on, newest first, and where else on this
// board something failed.
//
// UI thread; borrows the session, which outlives it.
#pragma once

#include "core/session/FailedTakes.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>
#include <QVariantMap>

namespace moodloom::session {
class Session;
}

namespace moodloom::ui {

class FailedTakeModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("TakeModel owns it")
    Q_PROPERTY(int count READ count NOTIFY changed)
    // Of the board that is shown: QString by the id of the frame.
    Q_PROPERTY(QVariantMap byFrame READ byFrame NOTIFY changed)
public:
    enum Role {
        IdRole = Qt::UserRole, // QString
        TitleRole,             // QString: what is missing
        MessageRole,           // QString: why, and what to do
        BriefRole,             // QString: the same, files by their names instead of paths
        CanTryAgainRole        // bool
    };

    explicit FailedTakeModel(session::Session *session, QObject *parent = nullptr);

    int count() const { return int(m_failed.size()); }
    QVariantMap byFrame() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    Q_INVOKABLE void tryAgain(const QString &id); // the same, seed and all
    Q_INVOKABLE void copy(const QString &id);     // what it says, as text
    Q_INVOKABLE void dismiss(const QString &id);

    void retranslate();

Q_SIGNALS:
    void changed();

private:
    void update();

    session::Session *m_session;
    QVector<session::FailedTake> m_failed;
};

} // namespace moodloom::ui
