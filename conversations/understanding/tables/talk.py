"""Talk: yes, no, hello, thank you, anger, and the small words between them."""

from conversations.understanding.acts import Act

SURE = (
    (Act.NO, """
        ^ non
        (je / on) (veux / voudrais / souhaite / prefere / vais / desire) pas $
        (je / on) prefere (pas / ne pas / plutot pas)
        (finalement / euh / ben / bah / alors / oh / ah) non
        non (merci / svp / c est bon / pas / $)
        pas (daccord / accord / du tout / question / ok / maintenant / interesse* / envie)
        surtout pas
        (je / on) refuse
        jamais de la vie
        hors de question
        (c est / ca / est) pas (bon / ca / le bon / la bonne / le bon jour / ok / juste / correct) !de|le_moment
        pas (ce / cette) (jour / date / heure / creneau / fois) (la / $)
        ca (va / me va / m arrange / convient / marche) pas
        pas (le bon / la bonne) (jour / date / heure / personne / enfant)
        ^ no $
        no (thanks / thank / sorry / way)
        (moyen / bof) $
        (la / une) prochaine fois
        (reste / rester / garde) .. liste
        (ai / avons) deja (un / eu / mon / pris /) rdv
        prefere (rester / pas / garder)
        (je / on) passe $
        (garde / gardez / conserve / laisse / laissez) (mon / le / celui / la) (rdv / place / jeudi / autre) !la_place
    """),
    (Act.YES, """
        ^ oui
        oui $
        (ok / daccord / dac / nickel / parfait / entendu / volontiers / super / impec / impeccable / genial / top / yes / go / banco / absolument / certainement / evidemment / carrement / exact / exactement / effectivement / amen / valide / ouaip / compris / adjuge / vendu / cool / carre / affirmatif / bon) $
        ^ (ok / daccord / parfait / entendu / volontiers / super / impec / impeccable / yes / go / absolument / exact / nickel / bien / top / genial / compris / valide / carrement / affirmatif)
        tres bien
        (bien / bien bien) (sur / recu / note / entendu / compris)
        (c est / c / est / tout est) (bon / ok / note / parfait / exact / ca / oui / nickel / bien / daccord / compris / correct / juste / lu / super / carre / bien ca) !aussi|plus
        ^ c est bon
        (ca / cela / sa) (marche / me va / roule / convient / me convient / va / joue / ira / m arrange / me arrange / baigne / colle / sera bon) !pas|plus|comment
        (je / nous) (confirme / confirmons / valide / accepte / prends / le prends / la prends / veux bien / suis daccord / suis partant / suis partante / suis ok / suis interesse / suis interessee / note)
        (je / on) (ai / a / l ai / le ai) (lu / compris / bien lu / bien compris / tout lu / note / bien note / vu / tout compris / pris connaissance)
        (lu / vu) et (approuve / compris / accepte)
        ^ (lu / vu / note / recu / confirme / confirmer / confirmation / valider / accepte / accepter / je prends)
        avec plaisir
        pas de (souci / probleme / soucis)
        aucun (souci / probleme / soucis)
        pourquoi pas
        tout a fait
        (allez / vas) y
        (allons / c est) (y / parti)
        (sans / pas de) (souci / probleme)
        (yes / yeah / sure / of course / agreed / fine / okay)
        (ca me / me / nous) (va / convient / arrange) !pas|plus|aucun
        inchallah
        ^ o $
        pas de (obj* / objection)
        (allez / aller) (ok / oui / hop)
        (bah / ben / mais) oui
        si $
        interesse*
        c est (moi / bien moi)
        va pour
        ^ allez $
    """),
    (Act.COMING, """
        (je / on / nous) (viens / serai / viendrai / venons / vais venir / y serai / y vais / y va / suis la / est la / y sera / sera la / vien) !pas|plus|de|en_retard|absent|absente|demain_apres
        serai (la / present / presente / presents / au rdv)
        y serai
        (suis / serai) la (demain / <jour>)
        (i come / i will come / ill come / i ll be there / i will be there / i am coming / see you)
        (viens / vient) (avec / bien / demain / au rdv / comme prevu)
        confirme .. (presence / venue / rdv / demain)
        ^ (ok / oui / parfait / daccord / /) a (demain / tout a le heure / bientot / <semaine>) $
        (presente / present) (demain / au rdv / a le heure / lundi)
        ^ present* $
        comme (prevu / convenu)
    """),
    (Act.ANY, """
        (nimporte / peu importe / importe) (le quel / lequel / laquelle / quel / quand / lesquel / le / quelle / $)
        (comme / celui que / ce que / quand / ou) (vous voulez / vous preferez / tu veux / ca vous arrange / vous arrange / vous souhaitez)
        (ca m est / ca me est / m est / me est / est) egal
        (peu / pas) (m / me) importe
        peu importe
        (tous / toutes / les trois / les 3 / les deux / tout / tt) (me vont / me conviennent / vont / conviennent / me va / va / me convient) !pas
        (au / a votre) (hasard / choix / convenance)
        (choisissez / decidez / choisis) (pour moi / vous meme / vous)
        (celui / le premier) (que vous voulez / qui vient)
        any (of them / one / is fine / time)
        (je m en fiche / m en fous / vous de voir / a vous de voir / a vous de choisir)
        pas de preference
        (je suis dispo / dispo) (tout le temps / toujours / quand vous voulez / nimporte quand)
    """),
    (Act.INSULT, """
        connard*
        connass*
        (conne / cons / con / abruti* / encul* / salop* / batard* / putes / pute / merdeux / enfoire* / debile* / cretin* / ordure* / tocard*) !de
        (fils de / sale / gros / grosse / pauvre) (pute / con / cons / conne / merde / naze / nazes / debile / debiles / abrutis / incapable / incapables / clown / clowns / chien / fdp / type / mec / imbecile / imbeciles / bons a rien / voleurs)
        fdp
        ntm
        (ta / tes / votre) (gueule / race / mere la pute / mere)
        (va / vas / allez) (te / vous / /) faire (foutre / voir / enculer / mettre / cuire un oeuf)
        (va / vas / allez) (te / vous / /) (crever / chier / mourir)
        nique*
        niker
        foutage de gueule
        (foutez / fous / moquez) (vous / de / du / toi) .. (gueule / monde / nous / moi)
        (service / systeme / bot / truc / appli) (de / / est) (merde / merdique / nul / pourri / honteux)
        (de / que de la) merde
        ^ merde
        (vous etes / t es / tu es / c est) (nul / nuls / nulle / nulles / des nuls / des incapables / des bons a rien / incompetents / des cons / honteux / inadmissible / lamentable / scandaleux / une honte / des voleurs / pathetique / minable / de la merde / con / cons / debile)
        nul (votre / ce / cette / le)
        (honte / honteux / scandaleux / scandale / inadmissible / lamentable)
        (fuck / fucking / bitch / asshole / shut up / screw you / bullshit / idiot / stupid)
        ^ insulte
        (me / faites / fais) chier
        (vous / tu) (faites / fais / me faites / me fais / nous faites) chier
        casse* (toi / couilles / les couilles)
        degage*
        (imbecile / imbeciles / cretins / bouffon / bouffons / tocards / clown / clowns)
        ferme* (ta / la) (gueule / bouche)
        (bande / espece) de
    """),
)  # fmt: skip

LIKELY = (
    (Act.EARLIER, """
        plus tot
        (avant / plus rapide / plus vite) (si / ca / $ / possible)
        (trop / c est) (tard / eloigne) !le_soir
        (earlier / sooner)
        trop tard
        rien avant
        avanc* .. rdv
        plus (rapidement / rapproche)
    """),
    (Act.LATER, """
        plus tard
        trop tot
        (later)
        plus loin (dans / en)
        apres $
    """),
    (Act.ASAP, """
        (le / au) plus (tot / vite / rapide / rapidement)
        des que possible
        (c est / est / en / tres / rdv / assez / pas mal) (urgent / urgence / urgente)
        urgent*
        (au plus / le plus) (tot / vite)
        (vite / rapidement / rapide) (svp / $ / possible)
        (asap / as soon as possible / urgently)
        (premier / prochain) (creneau / rdv / dispo) (dispo / possible / libre / svp / $)
        (rdv / creneau / place / venir / passer) .. (maintenant / tout de suite / de suite / immediatement)
        dans la journee $
    """),
    (Act.THANKS, """
        ^ (merci / remercie / thank / thanks / thx)
        je vous remercie
        (bonne / belle / bon) (journee / soiree / fin / continuation / week / weekend / apres / aprem / matinee / reception / chance / fetes / annee)
        (au revoir / a bientot / bye / ciao / a plus / a plus tard / bisous / bonne nuit / cordialement)
        c est (gentil / sympa / adorable / super gentil / tres gentil)
        (tres / trop / vraiment) (gentil / sympa / aimable)
        de rien
        merci $
        (ok / super / parfait) merci
        ^ coeur
        (vous etes / t es) (super / top / adorable / genial / gentil*)
        (je vous / vous) (souhaite / en prie)
        (mille / grand / encore / tres) merci*
        (god bless / que dieu / dieu vous)
    """),
    (Act.GREETING, """
        ^ (bonjour / bonsoir / salut / coucou / hello / hi / hey / allo / salam / wesh / yo / re / rebonjour / hola / bon matin / good morning / good evening)
        (ca va / cv / vous allez bien / comment allez vous / comment ca va / tu vas bien / la forme)
        (il y a quelquun / quelquun) $
    """),
)  # fmt: skip
