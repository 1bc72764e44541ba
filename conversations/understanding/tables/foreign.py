"""Other languages: the everyday words of those met most, so that nobody is left without an answer."""

from conversations.understanding.acts import Act
from conversations.understanding.kinds import Danger

DATES = {
    "today": "aujourd'hui", "tomorrow": "demain", "monday": "lundi", "tuesday": "mardi", "wednesday": "mercredi",
    "thursday": "jeudi", "friday": "vendredi", "saturday": "samedi", "sunday": "dimanche", "morning": "matin",
    "afternoon": "apres-midi", "evening": "soir", "noon": "midi", "next week": "la semaine prochaine",
    "this week": "cette semaine", "january": "janvier", "february": "fevrier", "march": "mars", "april": "avril",
    "may": "mai", "june": "juin", "july": "juillet", "august": "aout", "september": "septembre", "october": "octobre",
    "november": "novembre", "december": "decembre", "after": "apres", "before": "avant", "only after": "apres",
    "lunes": "lundi", "martes": "mardi", "miercoles": "mercredi", "jueves": "jeudi", "viernes": "vendredi",
    "sabado": "samedi", "domingo": "dimanche", "manana": "demain", "hoy": "aujourd'hui",
    "proxima semana": "la semaine prochaine", "semana que viene": "la semaine prochaine",
    "segunda": "lundi", "terca": "mardi", "quarta": "mercredi", "quinta": "jeudi", "sexta": "vendredi",
    "amanha": "demain", "hoje": "aujourd'hui",
    "lunedi": "lundi", "martedi": "mardi", "mercoledi": "mercredi", "giovedi": "jeudi", "venerdi": "vendredi",
    "domani": "demain", "oggi": "aujourd'hui",
    "luni": "lundi", "marti": "mardi", "miercuri": "mercredi", "joi": "jeudi", "vineri": "vendredi",
    "maine": "demain", "azi": "aujourd'hui",
    "pazartesi": "lundi", "sali": "mardi", "carsamba": "mercredi", "persembe": "jeudi", "cuma": "vendredi",
    "yarin": "demain", "bugun": "aujourd'hui",
    "понеділок": "lundi", "вівторок": "mardi", "середа": "mercredi", "середу": "mercredi", "четвер": "jeudi",
    "п'ятниця": "vendredi", "пятницю": "vendredi", "завтра": "demain", "сьогодні": "aujourd'hui",
    "понедельник": "lundi", "вторник": "mardi", "среда": "mercredi", "среду": "mercredi", "четверг": "jeudi",
    "пятница": "vendredi", "пятницу": "vendredi", "сегодня": "aujourd'hui",
    "غدا": "demain", "اليوم": "aujourd'hui", "الاثنين": "lundi", "الثلاثاء": "mardi", "الاربعاء": "mercredi",
    "الخميس": "jeudi", "الجمعة": "vendredi", "ghedwa": "demain", "ghodwa": "demain", "lyoum": "aujourd'hui",
}  # fmt: skip
"""Days in other languages, in French for the layer that reads days."""

NUMBERS = {
    "one first uno primero primera um primeiro prima primo bir unu wahed wahad один перший первый واحد الاول": 1,
    "two second dos segundo dois doi iki due jouj zouj два другий второй اثنان الثاني اثنين": 2,
    "three third tres tercero terceiro trei uc tre tlata три третій третий ثلاثة الثالث": 3,
    "four fourth cuatro quarto quatro patru dort rab3a чотири четвертий четыре اربعة": 4,
    "five cinco cinci bes khamsa": 5,
}

WORDS = {
    "en": "the is my sending messages texting you i need want please yes no not can cant can't come tomorrow today hello thank thanks sorry who what "
    "when where how appointment with have help call late are am do don dont speak english this that and for to move "
    "next week time baby daughter son doctor cancel monday tuesday wednesday thursday friday none them only after "
    "two three one morning afternoon evening nothing good okay nowhere husband beats she he it me of would like "
    "vaccine months years school children kids understand another day which bring wrong number register",
    "es": "hola cita quiero necesito por favor gracias si manana buenos dias tengo puedo para ayuda no cancelar hablo "
    "espanol mi hijo hija donde cuando que lunes martes miercoles jueves viernes frances entiendo marido me pega "
    "cambiar tarde llego quien doctor medico vacuna anular",
    "pt": "ola nao falo quero preciso obrigado obrigada por favor sim amanha bom dia consulta marcar meu minha filho filha "
    "frances portugues cancelar onde quando tenho posso ajuda para vacina mudar marido bate socorro entendo "
    "desculpe atrasado atrasada nao",
    "it": "ciao buongiorno grazie vorrei appuntamento per favore domani non posso parli parlo italiano mio mia figlio figlia "
    "bambino dove quando aiuto annullare francese capisco si prego venire marito picchia",
    "ro": "buna ziua multumesc vreau programare va rog da nu maine pot veni copil copilul fetita baiat ajutor "
    "vorbesc romana franceza anulez anulare unde cand sotul bate programarea vorbiti pentru",
    "tr": "evet hayir merhaba randevu istiyorum tesekkurler tesekkur ederim lutfen yarin gelemem gelemiyorum iptal bebek "
    "bebegim cocuk cocugum icin yardim turkce fransizca bilmiyorum konusmuyorum nerede kocam beni dovuyor dur saat kac "
    "tamam selam almak",
    "ar": "salam salem alikoum alaykoum brit bghit bghina m3a mta3 ma nqder nqdar naqdar nji njich mouch machi wakha "
    "wakhha chokran choukran shukran choukrane labas kanhderch kanhdar manhderch nahder kifach fin fayn rani rendez 3andi 3ndi bezaf ghedwa ghodwa "
    "lyoum mawid maw3id n3am na3am la aiwa ayeh inshallah mardni weldi bnti benti tbib tbiba 3la hbibi kayn kayna",
    "de": "ich guten tag danke bitte ja nein termin morgen kann nicht kommen mein meine kind brauche hilfe absagen sprechen "
    "deutsch spreche franzosisch mochte",
    "sq": "pershendetje po jo faleminderit takim dua nuk mund nesha neser shqip femija",
}  # fmt: skip
"""The words a language is known by; French has none of its own here."""

SURE = (
    (Act.YES, """
        ^ (yes / yeah / si / sim / da / evet / tamam / ja / po / aiwa / ayeh / wakha / n3am / na3am / так / да / نعم / اه / ايوه / ok / claro / certo / bale / sure / добре / хорошо / наам)
        yes please
    """),
    (Act.NO, """
        ^ (no / nao / nu / hayir / nein / jo / ні / нет / لا / lla / nope) (merci / thanks / gracias / obrigado / grazie / شكرا / дякую / $)
        (no gracias / non grazie / nao obrigado / nu multumesc)
    """),
    (Act.THANKS, """
        ^ (gracias / obrigado / obrigada / grazie / multumesc / tesekkurler / tesekkur / danke / chokran / choukran / shukran / choukrane / дякую / спасибо / شكرا / faleminderit / muchas gracias / thank you / thank / thanks)
        (дякую / спасибо / شكرا) $
    """),
    (Act.GREETING, """
        ^ (hola / ola / ciao / buongiorno / buna / merhaba / guten tag / salam / salem / مرحبا / السلام / привіт / привет / добрий день / здравствуйте / selam / buenos dias / bom dia / pershendetje / اهلا) (alikoum / alaykoum / aleykoum / عليكم / ziua / / dias)
        (salam / salem) (alikoum / alaykoum / aleykoum / 3likoum / aleikum / alikom)
    """),
    (Act.CANCEL, """
        (cancelar / anular / annullare / anulez / anulare / anulati / iptal / absagen / скасувати / отменить / الغاء / الغي / skasuvaty)
        (не) (можу / могу / прийду / приду) .. (прийти / придти / $ / завтра)
        не (прийду / приду)
        (no / nao / non / nu) (puedo / posso / pot / podre) (venir / ir / vir / veni / asistir / comparecer)
        (gelemem / gelemiyorum / gelemeyecegim / gelmiyorum)
        ما (نقدرش / اقدر / استطيع) .. (نجي / اجي / ناتي)
        (لا استطيع / لن) (الحضور / احضر / القدوم)
        ما نقدرش
        (ma / man / manqder / ma nqder / manqdarch) .. (nji / njich / nqdar nji)
        (manjich / ma njich / manqdarch)
        kann nicht kommen
    """),
    (Act.RESCHEDULE, """
        (перенести / змінити / изменить / перенос)
        (cambiar / mudar / remarcar / spostare / schimba / cambiare / reprogramar / trocar) .. (cita / fecha / consulta / data / appuntamento / programarea / dia / $)
        (degistirmek / ertelemek / erteleme)
        (تغيير / تاجيل) .. (الموعد / موعد)
        nbedel .. (rdv / rendez / maw3id)
    """),
    (Act.BOOK, """
        (quiero / necesito / quisiera / pedir / tomar) .. (cita / medico / doctor)
        cita (para / con)
        (quero / preciso / marcar / gostaria) .. (consulta / medico / marcar)
        (vorrei / voglio / prendere) .. appuntamento
        (vreau / doresc) .. programare
        randevu (almak / istiyorum / lutfen / alabilir)
        (brit / bghit / bghina) .. (rdv / maw3id / mawid / tbib / nchouf)
        (اريد / بغيت / عايز / موعد) .. (موعد / طبيب / $)
        (записатися / записаться / потрібен / нужен / хочу) .. (прийом / прием / лікар / врач / запис)
        termin
        (шукаю / треба / потрібен) .. лікар*
        (ищу / нужен) .. врач*
        dua .. takim
    """),
    (Act.HUMAN, """
        (hablar / falar / parlare) (con / com) (alguien / una persona / alguem / uma pessoa / qualcuno)
        (llamar / ligar / chiamare) me
        llameme
    """),
    (Act.LANGUAGE, """
        (hablo / entiendo / comprendo) .. (frances / espanol)
        (habla / hablan / parla / parli / parlate / fala / falam / vorbiti / sprechen) .. (espanol / italiano / portugues / romana / romaneste / deutsch / ingles / arabe)
        (no / nao / non / nu) (hablo / falo / parlo / vorbesc / entiendo / entendo / capisco)
        (fransizca / turkce) (bilmiyorum / konusmuyorum / / konusan / var / biliyor)
        (українською / по украински / украинский / російською / по русски / русский / мовою)
        (بالعربية / العربية / عربي)
        (لا اتكلم / ما نهدرش) .. (الفرنسية / فرنسية)
        (не) (говорю / розмовляю / розумію / понимаю)
        (kanhderch / manhderch)
        ma (nahder / nahdar / kanhder / fhemt / nfhem) (ch /) .. (francais / fransawi)
        ich spreche kein
        (bil arabia / bel 3arbia / b l3arbia / 3arbia)
    """),
    (Act.LATE, """
        (llego / llegare / voy a llegar) tarde
        (atrasado / atrasada / retraso / ritardo / intarziere / intarzii)
        (gec kaldim / gec kalacagim / gecikecegim / gecikiyorum)
        (запізнююся / запізнюсь / опаздываю / опоздаю)
        متاخر
        (ghadi net3atel / m3atel / met3atla)
    """),
    (Act.ASK_ADDRESS, """
        (donde / onde / dove / unde) (esta / es / queda / fica / e / este / si trova)
        (nerede / nerde / adres)
        (де / где) (ви / вы / це / это / знаходиться / находитесь / адреса)
        اين
        fin (jat / kayn / jaya / kayna)
    """),
    (Act.ASK_APPOINTMENT, """
        (cuando / quando / cand) (es / e / este) (mi / mia / a minha / il mio)
        (ne zaman / saat kacta)
        (коли / когда) .. (прийом / прием / запис / зустріч)
    """),
    (Act.WRONG_NUMBER, """
        (numero equivocado / numero errado / numero sbagliato / yanlis numara)
        (не той номер / помилилися / ошиблись)
    """),
)  # fmt: skip

ALARMS = (
    (Danger.DOMESTIC, """
        (marido / novio / pareja / esposo) me (pega / golpea / maltrata / pego / amenaza)
        (me pega / me golpea)
        (me / nos) (va / van / quiere / quieren / intento / puede) (a /) (matar / hacer dano)
        (va / van / quiere / quieren / intento) (a /) (matarme / matarnos / hacerme dano)
        (ele / ela / marido / companheiro / namorado) .. (me matar / matar me / matarme)
        mi (ammazza / uccide / uccidera / ammazzera)
        (mi vuole / vuole) (uccidermi / ammazzarmi / uccidere / ammazzare)
        (vrea sa ma / ma va / o sa ma / ma) (omoare / omori / omoara / ucida / ucide)
        (beni / bizi) (oldurecek / oldurecekler / oldurmek / oldurur)
        bringt mich um $
        (er / mann / freund / ex) .. mich (umbringen / toten / totschlagen)
        (хоче / хочет / може / может) (вбити / убити / убить) (мене / меня / нас)
        (мене / меня / нас) (вб є / вбє / убьет / убьют / убье / вбити / убить)
        (вб є / вбє / убьет / убьют) (мене / меня / нас)
        (سيقتلني / يقتلني / غادي يقتلني / بغا يقتلني / يريد قتلي / يريد ان يقتلني)
        (ghadi / bgha / rah / baghi) (yqtelni / yktelni / i9tlni / y9telni / yaktelni / iqtelni)
        (marido / companheiro / namorado) (me / / bate) (bate / bateu / agride / ameaca / em mim)
        (marito / compagno / lui) mi (picchia / mena / minaccia)
        (sotul / barbatul / iubitul) (ma / meu / meu ma) (bate / loveste / ma bate / ameninta)
        ma bate
        (kocam / esim / sevgilim) (beni /) (dovuyor / doviyor / vuruyor / dovdu / oldurecek / tehdit)
        (beni dovuyor)
        (чоловік / муж / хлопець) .. (б є / бє / бье / бьет / бив / бил / избивает)
        мене бє
        (زوجي / راجلي) .. (يضربني / يضرب / كيضربني / ضربني)
        (يضربني / كيضربني)
        (rajli / jouzi / zawji / rajel) .. (yedrebni / kaydrebni / drebni / kaydarbni / yedhrebni / dharabni / youdrobni / kidrebni / dorbni)
        (kaydrebni / yedrebni / drebni / yedhrebni)
        (mann / freund) schlagt mich
    """),
    (Danger.SUICIDE, """
        (quiero / me quiero) (morir / matar)
        me quiero (matar / morir)
        (quero / vou) (morrer / me matar)
        (voglio morire / voglio uccidermi)
        (vreau sa mor / vreau sa ma omor)
        (olmek istiyorum / intihar)
        (хочу померти / хочу умереть / вбити себе / убить себя / не хочу жити / не хочу жить)
        (اريد ان اموت / بغيت نموت / انتحار / انتحر)
        (bghit nmout / bghit nemout / brit nmout / nektel rohi / neqtel rohi)
    """),
    (Danger.VIOLENCE, """
        (ayuda / socorro / aiuto / ajutor / imdat / допоможіть / помогите / النجدة / 3awnouni / atkouni) $
        (auxilio / socorro / imdat / النجدة / рятуйте / aiutatemi)
        (save me / help me he / someone attacked)
        (me violaron / fui violada / fui estuprada / mi hanno violentata)
    """),
    (Danger.CHILD, """
        (pega / golpea / bate / picchia / bate pe / dovuyor) .. (hijo / hija / hijos / filho / filha / filhos / figlio / figlia / bambini / copii / copilul / cocugu / cocuklari / ninos)
        (yedreb / kaydreb / يضرب) .. (weldi / benti / wlad / drari / اولادي / ابني / بنتي / الاطفال)
        (б є / бье / бьет) .. (дітей / детей / дитину / ребенка / сина / дочку)
    """),
    (Danger.MEDICAL, """
        (no respira / nao respira / non respira / nu respira / nefes almiyor / nefes alamiyor)
        (не дихає / не дышит)
        (لا يتنفس / ما يتنفسش)
        (bebegim / cocugum) nefes
        (mayetnefesch / makaytnefsch)
    """),
    (Danger.SHELTER, """
        (duermo / dormimos / dormir) en la calle
        (durmo / dormimos) na rua
        dormo per strada
        (dorm pe strada / sokakta kaliyorum / sokakta yatiyorum / sokaktayim)
        (немає де / нема де / негде) (спати / ночувати / жити / спать / ночевать)
        (ليس لدي مكان / ما عنديش وين / الشارع) .. (انام / نرقد / $)
        (nberat / kanbat / nra9ed / rani) .. (zan9a / zanka / berra / charaa)
    """),
)  # fmt: skip
