#include "core/grounding/Report.h"

#include "core/base/SafeFile.h"
#include "core/grounding/ReportTables.h"

#include <QJsonDocument>

#include <algorithm>

namespace moodloom::grounding {
namespace {

QString aligned(const Lines &lines)
{
    QVector<qsizetype> widths;
    for (const QStringList &line : lines)
        for (qsizetype i = 0; i < line.size(); ++i) {
            if (widths.size() <= i)
                widths.append(0);
            widths[i] = std::max(widths[i], line[i].size());
        }
    QString text;
    for (const QStringList &line : lines) {
        QString row;
        for (qsizetype i = 0; i < line.size(); ++i)
            row += line[i].leftJustified(widths[i] + 2);
        while (row.endsWith(QLatin1Char(' ')))
            row.chop(1);
        text += row + QLatin1Char('\n');
    }
    return text;
}

QString htmlTable(const Lines &lines)
{
    QString html = QStringLiteral("<table>\n");
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString tag = i == 0 ? QStringLiteral("th") : QStringLiteral("td");
        html += QStringLiteral("<tr>");
        for (const QString &cell : lines[i])
            html += QStringLiteral("<%1>%2</%1>").arg(tag, cell.toHtmlEscaped());
        html += QStringLiteral("</tr>\n");
    }
    return html + QStringLiteral("</table>\n");
}

QString picture(const QString &file, const QString &caption, bool small = false)
{
    return QStringLiteral("<figure%3><img src=\"%1\" alt=\"\"><figcaption>%2</figcaption></figure>")
        .arg(file.toHtmlEscaped(), caption.toHtmlEscaped(),
             small ? QStringLiteral(" class=\"small\"") : QString());
}

// "design, main colour": what the judge holds against it.
QString faults(const Trial &trial, const Painting &painting)
{
    QStringList wrong;
    for (const auto &[measure, name] :
         {std::pair{Measure::Identified, "design"}, std::pair{Measure::Family, "family"},
          std::pair{Measure::MainColour, "colour"}, std::pair{Measure::SecondColour, "2nd colour"},
          std::pair{Measure::Pattern, "pattern"}, std::pair{Measure::Place, "place"},
          std::pair{Measure::Time, "time"}, std::pair{Measure::Relation, "relation"}})
        if (measured(measure, trial, painting).value_or(1) < 0.5)
            wrong.append(QLatin1String(name));
    return wrong.isEmpty() ? QStringLiteral("all right")
                           : QStringLiteral("wrong: ") + wrong.join(QStringLiteral(", "));
}

QString htmlTrial(const Outcome &outcome, int index)
{
    const Trial &trial = outcome.trials[size_t(index)];
    QString html;
    for (int c = 0; c < conditionCount; ++c)
        for (const Language language : {Language::English, Language::Chinese}) {
            QString cell;
            QVector<QString> references;
            for (const Painting &painting : outcome.paintings)
                if (painting.trial == index && painting.condition == Condition(c) &&
                    painting.language == language) {
                    if (painting.take < 2)
                        cell += picture(painting.file, faults(trial, painting));
                    references = painting.references;
                }
            if (cell.isEmpty())
                continue;
            QString shown;
            for (const QString &file : references)
                shown += picture(file, QStringLiteral("reference"), true);
            html += QStringLiteral("<div class=\"cell\"><h4>%1%2</h4>%3%4</div>")
                        .arg(nameOf(Condition(c)),
                             language == Language::Chinese ? QStringLiteral(" (zh)") : QString(),
                             cell, shown);
        }
    if (html.isEmpty())
        return {};
    return QStringLiteral("<section><h3>%1</h3><p>%2</p><div class=\"row\">%3</div></section>\n")
        .arg(trial.en.toHtmlEscaped(), trial.zh.toHtmlEscaped(), html);
}

} // namespace

QString textReport(const Outcome &outcome)
{
    QString text = headline(outcome) + QStringLiteral("\n\n");
    for (const Lines &lines : {mainLines(outcome), controlLines(outcome), retrievalLines(outcome),
                               checkLines(outcome), promiseLines(outcome)})
        if (lines.size() > 1)
            text += aligned(lines) + QLatin1Char('\n');
    return text.trimmed() + QLatin1Char('\n');
}

QString htmlReport(const Outcome &outcome)
{
    QString html = QStringLiteral(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Grounding</title><style>"
        "body{font:14px/1.4 sans-serif;margin:24px;background:#222;color:#ddd}"
        "table{border-collapse:collapse;margin:12px 0;font-size:12px}"
        "td,th{border:1px solid #444;padding:3px 8px;text-align:left;white-space:nowrap}"
        "h3{margin:28px 0 0}h4{margin:4px 0;font-size:12px}p{margin:2px 0 8px;color:#aaa}"
        ".row{display:flex;gap:12px;overflow-x:auto}.cell{flex:0 0 auto;width:136px}"
        "figure{margin:0 0 8px}img{width:128px;display:block}.small img{width:64px}"
        "figcaption{font-size:11px;color:#aaa;width:128px}</style>\n<h1>Grounding</h1>\n");
    html += QStringLiteral("<p>%1</p>\n").arg(headline(outcome).toHtmlEscaped());
    html += QStringLiteral(
        "<p>\"drawn\" is the judge's own accuracy on fresh drawings of the truth, \"decoded\" the "
        "same after the model's autoencoder: the most that painting can reach.</p>\n");
    for (const Lines &lines : {promiseLines(outcome), mainLines(outcome), controlLines(outcome),
                               retrievalLines(outcome), checkLines(outcome)})
        if (lines.size() > 1)
            html += htmlTable(lines);
    for (int i = 0; i < int(outcome.trials.size()); ++i) {
        if (i == 0 || outcome.trials[size_t(i)].group != outcome.trials[size_t(i - 1)].group)
            html += QStringLiteral("<h2>%1</h2>\n").arg(nameOf(outcome.trials[size_t(i)].group));
        html += htmlTrial(outcome, i);
    }
    return html + QStringLiteral("</html>\n");
}

Result<void> writeReport(const Outcome &outcome)
{
    const std::string folder = outcome.options.folder.toStdString();
    for (const auto &[name, content] :
         {std::pair{"/report.html", htmlReport(outcome).toUtf8()},
          std::pair{"/report.json", QJsonDocument(jsonReport(outcome)).toJson()},
          std::pair{"/report.txt", textReport(outcome).toUtf8()}})
        if (auto written = writeFileSafely(folder + name, content.toStdString()); !written)
            return written;
    return {};
}

} // namespace moodloom::grounding
