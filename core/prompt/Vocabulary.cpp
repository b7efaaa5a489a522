#include "core/prompt/Vocabulary.h"

#include "core/prompt/Segmenter.h"

#include <QHash>
#include <QSet>

#include <algorithm>

namespace moodloom::prompt {
namespace {

struct Terms
{
    Role role;
    const char16_t *list; // separated by "|"
};

constexpr Terms table[] = {
    {Role::Relation,
     u"above|over|below|beneath|underneath|behind|beside|besides|next to|close to|in front of|ahead of|on top of|"
     u"atop|between|opposite|facing|beyond|outside|outside of|towards|toward|away from|past|off|onto|upon|up|down|"
     u"to the left of|to the right of|on the left of|on the right of|on the left|on the right|left of|right of|"
     u"in the background|in the foreground|in the middle of|in the middle|in the center of|in the centre of|"
     u"at the foot of|at the top of|surrounded by|covered in|covered with|full of|made of|followed by|side by side|"
     u"with|and|or|plus|versus|vs|while|as|that|which|where|who|is|are|was|were|be|being|has|have|having|from|to|"
     u"飞跃|飞越|跃过|越过|跳过|跨过|跨越|穿过|穿越|驶过|开过|经过|飞过|掠过|冲过|跑过|走过|翻过|跳跃|腾跃|一跃|"
     u"跳上|冲向|飞向|驶向|开往|开向|走向|奔向|跑向|飘过|漂过|划过|跃|越|过|跳|"
     u"位于|停在|停靠|停靠在|站在|坐在|躺在|飞在|浮在|漂在|飘在|放在|挂在|立在|建在|跑在|走在|游在|悬浮|悬浮在|"
     u"漂浮|漂浮在|飘浮|靠近|紧挨|紧挨着|挨着|靠着|倚着|矗立|矗立在|耸立在|行驶|行驶在|飞行|飞翔|停放|停放在|"
     u"上方|上面|上空|之上|顶上|顶部|下方|下面|之下|底下|旁边|旁|身旁|一旁|边上|左边|右边|左侧|右侧|左面|右面|"
     u"前面|前方|之前|身前|面前|前边|后面|后方|之后|背后|身后|后边|里面|里边|外面|之外|中间|之间|周围|四周|附近|"
     u"对面|远处|近处|和|与|跟|及|以及|还有|同|并|并且|或|或者|而|带着|带有|带|有|拿着|抱着|举着|骑着|开着|牵着|"
     u"背着|穿着|戴着|追着|追逐|看着|望着|面对|面对着|面向|朝着|俯瞰|环绕|围绕|被|把|将|从|向|朝|往|到|对|是|着|"
     u"上|下|里|中|前|后|内|外|并排|正在|正|以|用|配|配上|加|加上"},
    {Role::Verb,
     u"leaping|leaps|leap|leaping over|leaps over|jumping|jumps|jumping over|jumps over|jumping across|flying|"
     u"flying over|flying above|hovering|hovers|floating|floats|drifting|sailing|gliding|driving|riding|racing|"
     u"rushing|speeding|crossing|crosses|passing|passes|parked|parking|standing|stands|sitting|sits|seated|lying|"
     u"lies|resting|placed|hanging|leaning|walking|walks|running|swimming|swims|climbing|climbs|chasing|chases|"
     u"holding|holds|carrying|carries|wearing|wears|pulling|pushing|looking|looking at|watching|overlooking|"
     u"towering|rising|falling|set|set against|located"},
    {Role::Place,
     u"at|in|on|by|near|nearby|during|under|through|across|along|amid|amidst|among|against|within|inside|into|"
     u"around|before|after|在|于|处于|置于"},
    {Role::Negation, u"without|no|not|without any|excluding|except|没有|无|不要|不含|不带|别有|除了"},
    {Role::Article,
     u"a|an|one|some|several|many|few|a few|a lot of|lots of|two|three|four|five|six|seven|eight|nine|ten|my|your|"
     u"his|her|their|our|its|this|these|those|another|each|every|a pair of|a group of|a couple of|pair of|"
     u"一些|许多|很多|几个|这个|那个|这|那|我的|他的|她的|它的"},
    {Role::The, u"the"},
    {Role::Of, u"of"},
    {Role::Particle, u"的|地|得|了|之|们"},
    {Role::Time,
     u"sunset|sundown|sunrise|dusk|dawn|twilight|night|nighttime|night time|midnight|noon|midday|morning|evening|"
     u"afternoon|daytime|daylight|day|golden hour|blue hour|full moon|moonlight|starlight|spring|summer|autumn|"
     u"winter|rain|snowfall|snowstorm|fog|mist|storm|thunderstorm|blizzard|sandstorm|sunshine|night sky|"
     u"starry night|starry sky|sunny day|rainy day|"
     u"日落|日落时|日落时分|落日|夕阳|夕阳下|夕阳西下|黄昏|傍晚|日出|日出时|日出时分|清晨|早晨|黎明|拂晓|破晓|夜晚|夜里|夜间|"
     u"夜色|夜空|夜景|夜幕|深夜|午夜|晚上|月夜|星夜|星空|星空下|月光|月光下|月下|正午|中午|白天|白昼|下午|晴天|雨天|雪天|雨中|雪中|"
     u"雾中|大雪|暴雨|下雨|下雪|暴风雪|沙尘暴|春天|春日|夏天|夏日|秋天|秋日|冬天|冬日|冬季|夏季|秋季|春季|阳光下|晚霞|朝霞|霞光"},
    {Role::Scene,
     u"desert|deserts|sea|seas|ocean|oceans|seaside|seashore|beach|beaches|snow|snowfield|city|cities|cityscape|"
     u"skyline|downtown|town|village|countryside|forest|forests|woods|jungle|rainforest|meadow|meadows|grassland|"
     u"prairie|savanna|savannah|tundra|swamp|wasteland|outer space|space|underwater|under water|under the sea|above the clouds|over the clouds|autumn park|wilderness|coast|coastline|"
     u"沙漠|沙漠里|沙漠中|戈壁|沙丘|大海|海上|海边|海里|海中|海面|海面上|海底|海滩|海滨|海岸|海洋|沙滩|沙滩上|海滩上|云海之上|水下|水底|"
     u"雪地|雪地里|雪地上|雪原|雪景|冰原|冰雪|城市|城市里|城市中|都市|城里|市区|街道|街上|街头|小镇|乡村|村庄|田野|田园|"
     u"森林|森林里|森林中|树林|树林里|丛林|雨林|草原|草原上|草地|草地上|原野|荒野|山谷|山间|山中|山里|山谷中|山谷里|天空|天空中|天上|"
     u"空中|云端|云海|太空|月球|月球上|宇宙|外太空|湖边|湖面|湖面上|湖上|河边|江边|水面|水面上|室内|室外|野外|"
     u"公园里|房间里|街上|路上|马路上|公路上|山上|水中|水里|水上|云中|云上|田里|河里|河上|湖里|湖中|草丛里|院子里|屋顶上|桌上|桌子上|地上|花园里|厨房里"},
    {Role::SceneNoun,
     u"sky|skies|clouds|mountains|mountain|hills|hill|valley|lake|river|street|road|highway|garden|room|kitchen|"
     u"bedroom|studio|harbour|harbor|port|field|fields|cave|island|pond|shore|bay|water|air|distance|sun|moon|stars|"
     u"moonlit|lights|light|park|parks|moonscape|indoors|outdoors|horizon|grass|sand|ice|rooftop|square|market|alley|waves|"
     u"海|雪|夜|夜晚|沙|林|城|雾|雨|晚|天|湖|河|山|云|空|街|花园|公园|房间|月球上|厨房|港口|"
     u"云层|草丛|院子|屋顶|阳光|雾气"},
    {Role::Tint,
     u"red|orange|yellow|green|blue|purple|violet|pink|brown|black|white|grey|gray|gold|golden|silver|cyan|teal|"
     u"turquoise|crimson|scarlet|beige|cream|ivory|navy|indigo|magenta|olive|maroon|mint|coral|amber|lilac|lavender|"
     u"dark|bright|light blue|dark blue|light green|dark green|pale|deep|warm|cold|cool|calm|quiet|gentle|silent|wild|"
     u"endless|vast|open|wide|snowy|rainy|foggy|misty|sunny|cloudy|stormy|starry|windy|sandy|moonlit|sunlit|clear|"
     u"busy|empty|lonely|early|late|soft|thick|heavy|light snow|autumnal|frozen|icy|"
     u"红|红色|橙色|橘色|橘红色|黄色|绿色|蓝色|青色|紫色|粉色|粉红|粉红色|棕色|褐色|黑色|白色|灰色|金色|银色|米色|深蓝色|"
     u"浅蓝色|天蓝色|深绿色|浅绿色|墨绿色|暗红色|彩色|黑|白|蓝|绿|黄|紫|灰|金|银"},
    {Role::Style,
     u"line art|lineart|line drawing|line work|paper cut|papercut|cut paper|cut out paper|paper cutout|"
     u"paper craft|papercraft|watercolour|watercolor|oil painting|pixel art|neon night|night neon|neon lights|neon glow|"
     u"flat design|flat style|flat colour|flat color|flat colours|flat colors|flat vector|flat illustration|vector art|"
     u"ink wash|ink painting|clay model|clay style|clay render|plasticine|low poly|lowpoly|cel shaded|cel shading|ukiyo e|art deco|art nouveau|pop art|"
     u"pencil sketch|charcoal drawing|charcoal|pastel drawing|gouache|stained glass|woodcut|linocut|screen print|"
     u"risograph|comic book|cyberpunk|steampunk|vaporwave|synthwave|impressionism|impressionist|cubism|cubist|"
     u"minimalism|art brut|blueprint|isometric|origami style|claymation|photorealistic|photorealism|"
     u"线稿|线描|线条画|白描|简笔画|剪纸|剪纸画|剪纸风|剪纸风格|纸艺|水彩|水彩画|水彩风|水彩风格|黏土|黏土画|黏土风格|粘土|粘土风格|线描画|霓虹画|油画|水墨|水墨画|水墨风|国画|"
     u"工笔画|版画|木刻|素描|漫画|动漫|卡通|像素|像素画|像素风|霓虹|霓虹夜|霓虹风|霓虹风格|霓虹夜景|赛博朋克|蒸汽波|扁平|扁平风|"
     u"扁平风格|扁平化|扁平插画|扁平化风格|低多边形|浮世绘|极简|极简主义|插画|矢量|矢量图|矢量插画|波普艺术|写实|印象派|"
     u"等距|复古|手绘|彩铅"},
    {Role::StyleHint,
     u"flat|neon|vector|minimalist|minimal|minimalistic|retro|vintage|cartoon|cartoonish|anime|manga|abstract|"
     u"surreal|realistic|ink|oil|pencil|pastel|comic|glowing|sketchy|hand drawn|handdrawn|geometric|graphic|clay|"
     u"cinematic|monochrome|black and white|noir|silhouette|clean|simple|origami"},
    {Role::StyleHead,
     u"style|styled|art|artwork|illustration|illustrations|painting|drawing|sketch|poster|print|render|rendering|"
     u"design|look|aesthetic|graphics|collage|engraving|etching|风格|画风|风|画|图|画面|海报|质感"},
    {Role::StyleOf, u"in the style of|in a style of|style of|inspired by|in the manner of"},
    {Role::Filler,
     u"picture of|a picture of|an image of|image of|photo of|a photo of|photograph of|a photograph of|a scene of|"
     u"scene of|a view of|view of|scene with|picture|image|photo|photograph|scene|masterpiece|best quality|"
     u"high quality|highly detailed|very detailed|ultra detailed|detailed|high resolution|hd|uhd|4k|8k|please|"
     u"there|show|draw|paint me|very|really|just|only|also|then|it|them|they|he|she|him|something|"
     u"画一幅|画一张|一幅画|图片|照片|高清|高质量|最佳质量|杰作|大师作品|超高清|精细|细节丰富|请|请画|生成|很|非常|一个场景|场景"},
};

struct Index
{
    QHash<QString, Role> roles;
    int longestTerm = 0;
    int longestHanTerm = 0;

    Index()
    {
        for (const Terms &terms : table) {
            const QString list = QString::fromUtf16(terms.list);
            for (const QString &term : list.split(u'|')) {
                if (roles.contains(term))
                    continue; // what stands first in the table counts
                roles.insert(term, terms.role);
                if (startsWithHan(term))
                    longestHanTerm = std::max(longestHanTerm, int(term.size()));
                else
                    longestTerm = std::max(longestTerm, int(term.count(u' ')) + 1);
            }
        }
    }
};

const Index &index()
{
    static const Index instance;
    return instance;
}

QSet<QString> among(QStringView terms)
{
    const QStringList list = terms.toString().split(u'|');
    return {list.begin(), list.end()};
}

} // namespace

Role roleOf(const QString &folded)
{
    return index().roles.value(folded, Role::Word);
}

bool isConjunction(const QString &folded)
{
    static const QSet<QString> words = among(
        u"and|or|plus|versus|vs|while|as|和|与|跟|及|以及|还有|同|并|并且|或|或者|而|加|加上");
    return folded.isEmpty() || words.contains(folded); // "&" and "+" fold to nothing
}

bool isPostposition(const QString &folded)
{
    static const QSet<QString> words = among(
        u"上方|上面|上空|之上|顶上|顶部|下方|下面|之下|底下|旁边|旁|身旁|一旁|边上|左边|右边|左侧|右侧|左面|右面|"
        u"前面|前方|之前|身前|面前|前边|后面|后方|之后|背后|身后|后边|里面|里边|外面|之外|中间|之间|周围|四周|附近|"
        u"对面|远处|近处|上|下|里|中|前|后|内|外|着");
    return words.contains(folded);
}

bool isConnector(Role role)
{
    return role == Role::Break || role == Role::Relation || role == Role::Place
           || role == Role::Negation || role == Role::Article || role == Role::StyleOf
           || role == Role::Filler;
}

bool isSetting(Role role) { return role == Role::Time || role == Role::Scene; }

bool isStyle(Role role)
{
    return role == Role::Style || role == Role::StyleHint || role == Role::StyleHead;
}

bool isNeutral(Role role)
{
    return role == Role::Article || role == Role::The || role == Role::Of || role == Role::Particle;
}

int longestTerm()
{
    return index().longestTerm;
}

int longestHanTerm()
{
    return index().longestHanTerm;
}

} // namespace moodloom::prompt
