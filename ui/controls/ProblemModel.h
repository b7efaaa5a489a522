// What went wrong at one place, for its panel.
//
// UI thread; borrows the problems, which outlive it.
#pragma once

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace moodloom {
class Problems;
}

namespace moodloom::ui {

class ProblemModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The model of its panel owns it")
    Q_PROPERTY(int count READ rowCount NOTIFY changed)
public:
    enum Role { MessageRole = Qt::UserRole }; // QString: what happened, and what to do

    explicit ProblemModel(Problems *problems, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    Q_INVOKABLE void dismiss(int row);
    void retranslate();

Q_SIGNALS:
    void changed();

private:
    Problems *m_problems;
    int m_rows = 0; // as they were told last
};

} // namespace moodloom::ui
