"""How articles attribute something to a platform in words, language by language: data for `mentions`."""

import re
from dataclasses import dataclass

ANY_X = "[XХ]"
"""The Latin letter, and the Cyrillic one that looks like it."""

PLACES: dict[str, str] = {
    "x": rf"(?:{ANY_X}(?=$|[\s,.;:!?)\"”»’'])(?! (?:Games|Factor|chromosome))|Twitter(?:ze|a|ie|u)?|Твит+ер[еуа]?|Тві?тт?ер[іуа]?)",
    "telegram": r"(?:Telegram(?:ie|mie|u|a|ie|і|і|-\w+|s)?|Телеграм+[еуиі]?)",
    "facebook": r"(?:Facebook(?:u|a|s)?|Фейсбу[кц][еуиіа]?)",
    "instagram": r"(?:Instagram(?:ie|u|a|s)?|Инстаграм+[еау]?|Інстаграм[іау]?)",
    "tiktok": r"(?:TikTok(?:u|a|s)?|ТикТок[еау]?|ТікТо[кц][іау]?)",
    "youtube": r"(?:You[Tt]ube)",
    "bluesky": r"(?:Bluesky)",
    "mastodon": r"(?:Mastodon)",
    "threads": r"(?:Threads)",
    "reddit": r"(?:Reddit)",
}
"""A platform's name where it stands as a place, with the endings that languages give it."""

OWN_WORDS: dict[str, str] = {
    "x": r"tweeted|retweeted|twitterte|twitterten|zatweetował\w*|tuiteó|tuitearon|ha twittato|затвит\w+|a tweeté"
    r"|(?i:in|with|via|deleted|posted|his|her|their|a|the|einem|dem|w|un|dans un|en un|in un) (?:\w+ ){0,2}(?:tweets?|tweecie|tweetcie|tuit|Tweet)\b",
}
"""Words that name the platform and the act in one."""

OWN_HINTS: dict[str, str] = {"x": r"(?i:tweet|twitter[tn]|tuit|twitt?ato|затвит)"}
"""What a sentence must hold to be worth the search for `OWN_WORDS`."""

NAMED_X = (
    r"\b(?:platform|site|network|Plattform|plateforme|plataforma|piattaforma|platformie|портал\w*|платформ\w+) [XХ]\b"
    r"|\b[XХ],? \(?(?:formerly|früher|ehemals|dawniej|anciennement|antes|ex|ранее|раніше)"
)
"""X named so that the letter cannot be anything else."""

DENIALS = re.compile(
    r"\b(?:follow (?:us|me|our)|share (?:this|on|via)|subscribe|like us|join us|folgen Sie|teilen Sie|obserwuj nas|suivez|síguenos|seguici|подпи\w+ на|підпи\w+ на)",
    re.IGNORECASE,
)

CREDIT = re.compile(
    r"^\W*(?:images? source|images?|photos?|pictures?|credits?|source|video|fot\.?|foto|bild|quelle|źródło|źródło zdjęć|zdjęcie|crédit|photo"
    r"|fuente|fonte|фото|джерело|источник|©)(?!\w)[^!?]{0,100}$",
    re.IGNORECASE,
)
CREDITED = re.compile(r"[,/:|©(–-]\s*(?:via )?(?P<name>X|Twitter|Telegram|Facebook|Instagram|TikTok|YouTube)\b(?!-)")


@dataclass(frozen=True, slots=True)
class Words:
    """One language: verbs of publishing, and what stands before a platform's name."""

    acts: str
    before: str


LANGUAGES: dict[str, Words] = {
    "en": Words(
        r"post(?:ed|s|ing)?|wrote|writes|written|writing|shar(?:ed|es|ing)|publish(?:ed|es|ing)?|upload(?:ed|s|ing)?|said|says|announced"
        r"|claimed|commented|stated|added|replied|responded|appeared|circulat(?:ed|ing)|message|statement|video",
        r"(?:on|to|via|through|over|in) (?:(?:his|her|its|their|the|a|social|media|network(?:ing)?|messaging|official|verified|app|service"
        r"|channel|platform|site|website|formerly)[ ,]+){0,5}",
    ),
    "de": Words(
        r"schrieb(?:en)?|schreibt|postete[n]?|gepostet|teilte[n]?|geteilt|veröffentlich\w+|erklärte|sagte|kommentierte|kündigte|hieß|Beitrag|Post",
        r"(?:auf|bei|über|via|in|im) (?:(?:der|dem|seinem|ihrem|sozialen|Kurznachrichtendienst|Kurznachrichtenplattform|Plattform|Netzwerk"
        r"|Online-Plattform|Online-Netzwerk|Onlinedienst|Onlineplattform|Nachrichtendienst|Messengerdienst|früher)[ ,]+){0,4}",
    ),
    "pl": Words(
        r"napisał\w*|pisze|opublikował\w*|zamieścił\w*|udostępnił\w*|poinformował\w*|przekazał\w*|skomentował\w*|oświadczył\w*|wpis\w*|nagrani\w*",
        r"(?:na|w|za pośrednictwem) (?:(?:platformie|portalu|serwisie|swoim|swojej|kanale|komunikatorze|mediach|społecznościowym|społecznościowej"
        r"|sieci|koncie)[ ,]+){0,4}",
    ),
    "fr": Words(
        r"écrit|écrivait|publié|publiait|posté|partagé|déclaré|indiqué|annoncé|affirmé|réagi|commenté|message|publication|vidéo",
        r"(?:sur|via) (?:(?:la|le|son|sa|réseau|social|plateforme|compte|chaîne|messagerie)[ ,]+){0,4}",
    ),
    "es": Words(
        r"escribió|escrib\w+|publicó|publicado|compartió|compartido|posteó|dijo|señaló|aseguró|anunció|afirmó|mensaje|publicación|vídeo|video",
        r"(?:en|a través de|por|vía) (?:(?:la|el|su|red|social|plataforma|cuenta|canal|de|mensajería)[ ,]+){0,5}",
    ),
    "it": Words(
        r"scritto|scrive|scriveva|pubblicato|pubblica|condiviso|postato|dichiarato|annunciato|commentato|messaggio|video",
        r"(?:su|sul|sulla|via|tramite) (?:(?:piattaforma|social|network|suo|sua|canale|profilo|rete)[ ,]+){0,4}",
    ),
    "uk": Words(
        r"написа\w+|пише|опубліку\w+|пошири\w+|повідоми\w+|зазначи\w+|заяви\w+|виклав|виклала|допис\w*|пост\w*",
        r"(?:у|в|на|через) (?:(?:соцмереж\w+|соціальн\w+|мереж\w+|платформ\w+|своєму|своїй|каналі|месенджері|сторінці)[ ,]+){0,4}",
    ),
    "ru": Words(
        r"написа\w+|пишет|опублико\w+|размести\w+|сообщи\w+|отмети\w+|заяви\w+|выложи\w+|поделил\w+|пост\w*|запис\w+",
        r"(?:в|на|через) (?:(?:соцсет\w+|социальн\w+|сет\w+|платформ\w+|своем|своём|своей|канале|мессенджере|странице)[ ,]+){0,4}",
    ),
}
