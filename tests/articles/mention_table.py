"""Sentences of nine languages that attribute something to a platform, and what must be read from each.

The article is of Thursday, 20 June 2024. `day` is the day that the sentence tells, as a date of that June (May: negative numbers are
not used; a pair gives month and day). All people are invented.
"""

from typing import NamedTuple


class Told(NamedTuple):
    """One sentence, and what it tells."""

    language: str
    sentence: str
    platform: str
    author: str | None = None
    quote: str | None = None
    """How the quotation begins."""
    day: tuple[int, int] | None = None
    media: str | None = None
    handle: str | None = None


TOLD = [
    # English
    Told("en", "Anton Demchuk posted the farewell video on platform X.", "x", "Anton Demchuk", media="video"),
    Told(
        "en",
        "“The bridge stands,” Mayor Ola Brenner wrote on X on Wednesday.",
        "x",
        "Ola Brenner",
        "The bridge stands",
        (6, 19),
    ),
    Told("en", "In a tweet on Tuesday, Harold Finchley called the plan reckless.", "x", "Harold Finchley", day=(6, 18)),
    Told(
        "en",
        "Mira Talwar, a veteran who organised the march, wrote on X that the crowd would return.",
        "x",
        "Mira Talwar",
    ),
    Told("en", "Talwar’s recent tweet about the flood was shared widely.", "x", "Talwar"),
    Told(
        "en",
        "The clip was posted on Telegram by Serhii Kolodko late on Monday.",
        "telegram",
        "Serhii Kolodko",
        day=(6, 17),
        media="video",
    ),
    Told(
        "en",
        "Sharing photos of the quay on Instagram, Lena Marsh said she was lost for words.",
        "instagram",
        "Lena Marsh",
        media="photo",
    ),
    Told(
        "en",
        "Joss Whitlow tweeted yesterday: “We are not leaving.”",
        "x",
        "Joss Whitlow",
        "We are not leaving",
        (6, 19),
    ),
    Told(
        "en",
        "Whitlow took to Twitter to blame the council for having “sold the park twice over”.",
        "x",
        "Whitlow",
        "sold the park twice over",
    ),
    Told("en", "Here’s a sample from the official Northport Rovers Twitter account:", "x", "Northport Rovers"),
    Told("en", "Twitter user @quaywatcher said the water rose in minutes.", "x", None, handle="quaywatcher"),
    Told(
        "en",
        "“Everyone is safe,” the airline said in a post on X, formerly Twitter, on 18 June.",
        "x",
        None,
        "Everyone is safe",
        (6, 18),
    ),
    Told(
        "en",
        "On Facebook, Pastor Dean Holloway uploaded a video of the fire.",
        "facebook",
        "Dean Holloway",
        media="video",
    ),
    Told(
        "en", "A video shared on TikTok by Nia Okoro shows the roof coming off.", "tiktok", "Nia Okoro", media="video"
    ),
    Told(
        "en", "Kestrel Air announced on X three days ago that flights were grounded.", "x", "Kestrel Air", day=(6, 17)
    ),
    Told(
        "en",
        "Writing on his Telegram channel, Governor Petro Hnatiuk said two people were hurt.",
        "telegram",
        "Petro Hnatiuk",
    ),
    Told(
        "en",
        "Dr. Ines Quill, the hospital’s director, later apologised in a thread on Bluesky.",
        "bluesky",
        "Ines Quill",
    ),
    Told(
        "en",
        "“I have never been so proud,” Tomas Reyl posted on Threads last night.",
        "threads",
        "Tomas Reyl",
        "I have never been so proud",
        (6, 19),
    ),
    Told("en", "Footage posted to Reddit shows a car on the tracks.", "reddit", None, media="video"),
    Told(
        "en",
        "The singer Odile Vance announced the news on Instagram on June 14.",
        "instagram",
        "Odile Vance",
        day=(6, 14),
    ),
    Told("en", "Minutes later Brenner deleted the tweet.", "x", "Brenner"),
    Told("en", "“Nobody told us,” replied Edda Lunt on X.", "x", "Edda Lunt", "Nobody told us"),
    Told(
        "en",
        "In a YouTube video, Carla Mendes explained how the lock was opened.",
        "youtube",
        "Carla Mendes",
        media="video",
    ),
    Told("en", "Demchuk shared a screenshot of the letter via Mastodon.", "mastodon", "Demchuk", media="photo"),
    Told("en", "Lena Marsh wrote on X earlier this week that she would sue.", "x", "Lena Marsh", day=(6, 13)),
    Told(
        "en",
        "“Shameful,” wrote opposition leader Harold Finchley on Facebook.",
        "facebook",
        "Harold Finchley",
        "Shameful",
    ),
    # German
    Told(
        "de",
        "„Die Brücke steht“, schrieb Bürgermeisterin Ola Brenner am Mittwoch auf X.",
        "x",
        "Ola Brenner",
        "Die Brücke steht",
        (6, 19),
    ),
    Told("de", "Das Video postete Anton Demtschuk auf der Plattform X.", "x", "Anton Demtschuk", media="video"),
    Told("de", "Jonas Wehrle teilte auf Instagram ein Foto vom Ufer.", "instagram", "Jonas Wehrle", media="photo"),
    Told(
        "de",
        "In einem Video auf TikTok entschuldigte sich Mara Lindt für den Auftritt.",
        "tiktok",
        "Mara Lindt",
        media="video",
    ),
    Told("de", "Wehrle twitterte am Dienstag: „Wir bleiben hier.“", "x", "Wehrle", "Wir bleiben hier", (6, 18)),
    Told(
        "de",
        "Auf Facebook veröffentlichte Pfarrer Klaus Dornhof eine Videobotschaft.",
        "facebook",
        "Klaus Dornhof",
        media="video",
    ),
    Told(
        "de",
        "Wie Gouverneur Petro Hnatjuk auf Telegram mitteilte, schrieb er am 18. Juni einen Beitrag dazu.",
        "telegram",
        "Petro Hnatjuk",
        day=(6, 18),
    ),
    Told("de", "Der Verein gratulierte gestern in einem Post auf X.", "x", None, day=(6, 19)),
    Told(
        "de",
        "„Alle sind in Sicherheit“, hieß es in einem Beitrag von Kestrel Air auf X.",
        "x",
        "Kestrel Air",
        "Alle sind in Sicherheit",
    ),
    Told(
        "de",
        "Beim Kurznachrichtendienst X schrieb Edda Lunt vor zwei Tagen, niemand habe sie gefragt.",
        "x",
        "Edda Lunt",
        day=(6, 18),
    ),
    Told("de", "Lindts Tweet wurde tausendfach geteilt.", "x", "Lindt"),
    Told(
        "de", "Auf seinem Telegram-Kanal zeigte Kolodko Aufnahmen des Einschlags.", "telegram", "Kolodko", media="video"
    ),
    Told(
        "de", "Ines Quill, die Direktorin der Klinik, schrieb auf Bluesky, es gehe allen gut.", "bluesky", "Ines Quill"
    ),
    Told("de", "Der Sänger Tom Reyl kündigte die Absage via Instagram an.", "instagram", "Tom Reyl"),
    # Polish
    Told("pl", "Anton Demczuk opublikował nagranie z pożegnania na platformie X.", "x", "Anton Demczuk", media="video"),
    Told("pl", "„Most stoi” – napisała w środę na Twitterze Ola Brenner.", "x", "Ola Brenner", "Most stoi", (6, 19)),
    Told(
        "pl", "Minister Jan Kowalewicz napisał na X, że decyzja zapadła we wtorek.", "x", "Jan Kowalewicz", day=(6, 18)
    ),
    Told("pl", "Piosenkarka Odeta Wans pokazała zdjęcia na Instagramie.", "instagram", "Odeta Wans", media="photo"),
    Told("pl", "Na Facebooku proboszcz Piotr Dorny zamieścił film z pożaru.", "facebook", "Piotr Dorny", media="video"),
    Told("pl", "Petro Hnatiuk poinformował na Telegramie, że dwie osoby są ranne.", "telegram", "Petro Hnatiuk"),
    Told("pl", "We wpisie na platformie X klub Północ Port podziękował kibicom.", "x", "Północ Port"),
    Told(
        "pl",
        "Kowalewicz zatweetował wczoraj: „Nie odejdziemy stąd”.",
        "x",
        "Kowalewicz",
        "Nie odejdziemy stąd",
        (6, 19),
    ),
    Told("pl", "Nagranie udostępniła na TikToku Nia Okoro.", "tiktok", "Nia Okoro", media="video"),
    Told(
        "pl",
        "„Wszyscy są bezpieczni” – przekazały linie Kestrel Air w serwisie X 18 czerwca.",
        "x",
        "Kestrel Air",
        "Wszyscy są bezpieczni",
        (6, 18),
    ),
    Told("pl", "Edda Lunt, rzeczniczka szpitala, napisała na X, że nikt jej nie pytał.", "x", "Edda Lunt"),
    Told("pl", "Trzy dni temu Demczuk opublikował na Telegramie wpis o moście.", "telegram", "Demczuk", day=(6, 17)),
    Told(
        "pl", "Na Instagramie Odeta Wans pochwaliła się zdjęciami z koncertu.", "instagram", "Odeta Wans", media="photo"
    ),
    # French
    Told("fr", "« Le pont tient », a écrit Ola Brenner mercredi sur X.", "x", "Ola Brenner", "Le pont tient", (6, 19)),
    Told(
        "fr", "Anton Demtchouk a publié la vidéo des adieux sur la plateforme X.", "x", "Anton Demtchouk", media="video"
    ),
    Told("fr", "La maire a réagi mardi dans un message sur Facebook.", "facebook", None, day=(6, 18)),
    Told("fr", "Odile Vance a partagé des photos sur Instagram.", "instagram", "Odile Vance", media="photo"),
    Told(
        "fr",
        "Sur Twitter, Jean Marsac a dénoncé « une farce de mauvais goût ».",
        "x",
        "Jean Marsac",
        "une farce de mauvais goût",
    ),
    Told(
        "fr",
        "Le gouverneur Petro Hnatiouk a indiqué sur Telegram que deux personnes étaient blessées.",
        "telegram",
        "Petro Hnatiouk",
    ),
    Told("fr", "Marsac a tweeté hier : « Nous restons. »", "x", "Marsac", "Nous restons", (6, 19)),
    Told(
        "fr", "Une vidéo publiée sur TikTok par Nia Okoro montre le toit arraché.", "tiktok", "Nia Okoro", media="video"
    ),
    Told("fr", "Le tweet de Jean Marsac a été supprimé.", "x", "Jean Marsac"),
    Told(
        "fr",
        "Inès Quille, directrice de la clinique, a annoncé sur Bluesky que tous étaient sains et saufs.",
        "bluesky",
        "Inès Quille",
    ),
    Told(
        "fr",
        "« Personne ne nous a rien dit », a commenté Edda Lunt sur X le 18 juin.",
        "x",
        "Edda Lunt",
        "Personne ne nous a rien dit",
        (6, 18),
    ),
    Told(
        "fr", "Il y a deux jours, Kestrel Air a annoncé sur X la suspension des vols.", "x", "Kestrel Air", day=(6, 18)
    ),
    # Spanish
    Told(
        "es", "Anton Demchuk publicó el vídeo de la despedida en la red social X.", "x", "Anton Demchuk", media="video"
    ),
    Told(
        "es",
        "«El puente aguanta», escribió el miércoles Ola Brenner en X.",
        "x",
        "Ola Brenner",
        "El puente aguanta",
        (6, 19),
    ),
    Told("es", "La alcaldesa Rosa Quintero compartió fotos en Instagram.", "instagram", "Rosa Quintero", media="photo"),
    Told("es", "En su cuenta de X, Julián Portal aseguró que nadie le consultó.", "x", "Julián Portal"),
    Told("es", "Portal tuiteó ayer: «No nos vamos de aquí».", "x", "Portal", "No nos vamos de aquí", (6, 19)),
    Told("es", "El gobernador Petro Hnatiuk informó en Telegram de dos heridos.", "telegram", "Petro Hnatiuk"),
    Told(
        "es",
        "A través de Facebook, el párroco Tomás Dorna subió un vídeo del incendio.",
        "facebook",
        "Tomás Dorna",
        media="video",
    ),
    Told("es", "Un vídeo publicado en TikTok por Nia Okoro muestra el tejado.", "tiktok", "Nia Okoro", media="video"),
    Told("es", "El tuit de Julián Portal fue borrado.", "x", "Julián Portal"),
    Told("es", "La aerolínea anunció el 18 de junio en Twitter la cancelación de los vuelos.", "x", None, day=(6, 18)),
    Told("es", "Edda Lunt, portavoz del hospital, escribió en X que todos estaban a salvo.", "x", "Edda Lunt"),
    Told("es", "Hace tres días, Kestrel Air publicó en X un comunicado.", "x", "Kestrel Air", day=(6, 17)),
    # Italian
    Told(
        "it",
        "Anton Demchuk ha pubblicato il video dell'addio sulla piattaforma X.",
        "x",
        "Anton Demchuk",
        media="video",
    ),
    Told(
        "it", "«Il ponte regge», ha scritto mercoledì Ola Brenner su X.", "x", "Ola Brenner", "Il ponte regge", (6, 19)
    ),
    Told(
        "it", "Su Instagram, Livia Marsani ha condiviso le foto del molo.", "instagram", "Livia Marsani", media="photo"
    ),
    Told(
        "it",
        "Il sindaco Carlo Vestri ha risposto ieri in un post su Facebook.",
        "facebook",
        "Carlo Vestri",
        day=(6, 19),
    ),
    Told("it", "Vestri ha twittato: «Noi restiamo qui».", "x", "Vestri", "Noi restiamo qui"),
    Told(
        "it",
        "Il governatore Petro Hnatiuk ha annunciato su Telegram che due persone sono ferite.",
        "telegram",
        "Petro Hnatiuk",
    ),
    Told("it", "Un video pubblicato su TikTok da Nia Okoro mostra il tetto.", "tiktok", "Nia Okoro", media="video"),
    Told("it", "Il tweet di Carlo Vestri è stato cancellato.", "x", "Carlo Vestri"),
    Told("it", "Tre giorni fa Kestrel Air ha annunciato su X lo stop ai voli.", "x", "Kestrel Air", day=(6, 17)),
    Told("it", "Edda Lunt, portavoce dell'ospedale, ha scritto su X che stanno tutti bene.", "x", "Edda Lunt"),
    Told(
        "it",
        "«Nessuno ci ha avvisati», ha commentato Livia Marsani su Twitter il 18 giugno.",
        "x",
        "Livia Marsani",
        "Nessuno ci ha avvisati",
        (6, 18),
    ),
    Told(
        "it", "Il tenore Aldo Ferri ha postato su Facebook un video dal molo.", "facebook", "Aldo Ferri", media="video"
    ),
    # Portuguese
    Told("pt", "Anton Demchuk publicou o vídeo da despedida na plataforma X.", "x", "Anton Demchuk", media="video"),
    Told(
        "pt",
        "“A ponte aguenta”, escreveu Ola Brenner no X na quarta-feira.",
        "x",
        "Ola Brenner",
        "A ponte aguenta",
        (6, 19),
    ),
    Told("pt", "A prefeita Rosa Quintal compartilhou fotos no Instagram.", "instagram", "Rosa Quintal", media="photo"),
    Told("pt", "Em sua conta no Twitter, Davi Portela afirmou que ninguém o consultou.", "x", "Davi Portela"),
    Told("pt", "Portela tuitou ontem: “Não vamos sair daqui”.", "x", "Portela", "Não vamos sair daqui", (6, 19)),
    Told("pt", "O governador Petro Hnatiuk informou no Telegram que há dois feridos.", "telegram", "Petro Hnatiuk"),
    Told("pt", "Um vídeo publicado no TikTok por Nia Okoro mostra o telhado.", "tiktok", "Nia Okoro", media="video"),
    Told("pt", "O padre Tomé Dorna postou no Facebook um vídeo do incêndio.", "facebook", "Tomé Dorna", media="video"),
    Told("pt", "Há três dias, a Kestrel Air anunciou no X a suspensão dos voos.", "x", "Kestrel Air", day=(6, 17)),
    Told("pt", "Edda Lunt, porta-voz do hospital, escreveu no X que todos estão bem.", "x", "Edda Lunt"),
    Told(
        "pt",
        "Na terça-feira, Livia Marsal lamentou o acidente em uma publicação no Instagram.",
        "instagram",
        "Livia Marsal",
        day=(6, 18),
    ),
    # Ukrainian
    Told("uk", "Антон Демчук опублікував відео прощання на платформі X.", "x", "Антон Демчук", media="video"),
    Told("uk", "«Міст стоїть», – написала в середу Оля Бреннер у X.", "x", "Оля Бреннер", "Міст стоїть", (6, 19)),
    Told("uk", "Голова області Петро Гнатюк повідомив у Telegram про двох поранених.", "telegram", "Петро Гнатюк"),
    Told(
        "uk",
        "У своєму Телеграм-каналі Сергій Колодко показав кадри влучання.",
        "telegram",
        "Сергій Колодко",
        media="video",
    ),
    Told("uk", "Співачка Одета Ванс поділилася світлинами в Instagram.", "instagram", "Одета Ванс", media="photo"),
    Told("uk", "Демчук затвітив учора: «Ми звідси не підемо».", "x", "Демчук", "Ми звідси не підемо", (6, 19)),
    Told("uk", "У Facebook отець Петро Дорний виклав відео пожежі.", "facebook", "Петро Дорний", media="video"),
    Told("uk", "Едда Лунт, речниця лікарні, написала у Фейсбуці, що всі живі.", "facebook", "Едда Лунт"),
    Told("uk", "Клуб подякував уболівальникам у дописі в Твіттері 18 червня.", "x", None, day=(6, 18)),
    Told(
        "uk", "Відео в TikTok опублікувала Нія Окоро три дні тому.", "tiktok", "Нія Окоро", day=(6, 17), media="video"
    ),
    # Russian
    Told("ru", "Антон Демчук опубликовал видео прощания в соцсети X.", "x", "Антон Демчук", media="video"),
    Told("ru", "«Мост стоит», — написала в среду Оля Бреннер в X.", "x", "Оля Бреннер", "Мост стоит", (6, 19)),
    Told("ru", "Губернатор Пётр Гнатюк сообщил в Telegram о двух пострадавших.", "telegram", "Пётр Гнатюк"),
    Told(
        "ru", "В своём Телеграм-канале Сергей Колодко показал кадры удара.", "telegram", "Сергей Колодко", media="video"
    ),
    Told("ru", "Певица Одета Ванс поделилась снимками в Instagram.", "instagram", "Одета Ванс", media="photo"),
    Told("ru", "Колодко затвитил вчера: «Мы отсюда не уйдём».", "x", "Колодко", "Мы отсюда не уйдём", (6, 19)),
    Told("ru", "В Facebook отец Пётр Дорный выложил видео пожара.", "facebook", "Пётр Дорный", media="video"),
    Told("ru", "Эдда Лунт, пресс-секретарь больницы, написала в Твиттере, что все живы.", "x", "Эдда Лунт"),
    Told("ru", "Авиакомпания объявила 18 июня в X об отмене рейсов.", "x", None, day=(6, 18)),
    Told(
        "ru", "Ролик в TikTok опубликовала Ния Окоро три дня назад.", "tiktok", "Ния Окоро", day=(6, 17), media="video"
    ),
]

CREDITS = [
    ("Images source: © DPN, X", "x", None),
    ("Screenshot: X/@quaywatcher", "x", "quaywatcher"),
    ("Foto: Telegram/Kolodko", "telegram", None),
    ("Fot. PNA, Facebook", "facebook", None),
    ("Photo: Nia Okoro/TikTok", "tiktok", None),
    ("Bild: Screenshot Instagram", None, None),
    ("Bildquelle: DPN / Instagram", "instagram", None),
    ("Crédit photo : Twitter/@vance_odile", "x", "vance_odile"),
    ("Фото: Telegram / Петро Гнатюк", "telegram", None),
    ("Fonte: Instagram", "instagram", None),
]

NOT_TOLD = [
    ("en", "Malcolm X said on Tuesday that he wrote the book."),
    ("en", "The X-ray was posted on the wall of the ward."),
    ("en", "Solve for X on page 3, it said."),
    ("en", "X said on Monday that it would appeal."),
    ("en", "Follow us on X and Facebook, where we posted more."),
    ("en", "The company Twitter was sold."),
    ("en", "Generation X wrote on paper."),
    ("en", "The robin's tweet was heard all over the garden."),
    ("en", "Two birds tweeted in the hedge, she said."),
    ("en", "The minister told the Daily Telegraph that he had written to her."),
    ("en", "He wrote for the Telegram & Gazette for ten years."),
    ("en", "Instagram announced new rules for teenagers."),
    ("en", "Telegram said it had removed the channels."),
    ("en", "The gene sits on chromosome X, the paper said."),
    ("en", "The film was given an X rating on its release, critics wrote."),
    ("en", "Advertisers spent less on X, the report said, and its revenue fell."),
    ("en", "She wrote on the blackboard and said nothing."),
    ("en", "Threads hung from the coat on which she had posted a badge."),
    ("en", "A mastodon tooth was found on the beach, the museum said."),
    ("en", "The Model X was shown on Friday, the company said."),
    ("en", "Share this on Facebook."),
    ("en", "A telegram was sent to the king, who wrote back."),
    ("de", "Die Generation X schrieb auf Papier."),
    ("de", "Folgen Sie uns auf X, wir haben mehr gepostet."),
    ("de", "Facebook kündigte neue Regeln an."),
    ("de", "Das Röntgenbild zeigte auf X-Achse nichts."),
    ("de", "Er schrieb ein Telegramm an die Königin."),
    ("pl", "Obserwuj nas na Facebooku."),
    ("pl", "Chromosom X opisano w pracy, napisał badacz."),
    ("pl", "Instagram ogłosił nowe zasady."),
    ("fr", "Suivez-nous sur X et Facebook."),
    ("fr", "Le film est classé X, a écrit le critique."),
    ("fr", "Twitter a annoncé des licenciements."),
    ("es", "Síguenos en Instagram."),
    ("es", "La clase X de llamaradas fue registrada, dijo la agencia."),
    ("it", "Seguici su Facebook."),
    ("it", "Instagram ha annunciato nuove regole."),
    ("pt", "Siga-nos no Instagram."),
    ("pt", "O cromossomo X foi descrito, disse a revista."),
    ("uk", "Підписуйтесь на наш Telegram."),
    ("uk", "Telegram заявив про нові правила."),
    ("ru", "Подписывайтесь на наш Telegram."),
    ("ru", "Facebook объявил о новых правилах."),
]
