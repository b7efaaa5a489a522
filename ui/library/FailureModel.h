// The files that could not be imported, each with the reason.
//
// UI thread; borrows the service, which outlives it.
#pragma once

#include "core/session/LibraryService.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace moodloom::ui {

class FailureModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("LibraryModel owns it")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
public:
    enum Role {
        PathRole = Qt::UserRole, // QString
        NameRole,                // QString: the file's name
        ReasonRole               // QString: for the user
    };

    explicit FailureModel(session::LibraryService *library, QObject *parent = nullptr);

    int count() const { return int(m_failures.size()); }
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    // All of it as text, to be copied.
    Q_INVOKABLE QString asText() const;
    // Asks again; comes by itself after an import.
    Q_INVOKABLE void refresh();

Q_SIGNALS:
    void countChanged();

private:
    QCoro::Task<void> fetch();

    session::LibraryService *m_library;
    QVector<session::ImportFailure> m_failures;
};

} // namespace moodloom::ui
