// What the user should know, oldest first: errors and notices stand until they are dismissed.
//
// UI thread.
#pragma once

#include "core/base/Error.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace moodloom::ui {

class Notices : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Workspace owns it")
    Q_PROPERTY(int count READ rowCount NOTIFY countChanged)
public:
    enum Role {
        MessageRole = Qt::UserRole, // QString
        SeriousRole                 // bool: an error
    };
    static constexpr int kMost = 3; // more would hide the work; the oldest goes

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    // Cancelled is passed over; what already stands there is not repeated.
    void add(const Error &error);
    Q_INVOKABLE void add(const QString &message, bool serious);
    Q_INVOKABLE void dismiss(int row);

Q_SIGNALS:
    void countChanged();

private:
    struct Notice
    {
        QString message;
        bool serious;
    };
    QVector<Notice> m_notices;
};

} // namespace moodloom::ui
