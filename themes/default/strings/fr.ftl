# Les mots du thème intégré en français. Les espaces insécables sont voulues. La syntaxe est celle de Fluent ; voir en.ftl.

## language

language-name = Français
language-dir = ltr

## languages

languages-en = anglais
languages-fr = français
languages-de = allemand
languages-es = espagnol
languages-cy = gallois
languages-ar = arabe
languages-zh = chinois

## window

window-one-day = de { $start } à { $end } le { $day }
window-days = de { $start } à { $end }

## list

list-resolved = Résolu après { $length }
list-overdue = Devait être fini ; non confirmé
list-no-statement = Pas encore de message

## state

state-operational = Fonctionne normalement
state-planned-work = Travaux prévus
state-degraded = Lent ou irrégulier
state-partial-outage = Certains secteurs touchés
state-outage = Ne fonctionne pas

## status

status-investigating = Enquête en cours
status-identified = Problème trouvé
status-monitoring = Sous surveillance
status-resolved = Résolu
status-scheduled = Prévu
status-in-progress = En cours
status-completed = Terminé
status-cancelled = Annulé
status-holding = Pas encore de nouvelles
status-correction = Correction
status-review = Bilan
status-follow-up = Suivi

## severity

severity-minor = Mineur
severity-major = Majeur
severity-critical = Critique

## page

page-ways = Pages principales
page-skip = Aller au contenu principal
page-front = Tous les services
page-languages = Langue
page-preview = Aperçu. Cette page n'est pas publiée : elle peut montrer des brouillons et des textes en cours de vérification.
page-zone = Toutes les heures sont à l'heure de { $zone }.
page-zone-utc = Toutes les heures sont en UTC.
page-history = Historique
page-contact = Nous parler
page-callback = Laissez votre numéro et nous vous rappelons.
page-feed = Tous les messages, en fil de nouvelles
page-original = Cette page est en { $language }, car elle n'est pas encore traduite.

## front

front-all-well = Tout fonctionne normalement
front-looking = Nous cherchons la cause d'un problème
front-one-degraded = { $services } : lent ou irrégulier
front-one-partial = { $services } : certains secteurs touchés
front-one-outage = { $services } : ne fonctionne pas
front-few = Problèmes : { $services }
front-many = Problèmes avec { $n } services sur { $total }
front-planned = Travaux prévus : { $services }
front-now = Ce qui ne va pas en ce moment
front-more = Aussi en cours
front-planned-work = Travaux prévus
front-services = Services
front-recent = Ce qui est terminé
front-nothing-past = Rien n'a encore été signalé.
front-all-history = Tout l'historique par mois

## card

card-all-statements = Tout ce que nous avons dit à ce sujet
card-everywhere = Partout

## due

due-passed = Une nouvelle était due pour { $time }. Rechargez cette page pour la lire. Si elle n'y est pas, nous sommes en retard.
due-next = Prochaine mise à jour avant { $time }
due-late = Une mise à jour était promise avant { $time }. Elle est en retard.
due-said = Prochaine mise à jour avant { $time }

## fact

fact-affected = Qui est touché
fact-everyone = Tout le monde
fact-not-known = Pas encore connu
fact-how = Comment nous le savons :
fact-why = La raison :
fact-fix = Réparation prévue
fact-basis = Pourquoi nous le pensons :
fact-severity = Gravité
fact-areas = Secteurs
fact-owner = Responsable
fact-window = Durée des travaux
fact-kept = Promesse tenue
fact-withdrawn = Promesse retirée

## incident

incident-windows = Les dates suivantes
incident-follow = Recevoir des courriels à ce sujet jusqu'à la fin
incident-share = Faites passer
incident-share-mail = Envoyer par courriel
incident-share-sms = Envoyer par texto
incident-share-address = L'adresse de cette page :
incident-actions = Ce que vous pouvez faire
incident-actions-above = Ce que vous pouvez faire est indiqué en haut de cette page.
incident-statements = Tout ce que nous avons dit, du plus récent au plus ancien
incident-none = Nous n'avons encore rien dit.
incident-promises = Ce que nous avons promis
incident-facts = Ce qui est touché
incident-goodwill = Ce que nous offrons
incident-owner = Qui est responsable
incident-related = Voir aussi

## statement

statement-by = Écrit par { $name }
statement-backdated = Écrit pour { $at }, publié { $published }.
statement-reopens = Nous avions dit que c'était fini. C'est de nouveau ouvert.
statement-missed =
    { $n ->
        [one] Nous avions promis une mise à jour avant { $first } et nous ne l'avons pas donnée.
       *[other] Nous avions promis { $n } mises à jour entre { $first } et { $last } et n'en avons donné aucune.
    }
statement-corrects = Ceci corrige ce que nous avons dit { $time } : { $what }
statement-retracts = Ceci retire ce que nous avons dit { $time } : { $what }
statement-corrected = Nous avons corrigé ceci { $time }.
statement-taken-down = Le texte de ce message a été retiré.
statement-taken-down-at = Le texte de ce message a été retiré. Nous avons dit pourquoi { $time }.

## estimate

estimate-title = Ce que nous pensions avant
estimate-was = { $time }, comme nous l'avions dit { $said }
estimate-missed = Pas réparé à temps
estimate-moved = Déplacé
estimate-then = { $first }, puis avant { $second }
estimate-passed = Nous avions dit que ce serait réparé avant { $time }. Ce n'est pas réparé, et nous n'avons pas de nouvelle estimation.
estimate-passed-new = Nous avions dit que ce serait réparé avant { $time }. Ce n'est pas réparé. Nous l'attendons maintenant avant { $new }.

## notice

notice-draft = Brouillon. Ceci n'est pas publié.
notice-delayed = Notre prochain message est retardé. Il est vérifié avant d'être publié.
notice-correcting = Un message est en cours de correction. D'ici là, cette page montre ce que nous avons publié en dernier.
notice-overdue = Ces travaux devaient finir avant { $time } ; non confirmé.
notice-reopened = Nous avions dit que c'était fini. C'est de nouveau ouvert depuis { $time }.
notice-review-due = Notre bilan est attendu pour le { $day }.
notice-review-late = Notre bilan était attendu pour le { $day }. Il est en retard.
notice-machine = Ce texte a été traduit par une machine. Personne ne l'a vérifié.
notice-not-translated = Tout n'est pas encore traduit. Ce qui manque est en { $language }.

## promise

promise-by = avant { $time }
promise-done = Fait
promise-to-do = À faire
promise-open = À faire
promise-kept = Fait le { $day }
promise-kept-late = Fait en retard, le { $day }
promise-missed = Pas fait à temps
promise-withdrawn = Retiré le { $day }

## when

when-since = Depuis { $start }
when-resolved = De { $start } à { $end } : { $length }
when-completed = De { $start } à { $end } : { $length }
when-cancelled = Devait commencer : { $start }. Annulé { $end }.

## service

service-supplier = Avec notre fournisseur
service-planned = Travaux prévus
service-past = Ce qui est terminé
service-past-none = Rien n'a été signalé ici.

## area

area-within = Fait partie de
area-postcodes = Codes postaux qui commencent par
area-well = Tous les services fonctionnent normalement ici, à notre connaissance.

## history

history-page = Page
history-title = Historique
history-lead = Tout ce qui a mal tourné et tous les travaux prévus, par mois de début.
history-count =
    { $n ->
        [one] { $n } entrée
       *[other] { $n } entrées
    }
history-earlier = Avant
history-later = Après

## record

record-title = Ce que nous avons promis
record-lead = Tout ce que nous avons annoncé en public avec une heure ou une date, et ce qu'il en est advenu : quand nous devions reparler, quand ce devait être réparé, ce que nous devions faire.
record-open = Reste à faire
record-open-none = Rien de ce que nous avons promis ne reste à faire.
record-missed = Pas fait à temps
record-missed-none = Rien de ce que nous avons promis n'est resté en souffrance.
record-settled = Fait ou retiré
record-months = Mois par mois
record-month = Débuté en
record-spoken = Messages à l'heure
record-held = Messages automatiques : rien de nouveau
record-late = Messages en retard
record-fixes-kept = Réparé à l'heure prévue
record-fixes-missed = Pas réparé à cette heure
record-kept = Promesses tenues
record-kept-late = Tenues en retard
record-missed-count = Pas tenues
record-withdrawn = Retirées

## learned

learned-title = Ce que nous avons appris
learned-lead = Après un incident, nous publions ce qui s'est passé, pourquoi, et ce que nous changeons. Chaque changement a une personne et une date, et cette page dit s'il est fait.
learned-why = Pourquoi c'est arrivé
learned-changes = Ce que nous changeons
learned-no-changes = Ce bilan n'annonce aucun changement.
learned-awaited = Bilans à venir
learned-none = Aucun bilan n'est encore publié.
learned-more =
    { $n ->
        [one] Et { $n } autre, d'un incident plus ancien.
       *[other] Et { $n } autres, d'incidents plus anciens.
    }

## quality

quality-title = Comment nous vérifions nos mots
quality-lead = Avant chaque communiqué, un programme cherche les mots que personne ne peut garantir : un délai sans raison, une promesse que personne ne peut tenir, des excuses qui ne nomment aucun tort. Une personne peut passer outre, et doit dire pourquoi. Cette page en tient la liste.
quality-published = Publié malgré la vérification
quality-published-none = Rien n'a été publié malgré la vérification.
quality-silenced = Remarques écartées
quality-silenced-none = Aucune remarque n'a été écartée.
quality-said = { $name }, { $time }
quality-until = jusqu'au { $day }

## missing

missing-title = Il n'y a pas de page ici
missing-lead = L'adresse contient peut-être une faute, ou la page a été déplacée.
missing-home = Voir l'état de tous les services

## moved

moved-lead = Cette page a été déplacée :

## mail

mail-hello = Bonjour { $name },
mail-hello-nobody = Bonjour,
mail-topics = Vous avez choisi{ "\u00A0" }: { $services }. Lieux{ "\u00A0" }: { $areas }.
mail-all-services = tous les services
mail-everywhere = partout
mail-colon = { "\u00A0" }:
mail-next = Prochaine information au plus tard
mail-reach = Comment nous joindre
mail-earlier = Depuis notre dernier message
mail-earlier-first = Ce que nous avons dit avant
mail-more =
    { $n ->
        [one] { $n } autre déclaration se trouve sur la page.
       *[other] { $n } autres déclarations se trouvent sur la page.
    }
mail-cut = Lisez la suite sur la page
mail-promise = Nous promettons : { $what }, au plus tard { $time }.
mail-page = Tout ce que nous avons dit à ce sujet
mail-feedback = Ce message vous a-t-il dit ce qu’il vous fallait ?
mail-mute = Ne plus recevoir de messages sur cet incident
mail-preferences = Choisir ce que nous vous écrivons, et à quel rythme
mail-unsubscribe = Ne plus recevoir aucun message de nous
mail-why = Vous recevez ce message parce que { $email } est inscrit aux informations de { $site }.
mail-reply = Répondez à ce message pour écrire à { $name }.

## signup

signup-wrong = Merci de vérifier ceci :
signup-title = Recevoir un courriel quand quelque chose ne va pas
signup-lead = Nous écrivons quand quelque chose tombe en panne et quand tout est rétabli, et à intervalle fixe entre les deux. Un clic suffit pour arrêter.
signup-follow-title = Suivre cet événement
signup-follow-lead = Nous écrivons au sujet de « { $title } » jusqu'à la fin, et de rien d’autre.
signup-follow-too = Suivre aussi cet événement
signup-follow-beside = Nous vous écrirons aussi au sujet de « { $title } » jusqu’à la fin, quels que soient les services et les lieux que vous avez choisis.
signup-followed = Vous suivez « { $title } ».
signup-beside = Vous suivez aussi cet événement.
signup-email = Votre adresse de courriel
signup-trap = Laissez ceci vide
signup-services-hint = Ne cochez rien pour tous les services.
signup-areas = Où
signup-areas-hint = Indiquez un code postal ou cochez des secteurs. Ni l’un ni l’autre : partout.
signup-postcode = Code postal
signup-pace = À quel rythme
signup-pace-all = Tout, même quand il n’y a rien de nouveau
signup-pace-news = Seulement les nouvelles
signup-pace-ends = Au début et à la fin
signup-pace-digest = Une fois par jour
signup-language = Langue des courriels
signup-subscribe = S’inscrire
signup-privacy = Nous gardons votre adresse et ces choix, ne les utilisons que pour ces courriels, et les effaçons quand vous le dites.
signup-email-missing = Écrivez votre adresse de courriel.
signup-email-wrong = Nous ne pouvons pas écrire à cette adresse. Une adresse ressemble à nom@example.org.
signup-postcode-wrong = Nous ne connaissons pas ce code postal. Laissez-le vide et cochez un secteur, ou rien pour partout.
signup-topic-wrong = Un de ces choix n’est plus sur notre liste. Merci de choisir à nouveau.
signup-sent-title = Consultez votre boîte de réception
signup-sent = Nous avons écrit à l’adresse indiquée. Ouvrez le lien de ce courriel et appuyez sur le bouton ; avant cela, rien ne se passe.
signup-sent-again = Rien après dix minutes ? Regardez parmi les courriels indésirables. Une adresse reçoit un seul de ces courriels par jour.
signup-confirm-title = Voulez-vous ces courriels ?
signup-confirm-about = Vous serez informé de : { $about }. { $pace }.
signup-confirm = Oui, écrivez-moi
signup-confirmed-title = Vous êtes inscrit
signup-confirmed = Désormais, nous vous écrivons quand quelque chose ne va pas, et quand tout est rétabli.
signup-change = Changer ce que vous recevez
signup-unsubscribe-title = Plus aucun courriel de notre part ?
signup-unsubscribe-lead = Ensuite, nous ne vous écrirons plus du tout, même au sujet de ce qui est en cours.
signup-unsubscribe = Se désinscrire
signup-less = Recevoir moins : choisir services, lieux et rythme
signup-left-title = Vous ne recevrez plus de courriel de notre part
signup-left = Cela vaut dès maintenant. Un courriel en route en ce moment peut encore arriver.
signup-left-erase = Nous gardons votre adresse seulement pour savoir que vous êtes parti. Pour l’effacer aussi, utilisez le lien ci-dessous.
signup-mute-title = Plus aucun courriel à ce sujet ?
signup-mute-lead = « { $title } ». Nous vous écrirons encore au sujet de tout le reste.
signup-mute = Plus rien à ce sujet
signup-muted-title = Vous ne recevrez plus de courriel à ce sujet
signup-muted = Nous vous écrirons encore au sujet de tout le reste.
signup-change-title = Ce que vous recevez
signup-change-lead = Pour { $email }.
signup-keep = Garder ce choix
signup-kept-title = Votre choix est enregistré
signup-kept = Il vaut dès le prochain courriel.
signup-only-lead = Vous suivez des événements choisis et rien d’autre.
signup-widen = M’écrire aussi au sujet de tout le reste
signup-data = Voir ou effacer ce que nous gardons sur vous
signup-data-title = Ce que nous gardons sur vous
signup-data-lead = Votre adresse, vos choix, et quels courriels nous vous avons envoyés. Rien d’autre.
signup-export-heading = Prendre une copie
signup-export = Tout télécharger
signup-erase-heading = Effacer
signup-erase-says = Cela met fin à tous les courriels et ne peut être annulé. De votre adresse il reste un code à partir duquel personne ne peut la lire ; il empêche une liste de vous réinscrire.
signup-erase-sure = Oui, effacer tout ce qui me concerne
signup-erase = Effacer
signup-erase-first = Cochez d’abord la case ; elle protège d’une erreur.
signup-erased-title = Tout ce qui vous concerne est effacé
signup-erased = Vous pouvez vous réinscrire à tout moment.
signup-void-title = Ce lien ne fonctionne plus
signup-void = Vous avez peut-être déjà été retiré, ou le lien a plus d’une semaine. Vous pouvez vous inscrire à nouveau.
signup-again = S’inscrire
signup-trouble-title = Cela n’a pas fonctionné
signup-trouble = Nous n’avons pas pu l’enregistrer. Rien n’a changé. Merci de réessayer dans une minute.
signup-busy-title = Trop à la fois
signup-busy = { $minutes ->
        [one] De très nombreuses demandes sont venues de votre réseau, ou en tout. Merci de réessayer dans une minute.
       *[other] De très nombreuses demandes sont venues de votre réseau, ou en tout. Merci de réessayer dans { $minutes } minutes.
    }
signup-missing-title = Cette page n’existe pas
signup-missing = Vérifiez que l’adresse est complète.
signup-feedback-title = Avez-vous trouvé ce qu’il vous fallait ?
signup-feedback-about = { $title }, { $time }
signup-helped = Notre message vous a-t-il dit ce qu’il vous fallait ?
signup-yes = Oui
signup-no = Non
signup-words = Qu’est-ce qui manquait, ou qui a aidé ? (Vous pouvez laisser ceci vide.)
signup-contact = Votre adresse de courriel, si vous voulez une réponse
signup-contact-hint = Sans elle, nous ne savons pas qui vous êtes. N’utilisez pas ceci pour une urgence.
signup-send = Envoyer
signup-back = Retour à la page
signup-helped-missing = Choisissez oui ou non.
signup-thanks-title = Merci
signup-thanks = La personne responsable lira ceci.
signup-all-services = tous les services
signup-everywhere = partout
signup-one-incident = un seul événement
signup-mail-confirm-subject = Merci de confirmer : courriels de { $site }
signup-mail-confirm =
    Quelqu’un, vous nous l’espérons, nous a demandé d’écrire à cette adresse quand quelque chose ne va pas.

    Au sujet de : { $about }

    Si vous voulez ces courriels, ouvrez cette page et appuyez sur son bouton :
    { $link }

    Le lien fonctionne pendant sept jours.

    Si ce n’était pas vous : ne faites rien. Vous ne recevrez plus rien de nous, et après sept jours l’adresse est effacée.
signup-mail-known-subject = Vous recevez déjà les courriels de { $site }
signup-mail-known =
    Quelqu’un, peut-être vous, a écrit cette adresse dans notre formulaire d’inscription. Vous êtes déjà inscrit, et rien n’a changé.

    Pour changer ce que vous recevez :
    { $change }

    Pour ne plus recevoir de courriel de notre part :
    { $leave }

    Si ce n’était pas vous : ne faites rien.
signup-mail-follow-subject = Suivre aussi « { $title } » ?
signup-mail-follow =
    Quelqu’un, peut-être vous, a demandé avec cette adresse des courriels au sujet de « { $title } ». Vous recevez déjà nos courriels, et rien n’a changé.

    Pour suivre aussi cet événement :
    { $follow }

    Pour changer ce que vous recevez :
    { $change }

    Pour ne plus recevoir de courriel de notre part :
    { $leave }

    Si ce n’était pas vous : ne faites rien.
signup-quiet = Pas de courriel la nuit
signup-quiet-from = De
signup-quiet-to = À
signup-zone = Votre fuseau horaire, si c’en est un autre
signup-quiet-hint = Laissez les heures vides pour être informé à toute heure. Ce qui se dit entre-temps arrive en un seul courriel à la fin.
signup-hours-wrong = Indiquez les deux heures, ou aucune, et un fuseau comme Europe/Paris ou aucun.

## days

days-title = Les 90 derniers jours
days-bad =
    { $n ->
        [one] Des ennuis { $n } jour sur les 90 derniers
       *[other] Des ennuis { $n } jours sur les 90 derniers
    }
days-none = Aucun ennui ces 90 derniers jours
days-legend = Un trait par jour, aujourd'hui à la fin. Plus il est haut, plus la journée a été mauvaise.
days-table = Lire ces jours en tableau
days-service = Service
days-when = Quand
days-state = Comment
days-what = Ce qui est arrivé
days-more =
    { $n ->
        [one] { $n } entrée plus ancienne est dans l'historique
       *[other] { $n } entrées plus anciennes sont dans l'historique
    }

## places

places-title = Mon quartier est-il touché ?
places-lead = Tous les quartiers avec leurs codes postaux, et ce qui ne marche pas en ce moment.
places-lead-names = Tous les quartiers, et ce qui ne marche pas en ce moment.
places-search = Quartier ou code postal
places-search-names = Quartier
places-none = Aucun quartier ne correspond. Videz le champ pour voir la liste, ou appelez-nous.
places-well = Tout fonctionne, à notre connaissance

## follow

follow-title = Recevoir les nouvelles
follow-lead = Nous parlons quand quelque chose change, et quand nous l'avons promis.
follow-mail = Par courriel
follow-mail-lead = Choisissez les services et les lieux qui comptent pour vous. Vous pouvez arrêter à tout moment, d'un seul clic.
follow-sign-up = S'inscrire aux courriels
follow-feed = Dans un lecteur de nouvelles
follow-feed-lead = Chaque message est une entrée à part. Donnez cette adresse à votre lecteur :
follow-all = Tout ce que nous disons
follow-one-service = Un seul service
follow-one-area = Un seul quartier
follow-calendar = Dans votre agenda
follow-calendar-lead = Les travaux prévus s'y ajoutent et s'y déplacent tout seuls. Abonnez votre agenda à cette adresse :
follow-other = Sous d'autres formes

## edition

edition-text = Texte seul
edition-print = Avis à imprimer
edition-embed = L'état pour votre propre page
edition-details = tous les détails
edition-full = Page complète
edition-print-lead = Cette page est faite pour être imprimée et affichée.
edition-print-now = Imprimer cette page
edition-address = L'état le plus récent est sur
edition-latest = Dernier message :
