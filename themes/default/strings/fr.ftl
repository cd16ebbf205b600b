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
front-areas = Par secteur
front-recent = Ce qui est terminé
front-nothing-past = Rien n'a encore été signalé.
front-all-history = Tout l'historique par mois

## card

card-all-statements = Tout ce que nous avons dit à ce sujet
card-everywhere = Partout

## due

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

## missing

missing-title = Il n'y a pas de page ici
missing-lead = L'adresse contient peut-être une faute, ou la page a été déplacée.
missing-home = Voir l'état de tous les services

## moved

moved-lead = Cette page a été déplacée :

## mail

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
mail-mute = Ne plus recevoir de messages sur cet incident
mail-preferences = Choisir ce que nous vous écrivons, et à quel rythme
mail-unsubscribe = Ne plus recevoir aucun message de nous
mail-why = Vous recevez ce message parce que { $email } est inscrit aux informations de { $site }.
mail-reply = Répondez à ce message pour écrire à { $name }.
