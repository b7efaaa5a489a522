#include "core/origin/Formats.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace moodloom::origin {
namespace {

constexpr qsizetype kLongest = 4 << 20;
constexpr qsizetype kMostPairs = 1000;

struct Pair
{
    QString name, value;
};

bool isNamePart(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u' ' || c == u'-' || c == u'/';
}

// Where the value that begins at `at` ends: at a comma, but not within quotes, nor within the
// brackets of JSON that stands there as it is.
qsizetype endOfValue(const QString &line, qsizetype at)
{
    const QChar first = at < line.size() ? line[at] : QChar();
    const bool isJson = first == u'[' || first == u'{';
    bool quoted = false;
    int depth = 0;
    for (qsizetype i = at; i < line.size(); ++i) {
        const QChar c = line[i];
        if (quoted) {
            if (c == u'\\')
                ++i;
            else if (c == u'"')
                quoted = false;
        } else if (c == u'"' && (isJson || i == at)) {
            quoted = true;
        } else if (isJson && (c == u'[' || c == u'{')) {
            ++depth;
        } else if (isJson && (c == u']' || c == u'}')) {
            --depth;
        } else if (c == u',' && depth <= 0) {
            return i;
        }
    }
    // A quote without its partner was a plain character.
    const qsizetype comma = quoted ? line.indexOf(u',', at) : -1;
    return comma < 0 ? line.size() : comma;
}

QString unquoted(const QString &value)
{
    if (value.size() < 2 || value.front() != u'"' || value.back() != u'"')
        return value;
    QString text;
    for (qsizetype i = 1; i + 1 < value.size(); ++i) {
        QChar c = value[i];
        if (c == u'\\' && i + 2 < value.size()) {
            c = value[++i];
            if (c == u'n')
                c = u'\n';
        }
        text += c;
    }
    return text;
}

// "Steps: 20, Sampler: Euler a, Lora hashes: "a: 1, b: 2"" in their order.
QVector<Pair> pairsOf(const QString &line)
{
    QVector<Pair> pairs;
    for (qsizetype at = 0; at < line.size() && pairs.size() < kMostPairs;) {
        qsizetype colon = at;
        while (colon < line.size() && isNamePart(line[colon]))
            ++colon;
        if (colon >= line.size() || line[colon] != u':') {
            const qsizetype comma = line.indexOf(u',', colon);
            at = comma < 0 ? line.size() : comma + 1;
            continue;
        }
        const QString name = line.mid(at, colon - at).trimmed();
        qsizetype begin = colon + 1;
        while (begin < line.size() && line[begin] == u' ')
            ++begin;
        const qsizetype end = endOfValue(line, begin);
        if (name.size() > 1)
            pairs.append({name, unquoted(line.mid(begin, end - begin).trimmed())});
        at = end + 1;
    }
    return pairs;
}

// How it was written down, which models its weights come from, and what other lines of it say.
bool isBookkeeping(const QString &name)
{
    static const QStringList names{"version",
                                   "model",
                                   "model hash",
                                   "lora hashes",
                                   "hashes",
                                   "vae hash",
                                   "ti hashes",
                                   "civitai resources",
                                   "civitai metadata",
                                   "sampler",
                                   "schedule type",
                                   "steps",
                                   "cfg scale",
                                   "seed",
                                   "size",
                                   "denoising strength",
                                   "created date",
                                   "template",
                                   "negative template",
                                   "rng",
                                   "user",
                                   "time",
                                   "pipeline",
                                   "app",
                                   "eta"};
    return names.contains(name.toLower());
}

QString valueOf(const QVector<Pair> &pairs, const char *name)
{
    for (const Pair &pair : pairs)
        if (pair.name.compare(QLatin1String(name), Qt::CaseInsensitive) == 0)
            return pair.value;
    return {};
}

void takeNumber(Origin &origin, const QVector<Pair> &pairs, const char *name,
                void (*take)(Origin &, double))
{
    const QString text = valueOf(pairs, name);
    if (text.isEmpty())
        return;
    bool ok = false;
    const double value = text.toDouble(&ok);
    if (ok && std::isfinite(value))
        take(origin, value);
    else
        origin.leave(Leftover::Kind::OutOfRange, QLatin1String(name) + QStringLiteral(": ") + text);
}

void takeSeed(Origin &origin, const QString &text)
{
    if (text.isEmpty())
        return;
    bool ok = false;
    const quint64 seed = text.toULongLong(&ok);
    if (ok)
        origin.seed = seed;
    else
        origin.leave(Leftover::Kind::OutOfRange, QStringLiteral("Seed: ") + text);
}

// "a: 1234, b: 5678" -> the digits of a LoRA's file.
QString hashOf(const QString &hashes, const QString &name)
{
    for (const Pair &pair : pairsOf(hashes))
        if (pair.name.compare(name, Qt::CaseInsensitive) == 0)
            return pair.value;
    return {};
}

void takeSettings(Origin &origin, const QVector<Pair> &pairs)
{
    takeNumber(origin, pairs, "Steps", takeSteps);
    takeNumber(origin, pairs, "CFG scale", takeGuidance);
    takeSeed(origin, valueOf(pairs, "Seed"));
    static const QRegularExpression pixels(QStringLiteral("^(\\d{1,6})\\s*[xX×]\\s*(\\d{1,6})$"));
    if (const QString text = valueOf(pairs, "Size"); !text.isEmpty()) {
        const auto match = pixels.match(text);
        if (match.hasMatch())
            takeSize(origin, match.captured(1).toInt(), match.captured(2).toInt());
        else
            origin.leave(Leftover::Kind::OutOfRange, QStringLiteral("Size: ") + text);
    }
    if (const QString name = valueOf(pairs, "Sampler"); !name.isEmpty())
        takeSampler(origin, name, valueOf(pairs, "Schedule type"));
    const QString model = valueOf(pairs, "Model"), hash = valueOf(pairs, "Model hash");
    if (!model.isEmpty() || !hash.isEmpty())
        origin.model = NamedWeights{model, hash, 1};
    const bool twice = std::any_of(pairs.begin(), pairs.end(), [](const Pair &pair) {
        return pair.name.startsWith(QLatin1String("Hires"));
    });
    if (twice)
        origin.leave(Leftover::Kind::MorePasses, QStringLiteral("Hires fix"));
    else if (!valueOf(pairs, "Denoising strength").isEmpty())
        origin.leave(Leftover::Kind::StartPicture, {});
    for (const Pair &pair : pairs)
        if (pair.name == QLatin1String("TI hashes"))
            for (const Pair &embedding : pairsOf(pair.value))
                origin.leave(Leftover::Kind::Embedding, embedding.name);
        else if (!isBookkeeping(pair.name) && !pair.name.startsWith(QLatin1String("Hires")) &&
                 !(pair.name == QLatin1String("Clip skip") && pair.value == QLatin1String("1")))
            origin.leave(Leftover::Kind::Setting, pair.name + QStringLiteral(": ") + pair.value);
}

// SwarmUI: {"sui_image_params": {"prompt": ..., "cfgscale": 7, ...}}.
std::optional<Origin> fromSwarm(const QString &text)
{
    const QJsonObject values = QJsonDocument::fromJson(text.toUtf8())
                                   .object()[QLatin1String("sui_image_params")]
                                   .toObject();
    if (!values[QLatin1String("prompt")].isString())
        return std::nullopt;
    Origin origin;
    origin.program = QStringLiteral("SwarmUI");
    origin.prompt = withoutNetworks(values[QLatin1String("prompt")].toString(), origin);
    origin.negativePrompt = values[QLatin1String("negativeprompt")].toString();
    QVector<Pair> pairs;
    for (const auto &[theirs, name] :
         {std::pair("steps", "Steps"), std::pair("cfgscale", "CFG scale"),
          std::pair("seed", "Seed"), std::pair("sampler", "Sampler"),
          std::pair("scheduler", "Schedule type"), std::pair("model", "Model")})
        if (const QJsonValue value = values[QLatin1String(theirs)]; !value.isUndefined())
            pairs.append({QLatin1String(name), value.toVariant().toString()});
    takeSettings(origin, pairs);
    if (values.contains(QLatin1String("width")))
        takeSize(origin, values[QLatin1String("width")].toDouble(),
                 values[QLatin1String("height")].toDouble());
    if (values.contains(QLatin1String("initimagecreativity")))
        origin.leave(Leftover::Kind::StartPicture, {});
    leaveMarks(origin);
    return origin;
}

} // namespace

QString withoutNetworks(const QString &prompt, Origin &origin)
{
    static const QRegularExpression tag(
        QStringLiteral("<(lora|lyco|hypernet):([^:<>\\n]{1,200})((?::[^:<>\\n]{0,40}){0,4})>"),
        QRegularExpression::CaseInsensitiveOption);
    QString words;
    qsizetype at = 0;
    auto matches = tag.globalMatch(prompt);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        words += QStringView(prompt).mid(at, match.capturedStart() - at);
        at = match.capturedEnd();
        bool ok = match.captured(3).isEmpty();
        const double scale =
            ok ? 1 : match.captured(3).section(QLatin1Char(':'), 1, 1).trimmed().toDouble(&ok);
        const bool isLora =
            match.captured(1).compare(QLatin1String("hypernet"), Qt::CaseInsensitive) != 0;
        if (isLora && ok && std::abs(scale) <= 4)
            origin.loras.append({match.captured(2).trimmed(), {}, scale});
        else
            origin.leave(Leftover::Kind::Setting, match.captured(0));
    }
    words += QStringView(prompt).mid(at);
    return words.trimmed();
}

std::optional<Origin> fromParameters(const QString &text)
{
    if (text.size() > kLongest)
        return std::nullopt;
    if (text.trimmed().startsWith(u'{'))
        return fromSwarm(text);
    QStringList lines = text.trimmed().split(u'\n');
    const auto isSettings = [](const QString &line) {
        const QVector<Pair> pairs = pairsOf(line);
        return !valueOf(pairs, "Steps").isEmpty() && pairs.size() >= 3;
    };
    // Some programs write further lines behind.
    qsizetype last = lines.size() - 1;
    while (last >= 0 && !isSettings(lines[last]))
        --last;
    if (last < 0)
        return std::nullopt; // any caption would be a prompt else
    const QVector<Pair> pairs = pairsOf(lines[last]);
    QStringList prompt, negative;
    bool isNegative = false;
    static const auto mark = QStringLiteral("Negative prompt:");
    for (const QString &line : lines.first(last)) {
        if (!isNegative && line.trimmed().startsWith(mark)) {
            isNegative = true;
            negative << line.trimmed().mid(mark.size()).trimmed();
        } else {
            (isNegative ? negative : prompt) << line;
        }
    }
    Origin origin;
    const QString version = valueOf(pairs, "Version");
    origin.program = version.startsWith(QLatin1String("Moodloom")) ? version
                     : version.startsWith(u'f') ? QStringLiteral("Forge %1").arg(version)
                     : version.isEmpty()        ? QStringLiteral("Stable Diffusion WebUI")
                                         : QStringLiteral("Stable Diffusion WebUI %1").arg(version);
    origin.program.truncate(80);
    origin.prompt = withoutNetworks(prompt.join(u'\n'), origin);
    origin.negativePrompt = withoutNetworks(negative.join(u'\n'), origin);
    const QString hashes = valueOf(pairs, "Lora hashes");
    for (NamedWeights &lora : origin.loras)
        lora.hash = hashOf(hashes, lora.name);
    takeSettings(origin, pairs);
    leaveMarks(origin);
    return origin;
}

} // namespace moodloom::origin
