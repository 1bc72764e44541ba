"""Requests: what people want done about an RDV, an atelier, a list, a person."""

from conversations.understanding.acts import Act

SURE = (
    (Act.CANCEL, """
        annul*
        (supprim* / enlev* / efface / effacer / retir*) (le / mon / ce / notre / son / mes) .. rdv
        supprim* le $
        desist*
        decommand*
        cancel*
        (viens / venir / viendrai) (pas / plus) !tot|tard|vite|souvent|de|comment|seul|seule|seuls|tout|toute|en|avec|a_pied|a_deux|avant|sans|trop|que
        (peux / pourrais / vais / va) (pas / plus) .. (venir / assister / honorer / presenter / me liberer / me rendre / y aller / y etre / me deplacer / present / presente / etre la) !plus_tot|plus_tard|tot|tard|avant|avec|sans|seul|seule
        (pas / plus) (pouvoir / pourrais) .. venir
        serai (pas / plus) (la / present* / dispo)
        (serai / suis) absent*
        (irai / irais / iras / ira) pas
        y (serai / irai / irais) pas
        (plus / pas) besoin (de / du) .. rdv
        impossible de (venir / me deplacer / y aller / se deplacer / me liberer)
        (veux / voudrais) (plus / pas) .. (venir / y aller / du rdv / de rdv / ce rdv / le rdv)
        laisse* tomber
        (cant / cannot / can te / can not / wont / won te / will not / not able to / unable to) (come / make it / attend / be there)
        not coming
        (non / pas) .. pas etre present*
        je viens (finalement / en fait) pas
        on se desiste
        (renonce / abandonne) $
        je renonce
        (rdv / venir) .. (plus la peine / pas la peine)
        plus la peine
        y aurais pas
        plus besoin $
    """),
    (Act.KEEP, """
        annul* (pas / jamais / surtout / rien) !possible
        (pas / jamais / surtout pas / sans) (besoin / le / mon / ce / de / du / a / veux / voudrais / /) annul*
        (pas / jamais / surtout pas / sans) (besoin / le / mon / ce / de / du / a) (de / le / rdv /) annul*
        pas (besoin de / le / mon / ce / y) annul*
        (supprim* / decal* / report* / deplac*) (pas / surtout / rien)
        (veux / voudrais / souhaite / vais / compte / ai) pas (tout / l / les / /) (annul* / supprim*)
        faut pas (annul* / supprim*)
        (garde / gardez / maintien* / maintenez / conserv*) .. rdv
    """),
    (Act.CANCELLED, """
        (est / a ete / etes / ont ete / sont / etait / serai / deja / bien / ete) annul* !le|mon
        pourquoi .. (annul* / supprim*)
        qui a annul*
        (vous avez / avez vous / ont / on a) annul*
        annul* .. (jusque / quand / delai / frais / payant / c est obligatoire / comment ca se fais)
        (jusque a quand / quand / delai pour) .. annul*
        si je annul*
    """),
    (Act.RESCHEDULE, """
        decal* !par
        (faut / veux / peux / voudrais / possible de / pouvez vous / a) (le / la / /) deplacer
        ^ deplacer
        deplac* .. rdv
        report* !age|ages
        repouss*
        (avancer / avance / avancez / retarder) .. (rdv / heure / date / jour)
        (chang* / modif*) .. (rdv / heure / date / jour / horaire / creneau / moment)
        remettre .. (rdv / autre jour / plus tard / semaine)
        remettre a <jour>
        (annul* / supprim*) ... (reprendre / prendre un autre / reprogramm* / autre rdv / refixer / redonner)
        reprogramm*
        replanifi*
        (voudrais / veux / peux / faut / faudrait / mais / possible de / pouvez vous / aimerais) .. chang* $
        ^ chang* $
        (mis / donne / fixe) .. rdv .. (trop / pas possible / tot / tard)
        (rdv / c est) trop (tot / tard) .. (possible / plutot / apres / avant)
        (tromp* / trompe / trompee) de (jour / date / heure / horaire / rdv)
        (mis / mettre / pris / prendre) <jour> .. voulais
        voulais <jour>
        (peux / pourrais / possible de / possible) (venir / passer / le faire / y aller) .. (plus tot / plus tard / autre jour / autre moment)
        (move / reschedule / change / postpone) .. (appointment / rdv / date / day / time)
        (move / postpone) (it / to)
        reschedule
        rdv (un / a un) autre (jour / moment)
        interchang* .. rdv
        echang* .. (rdv / creneau / heure)
        (mettre / mettez / passer / basculer) .. rdv .. (plus / un autre / a / au / en) (tard / tot / jour / <semaine>)
        autre jour .. possible
    """),
    (Act.WAITLIST_LEAVE, """
        (enlev* / retir* / sort* / supprim* / desinscri* / quitt* / raye* / oter / desinscrire / sortez / plus .. etre sur) .. liste
        plus .. (sur / dans) .. liste
        liste de attente .. (plus besoin / plus interesse* / enlev* / retir*)
        (plus besoin / plus interesse*) .. liste
        ^ sortir $
    """),
    (Act.WAITLIST_JOIN, """
        liste (de / d /) attente
        list (de /) attente
        liste attente
        (prevenez / prevenir / previens / avertir / avertissez / alerter / alertez / rappeler / rappelez / appeler / appelez / contacter / contactez / ecrire / notifi*) .. si .. (libere / libre / liberent / place / desist* / annul* / dispo / plus tot)
        (alerte / alertes / notification) .. (creneau / place / rdv / dispo)
        si (un / une) .. (creneau / place / rdv / desist*) .. (libere / libre / annul* / dispo)
        si .. (ca / qqch / quelquechose / place) se libere
        des que .. (place / creneau / libere / dispo)
        si (ya / il y a) .. (desist* / annulation)
        (inscri* / mettez / mets / ajoutez) .. (en / sur la / sur / la) .. attente
        si quelquun (annul* / desist*)
        waiting list
    """),
    (Act.WORKSHOP, """
        atelier
        (cours / groupe / groupes / seance / seances / activite / activites / stage) (de / du / d / collectif / collective / parents / pour / des) !rdv|sante
        (french / english) (class / classes / course / courses / lessons)
        cafe (parents / des parents / poussette)
        massage bebe
        preparation (a la / de la /) naissance
        groupe de parole
        reunion (collective / information / de information)
        information collective
    """),
    (Act.HUMAN, """
        (parler / discuter / causer / echanger) (a / avec / au) (un / une / la / le / ma / mon / des / /) (vrai / vraie / /) <quelquun>
        (parler / discuter) (a / avec) (un etre humain / une vraie personne / une dame)
        (voir / avoir / joindre / contacter) (un / une) (vrai / vraie) (personne / humain)
        (etre / un / vrai) humain
        humain (svp / pas / $)
        ^ humain
        pas (un / de / de un / des) (robot / robots / machine / bot)
        pas a un robot
        pas (parler / avec) .. (robot / machine)
        (vous etes / t es / tu es / c est) un (robot / bot / machine)
        rappel* moi !heure|adresse|date|jour|le|la
        ^ (rappeler / rappelez / rappelle / rapel*) $
        (rappeler / rappelez / rappelle) svp
        (rappel* / appel* / telephon* / joindre / joignez / contact*) (moi / me / nous) !heure|adresse|date|jour|le|la|quel|quand
        (me / nous) (rappeler / rappelez / appeler / appelez / telephoner / contacter / joindre) !mon|ma|le|la|heure|quel|plus
        appel* moi
        (peux / pouvez / pourriez / voulez / peut) .. (me / nous) (rappel* / appel* / telephon* / joindre) !le|la|mon|heure
        (passez / passer / passe) moi (madame / monsieur / mme / le / la / quelquun / un / une / <quelquun>)
        (avoir / joindre / contacter) (quelquun / une personne / un conseiller / une secretaire / le secretariat / le standard / madame / monsieur / mme)
        quelquun (au telephone / qui repond / peux me repondre / pour me repondre)
        (besoin / veux / voudrais / aimerais) .. (etre rappel* / que on me rappel* / une personne / un conseiller / un agent)
        (call / phone / ring) me
        (speak / talk) (to / with)
        (real / a) (person / human)
        injoignable*
        (personne / jamais personne) (repond / decroche / ne repond)
        repond jamais
        ^ (un / une / /) (agent / conseiller / conseillere / personne / operateur / secretaire / secretariat / standard) $
        par telephone (svp / c est / $)
        (numero / telephone) (de / du / pour) (la / le / l / / vous) (accueil / secretariat / standard / service / assistante / joindre / appeler / bureau)
        quel (numero / est le numero) .. (appeler / joindre)
        votre numero .. telephone
        avoir .. par telephone
    """),
    (Act.STOP, """
        ^ (st+op / stop / stopp / sttop / stope / stopez / stopper) (sms / tout / pub / svp / les sms / ca / maintenant /) $
        ^ (stop / arret / arretez / arreter) (les / vos / ces / de me / de m / tous les /) (envoyer / envoyer des / envoi / envois / ecrire / /) (sms / rappels / notifications / envois) $
        ^ (arretez / arreter / arrete / arret / cessez) $
        (arret* / stop / cess* / fini) .. (de me / de m / de nous / me) (envoyer / ecrire / contacter / harceler / spammer / deranger / envoy*)
        (arret* / stop / cess*) (vos / les / ces / tous / avec / tous vos / avec vos / avec les /) (sms / rappels / notifications / textos / spam / spams / envois)
        (veux / voudrais / souhaite / desire) (plus / pas) (de / recevoir / avoir / recevoir de / recevoir vos / de vos / que / etre) (vos / de / des / / vous /) (sms / rappels / notifications / rien / contact* / me ecriv* / derang*)
        (veux / voudrais / souhaite / desire) (plus / pas) .. recevoir
        (plus / pas) .. recevoir .. sms
        (plus / pas) (de / vos) sms (svp / $)
        (plus / pas) (aucun / un seul) sms
        (ecrivez / envoyez / contactez / derangez) (moi plus / moi pas / plus / pas) !encore|le|la
        me (ecrivez / envoyez / contactez / derangez) (plus / pas)
        des* abonn*
        desabonn*
        desabone*
        me desinscrire $
        ^ (desinscription / desinscrire / desinscrivez moi / me desinscrire) $
        (supprim* / enlev* / retir*) .. (mon numero / mon telephone) .. (liste / listing / fichier / base / listes) !de|attente
        (unsubscribe / stop messages / stop texting / stop sending)
        no more (messages / sms / texts)
        (bloquer / bloque) .. numero .. (sms / vous)
        laissez moi tranquille
        lachez moi
        foutez moi la paix
        (opposition / oppose) .. sms
    """),
    (Act.RESTART, """
        ^ (menu / retour / accueil / debut / sommaire / recommencer / recommence / recommencez / reprendre / revenir / precedent / reset / restart / start / home / back) (svp / principal / au menu / au debut / en arriere / precedent / menu / debut / arriere / depart / /) $
        (on / je / tout / peux / veux / faut / voudrais) .. (recommenc* / reprendre) (tout / depuis / au debut / a zero / $)
        recommenc* (tout / depuis / au debut / a zero / $)
        (revenir / retourner / retour / reprendre / repartir / remonter) (au / en / a / a la / depuis le / du / vers le) (debut / arriere / menu / zero / depart / accueil / etape / question / precedent)
        (je me suis / suis) (tromp* / trompe / trompee) $
        (je me suis / suis) (tromp* / trompe / trompee) .. (recommenc* / retour / choix / bouton / touche)
        (start over / start again / go back / main menu)
        question precedente
        etape (precedente / davant / de avant)
        (erreur / me suis plante) .. (recommenc* / retour)
        ^ (erreur de saisie / fausse manip / mauvaise manip) $
    """),
    (Act.LANGUAGE, """
        ^ (en / in / /) (english / anglais / arabe / arabic / espagnol / spanish / portugais / turc / russe / ukrainien / italien / roumain / dari / pachto / farsi / chinois / albanais / tamoul / bengali / deutsch / allemand / espanol / portugues / turkce / romana / italiano / italien / arabi / russian / ukrainian / turkish / portuguese) (svp / please / $)
        (interprete / interpretes / traducteur / traductrice / traduction / traduire / interpreter / translator / translation)
        (parle / parles / parler / parlez / comprends / comprendre / comprend / lis / lire) (pas / mal / peu / tres mal / pas bien / pas le / mal le / un peu / pas tres bien / pas beaucoup / bien pas) (bien / trop / du tout / / le / tres bien / beaucoup / encore / tout) (le / /) francais
        (parle / comprends) francais (pas / mal / peu)
        pas francais
        (speak / talk / understand) (english / arabic / french / no french / spanish)
        (dont / don t / do not / not / no) (speak / understand) .. french
        (vous parlez / parlez vous / quelquun parle / quelquun qui parle / parle t on / parler / parle / en langue / langue / version / dans / en) (<langue>) !apres
        (changer / choisir / autre) .. langue
        langue des signes
        sourd* .. (lsf / signes / interprete)
        ^ (langue / language / langues) $
    """),
)  # fmt: skip

LIKELY = (
    (Act.CANCEL, """
        trouve (ailleurs / une autre solution / autre chose / une solution)
        (ai / ai eu) .. rdv ailleurs
        (plus / pas) interesse*
        c est (bon / regle) .. (plus besoin / ailleurs)
    """),
    (Act.BOOK, """
        (voudrais / veux / aimerais / souhaite / souhaiterais / besoin / cherche / faut / faudrait / faudra / prendre / avoir / obtenir / fixer / reserver / demande / demander / dois / desire / prends / prendrais / peux / pourrais / possible / reprendre / donner / donnez / pris) .. (rdv / creneau / place / consultation / visite)
        (rdv / creneau / consultation) (pour / avec / chez / svp / urgent / le plus / des que / au plus / pmi)
        ^ (un / une / 1 / /) (rdv / creneau / consultation / visite) (svp / $)
        (demande / besoin / prise) (de / du /) rdv
        (nouveau / premier / 1er / autre) rdv
        (auriez / avez / auriez vous / avez vous / reste / resterait / y a / y aurait / as / avait) .. (quelquechose / creneau / place / dispo / rdv / consultation)
        (c est pour / je viens pour / je ecris pour / je vous contacte pour / c etait pour / ecris pour / appelle pour) (un / une / le / la / mon / ma / prendre / avoir / savoir si / les / /) (rdv / creneau / consultation / vaccin / suivi / pesee / visite / bilan / controle)
        (dois / voudrais / veux / aimerais / souhaite / besoin de / besoin / faut que je / faudrait que je / je) (voir / revoir / rencontrer / consulter / voie) !si|ca|quand|mon|mes|avec
        (quand / quel jour / quel heure) .. (vous pouvez / peux) .. (me recevoir / prendre / passer / venir)
        (prendre / pris / prend) rdv
        (comment / ou) .. (avoir / prendre / obtenir) .. rdv
        (vacciner / peser / ausculter / examiner) .. (mon / ma / mes / le / la / les / bebe / <enfant>)
        (prochain / premier) (creneau / dispo)
        rdv (enfant / bebe / pmi / vaccin / vacciner / urgent / urgence / svp / <semaine> / demain)
        (need / want / would like / book / make / get / have) .. (appointment / rdv / meeting / see)
        appointment (for / with / please)
        (need / want) .. (see / doctor / nurse / midwife / social worker)
    """),
    (Act.OTHER, """
        (autre / autres) (date / dates / jour / jours / chose / creneau / horaire / heure / proposition / propositions / choix / moment / disponibilite / dispo / rdv / semaine / possibilite / possibilites / option / options) !enfant
        (d / de) autres $
        ^ (suivant / suivants / suite / la suite / voir plus / plus / encore / autres / autre / next / more / la suite svp / voir la suite / les suivants / suivante / d autres / afficher plus / plus de choix / plus de dates) $
        (rien / quelquechose) (d / de) autre
        (plus / davantage) de (choix / dates / creneau / propositions)
        (avez / auriez / reste / y a) .. (plus / autre chose) (tot / tard)
        (other / another / more) (date / dates / day / time / times / slot / slots / one)
        plus loin
        une autre $
    """),
    (Act.NONE, """
        (aucun / aucune) !probleme|souci|danger|doute|idee|inconvenient|soucis
        (ni l un / ni le un / ni l une)
        (me / nous) (convient / conviennent / va / vont / arrange / arrangent) (pas / plus / aucun)
        (convient / conviennent / arrange / arrangent) pas
        (pas / rien) (possible / bon / dispo / qui) .. (ces / dans ces) (jours / dates / horaires / creneau / creneaux / heure)
        (peux / pourrais / suis / dispo) pas .. (ces / cette / a ces / sur ces / dans ces) (jours / dates / jour / horaire / heure / date / creneau)
        pas dispo (ces / a ces / pour ces / sur ces) ..
        rien (qui / ne / me / va / de bon) .. (va / convient / arrange / bon)
        rien de tout
        trop (court / juste / loin / rapide / de route) !de
        (none / neither) (of / $)
        none (of / work / of these)
        pas .. (dans / de) la liste
        (pas / aucun / rien) .. (dedans / la dedans)
        ^ rien $
    """),
    (Act.UNABLE, """
        pas (dispo / libre) !rdv
        (peux / pourrais / pouvez) (pas / plus) (<jour> / le / la / les / ce / cet / cette / a / $)
        (peux / pourrais) (pas / plus) .. <semaine>
        impossible (<jour> / pour moi / $)
        ^ impossible
        (travaille / bosse / je travail / bossons) (<jour> / le / la / tous / toute / jusque / $)
        (ai / avons) (cours / classe / ecole / kine / formation / travail / boulot / dialyse / reunion) (<jour> / le / la / tous / toute / jusque / $)
        (suis / serai / est / tombe / tombee) (malade / malades / souffrant / souffrante / grippe / hospitalis* / bloqu* / coince* / occupe / occupee / pris / prise / en vacances / en deplacement / a l hopital / a hopital / en conge / en voyage / au travail / au boulot / a l etranger / le hopital)
        (en / a) (vacances / deplacement / l etranger / hopital / formation)
        (ai / eu / un / une) (empechement / contretemps / imprevu / probleme de transport / souci de transport / probleme de voiture / urgence familiale)
        empech*
        contretemps
        (ai / a / avons) (la / le / une / de la) (grippe / gastro / covid / bronchite / angine / fievre)
        greve
        (travaille / bosse) (finalement / ce jour / aussi)
        (eu / ai) un accident
        imprevu
        tombe* malade
        (enfant / fils / fille / bebe / petit / petite / mari / mere) (est / tres / etait) malade
        pas (possible / pratique) (pour moi / <jour> / $)
        (ca va / va / sera / c est) pas (etre / / ) (possible / pratique / jouable)
        (arrange / convient) pas (<jour> / $)
        (n est / est / c est) pas (possible / bon) (<jour> / pour moi)
        (voiture / bus / train / tram) .. (en panne / annule / greve)
        (suis / serai) pas (la / dispo / libre / chez moi)
        c est mort
    """),
    (Act.HUMAN, """
        parler (quelquun / madame / monsieur / mme / une dame) (svp / plutot / $)
        (voulez / pouvez / peux) .. (expliquer / renseigner)
        quelquun (pour / peux / pourrait / qui peux) .. (aider / renseigner / repondre / expliquer)
        (faut que / dois / besoin de / voudrais / pour) .. (vous / nous) .. parler
        (question / renseignement / renseignements / information / infos / info) !collective
        (envoyer / transmettre / deposer / envoie) .. (document / documents / dossier / papiers / resultats / resultat / certificat / piece / pieces / attestation)
        (changer / autre / pas) .. meme (medecin / assistante / docteur / agent / personne)
        (changer / change) de (medecin / assistante / docteur / sage / conseiller / conseillere / referent)
    """),
    (Act.WANT_WORKSHOP, """
        (inscri* / participer / inscription) .. (atelier / cours / groupe / seance / reunion)
    """),
)  # fmt: skip
