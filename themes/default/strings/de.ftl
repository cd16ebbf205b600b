# Die Worte des eingebauten Designs auf Deutsch. Die Schreibweise ist die von Fluent; siehe en.ftl.

## language

language-name = Deutsch
language-dir = ltr

## languages

languages-en = Englisch
languages-fr = Französisch
languages-de = Deutsch
languages-es = Spanisch
languages-cy = Walisisch
languages-ar = Arabisch
languages-zh = Chinesisch

## window

window-one-day = { $start } bis { $end } am { $day }
window-days = { $start } bis { $end }

## list

list-resolved = Behoben nach { $length }
list-overdue = Sollte beendet sein; nicht bestätigt
list-no-statement = Noch keine Mitteilung

## state

state-operational = Funktioniert normal
state-planned-work = Geplante Arbeiten
state-degraded = Langsam oder lückenhaft
state-partial-outage = Einige Gebiete betroffen
state-outage = Funktioniert nicht

## status

status-investigating = Wird untersucht
status-identified = Ursache gefunden
status-monitoring = Wird beobachtet
status-resolved = Behoben
status-scheduled = Geplant
status-in-progress = In Arbeit
status-completed = Abgeschlossen
status-cancelled = Abgesagt
status-holding = Noch nichts Neues
status-correction = Berichtigung
status-review = Rückblick
status-follow-up = Nachtrag

## severity

severity-minor = Gering
severity-major = Erheblich
severity-critical = Kritisch

## page

page-ways = Wichtigste Seiten
page-skip = Zum Hauptteil springen
page-front = Alle Dienste
page-languages = Sprache
page-preview = Vorschau. Diese Seite ist nicht veröffentlicht: Sie kann Entwürfe und Texte zeigen, die noch geprüft werden.
page-zone = Alle Uhrzeiten gelten für { $zone }.
page-zone-utc = Alle Uhrzeiten sind in UTC.
page-history = Verlauf
page-contact = Sprechen Sie mit uns
page-callback = Hinterlassen Sie Ihre Nummer, wir rufen Sie zurück.
page-feed = Alle Mitteilungen als Nachrichten-Feed
page-original = Diese Seite ist auf { $language }, weil sie noch nicht übersetzt ist.

## front

front-all-well = Alles funktioniert normal
front-looking = Wir gehen einem Problem nach
front-one-degraded = { $services }: langsam oder lückenhaft
front-one-partial = { $services }: einige Gebiete betroffen
front-one-outage = { $services }: funktioniert nicht
front-few = Probleme: { $services }
front-many =
    { $n ->
        [one] Probleme bei { $n } von { $total } Diensten
       *[other] Probleme bei { $n } von { $total } Diensten
    }
front-planned = Geplante Arbeiten: { $services }
front-now = Was gerade nicht funktioniert
front-more = Außerdem offen
front-planned-work = Geplante Arbeiten
front-services = Dienste
front-recent = Was vorbei ist
front-nothing-past = Es wurde noch nichts gemeldet.
front-all-history = Der ganze Verlauf nach Monaten

## card

card-all-statements = Alles, was wir dazu gesagt haben
card-everywhere = Überall

## due

due-passed = Eine Mitteilung war bis { $time } zugesagt. Laden Sie diese Seite neu, um sie zu lesen. Steht sie nicht da, sind wir verspätet.
due-next = Nächste Mitteilung bis { $time }
due-late = Eine Mitteilung war bis { $time } zugesagt. Sie ist verspätet.
due-said = Nächste Mitteilung bis { $time }

## fact

fact-affected = Wer betroffen ist
fact-everyone = Alle
fact-not-known = Noch nicht bekannt
fact-how = Woher wir das wissen:
fact-why = Der Grund:
fact-fix = Voraussichtlich behoben
fact-basis = Warum wir das annehmen:
fact-severity = Schwere
fact-areas = Gebiete
fact-owner = Verantwortlich
fact-window = Zeit der Arbeiten
fact-kept = Zusage eingehalten
fact-withdrawn = Zusage zurückgenommen

## incident

incident-windows = Die Zeiten danach
incident-follow = E-Mails dazu erhalten, bis es vorbei ist
incident-share = Weitersagen
incident-share-mail = Als E-Mail senden
incident-share-sms = Als SMS senden
incident-share-address = Die Adresse dieser Seite:
incident-actions = Was Sie tun können
incident-actions-above = Was Sie tun können, steht oben auf dieser Seite.
incident-statements = Alles, was wir gesagt haben, das Neueste zuerst
incident-none = Wir haben noch nichts gesagt.
incident-promises = Was wir zugesagt haben
incident-facts = Was betroffen ist
incident-goodwill = Was wir anbieten
incident-owner = Wer verantwortlich ist
incident-related = Siehe auch

## statement

statement-by = Geschrieben von { $name }
statement-backdated = Geschrieben für { $at }, veröffentlicht { $published }.
statement-reopens = Wir hatten gesagt, dass dies vorbei ist. Es ist wieder offen.
statement-missed =
    { $n ->
        [one] Wir hatten eine Mitteilung bis { $first } zugesagt und keine gegeben.
       *[other] Wir hatten { $n } Mitteilungen zugesagt, die erste bis { $first }, die letzte bis { $last }, und keine gegeben.
    }
statement-corrects = Dies berichtigt, was wir { $time } gesagt haben: { $what }
statement-retracts = Dies nimmt zurück, was wir { $time } gesagt haben: { $what }
statement-corrected = Wir haben dies { $time } berichtigt.
statement-taken-down = Der Text dieser Mitteilung wurde entfernt.
statement-taken-down-at = Der Text dieser Mitteilung wurde entfernt. Den Grund haben wir { $time } genannt.

## estimate

estimate-title = Was wir vorher erwartet hatten
estimate-was = { $time }; gesagt { $said }
estimate-missed = Bis dahin nicht behoben
estimate-moved = Verschoben
estimate-then = { $first }, danach bis { $second }
estimate-passed = Wir hatten gesagt, dass wir dies bis { $time } behoben haben wollen. Es ist nicht behoben, und wir haben keine neue Schätzung.
estimate-passed-new = Wir hatten gesagt, dass wir dies bis { $time } behoben haben wollen. Es ist nicht behoben. Wir rechnen jetzt damit bis { $new }.

## notice

notice-draft = Entwurf. Dies ist nicht veröffentlicht.
notice-delayed = Unsere nächste Mitteilung verspätet sich. Sie wird geprüft, bevor sie veröffentlicht wird.
notice-correcting = Eine Mitteilung wird gerade berichtigt. Bis dahin zeigt diese Seite, was wir zuletzt veröffentlicht haben.
notice-overdue = Diese Arbeiten sollten bis { $time } beendet sein; nicht bestätigt.
notice-reopened = Wir hatten gesagt, dass dies vorbei ist. Es ist wieder offen seit { $time }.
notice-review-due = Unser Rückblick auf das, was geschehen ist, kommt bis { $day }.
notice-review-late = Unser Rückblick war bis { $day } zugesagt. Er ist verspätet.
notice-machine = Diesen Text hat eine Maschine übersetzt. Kein Mensch hat ihn geprüft.
notice-not-translated = Noch ist nicht alles übersetzt. Was fehlt, steht hier auf { $language }.

## promise

promise-by = bis { $time }
promise-done = Erledigt
promise-to-do = Zu tun
promise-open = Zu tun
promise-kept = Erledigt am { $day }
promise-kept-late = Verspätet erledigt, am { $day }
promise-missed = Nicht rechtzeitig erledigt
promise-withdrawn = Zurückgenommen am { $day }

## when

when-since = Seit { $start }
when-resolved = Von { $start } bis { $end }: { $length }
when-completed = Von { $start } bis { $end }: { $length }
when-cancelled = Sollte beginnen: { $start }. Abgesagt { $end }.

## service

service-supplier = Bei unserem Lieferanten
service-planned = Geplante Arbeiten
service-past = Was vorbei ist
service-past-none = Hier wurde noch nichts gemeldet.

## area

area-within = Teil von
area-postcodes = Postleitzahlen, die so beginnen
area-well = Soweit wir wissen, funktionieren hier alle Dienste normal.

## history

history-page = Seite
history-title = Verlauf
history-lead = Alles, was nicht funktioniert hat, und alle geplanten Arbeiten, nach dem Monat, in dem sie begannen.
history-count =
    { $n ->
        [one] { $n } Eintrag
       *[other] { $n } Einträge
    }
history-earlier = Früher
history-later = Später

## record

record-title = Was wir zugesagt haben
record-lead = Alles, was wir öffentlich mit einer Zeit gesagt haben, und was daraus wurde: wann wir uns wieder melden, wann es behoben ist und was wir tun.
record-open = Noch zu tun
record-open-none = Von dem, was wir zugesagt haben, ist nichts mehr zu tun.
record-missed = Nicht rechtzeitig erledigt
record-missed-none = Nichts von dem, was wir zugesagt haben, ist liegen geblieben.
record-settled = Erledigt oder zurückgenommen
record-months = Monat für Monat
record-month = Begonnen im
record-spoken = Rechtzeitige Mitteilungen
record-held = Automatische Mitteilungen: nichts Neues
record-late = Verspätete Mitteilungen
record-fixes-kept = Wie erwartet behoben
record-fixes-missed = Bis dahin nicht behoben
record-kept = Eingehaltene Zusagen
record-kept-late = Verspätet eingehalten
record-missed-count = Nicht eingehalten
record-withdrawn = Zurückgenommen

## learned

learned-title = Was wir gelernt haben
learned-lead = Nach einem Vorfall veröffentlichen wir, was geschehen ist, warum, und was wir ändern. Zu jeder Änderung gehören eine Person und ein Datum, und diese Seite sagt, ob sie erledigt ist.
learned-why = Warum es geschehen ist
learned-changes = Was wir ändern
learned-no-changes = Dieser Rückblick nennt keine Änderungen.
learned-awaited = Rückblicke, die noch kommen
learned-none = Es ist noch kein Rückblick veröffentlicht.
learned-more =
    { $n ->
        [one] Und { $n } weiterer, zu einem früheren Vorfall.
       *[other] Und { $n } weitere, zu früheren Vorfällen.
    }

## quality

quality-title = Wie wir unsere Worte prüfen
quality-lead = Bevor eine Mitteilung hinausgeht, sucht ein Programm nach Worten, für die niemand einstehen kann: eine Zeit ohne Grund, ein Versprechen, das niemand halten kann, eine Entschuldigung, die keinen Schaden nennt. Ein Mensch darf sich darüber hinwegsetzen und muss sagen, warum. Diese Seite führt jedes Mal auf.
quality-published = Trotz der Prüfung veröffentlicht
quality-published-none = Nichts wurde trotz der Prüfung veröffentlicht.
quality-silenced = Beiseitegelegte Hinweise
quality-silenced-none = Kein Hinweis wurde beiseitegelegt.
quality-said = { $name }, { $time }
quality-until = bis { $day }

## missing

missing-title = Hier ist keine Seite
missing-lead = Vielleicht ist in der Adresse ein Fehler, oder die Seite ist umgezogen.
missing-home = Zum Stand aller Dienste

## moved

moved-lead = Diese Seite ist umgezogen:

## mail

mail-hello = Guten Tag, { $name },
mail-hello-nobody = Guten Tag,
mail-topics = Sie haben gewählt: { $services }. Orte: { $areas }.
mail-all-services = alle Dienste
mail-everywhere = überall
mail-colon = :
mail-next = Nächste Mitteilung bis
mail-reach = So erreichen Sie uns
mail-earlier = Seit unserer letzten E-Mail an Sie
mail-earlier-first = Was wir vorher gesagt haben
mail-more =
    { $n ->
        [one] { $n } weitere Mitteilung steht auf der Seite.
       *[other] { $n } weitere Mitteilungen stehen auf der Seite.
    }
mail-cut = Lesen Sie den Rest auf der Seite
mail-promise = Wir sagen zu: { $what }, bis { $time }.
mail-page = Alles, was wir dazu gesagt haben
mail-feedback = Stand hier, was Sie wissen mussten?
mail-mute = Keine E-Mails mehr zu diesem Vorfall
mail-preferences = Wählen, worüber und wie oft wir Ihnen schreiben
mail-unsubscribe = Gar keine E-Mails mehr von uns
mail-why = Sie erhalten diese E-Mail, weil { $email } für Mitteilungen von { $site } angemeldet ist.
mail-reply = Antworten Sie auf diese E-Mail, um { $name } zu schreiben.

## signup

signup-wrong = Bitte sehen Sie sich das noch einmal an:
signup-title = E-Mail bekommen, wenn etwas nicht funktioniert
signup-lead = Wir schreiben, wenn etwas ausfällt und wenn es wieder funktioniert, und dazwischen in festen Abständen. Sie können mit einem Klick aufhören.
signup-follow-title = Nur diesem folgen
signup-follow-lead = Wir schreiben über „{ $title }“, bis es vorbei ist, und über nichts anderes.
signup-follow-too = Auch diesem folgen
signup-follow-beside = Wir schreiben Ihnen auch über „{ $title }“, bis es vorbei ist, gleich welche Dienste und Orte Sie gewählt haben.
signup-followed = Sie folgen „{ $title }“.
signup-beside = Sie folgen auch diesem Vorfall.
signup-email = Ihre E-Mail-Adresse
signup-trap = Lassen Sie dies leer
signup-services-hint = Kreuzen Sie nichts an, um von allen Diensten zu hören.
signup-areas = Wo
signup-areas-hint = Geben Sie eine Postleitzahl an oder kreuzen Sie Gebiete an. Weder noch: überall.
signup-postcode = Postleitzahl
signup-pace = Wie viel
signup-pace-all = Alles, auch wenn es nichts Neues gibt
signup-pace-news = Nur Neues
signup-pace-ends = Wenn es beginnt und wenn es vorbei ist
signup-pace-digest = Einmal am Tag
signup-language = Sprache der E-Mails
signup-subscribe = Anmelden
signup-privacy = Wir speichern Ihre Adresse und diese Auswahl, nutzen sie nur für diese E-Mails und löschen sie, wenn Sie es sagen.
signup-email-missing = Schreiben Sie Ihre E-Mail-Adresse.
signup-email-wrong = An diese E-Mail-Adresse können wir nicht schreiben. Sie sieht so aus: name@example.org.
signup-postcode-wrong = Diese Postleitzahl kennen wir nicht. Lassen Sie das Feld leer und kreuzen Sie ein Gebiet an, oder keines für überall.
signup-topic-wrong = Etwas davon steht nicht mehr auf unserer Liste. Bitte wählen Sie noch einmal.
signup-sent-title = Sehen Sie in Ihr Postfach
signup-sent = Wir haben an die angegebene Adresse geschrieben. Öffnen Sie den Link in dieser E-Mail und drücken Sie dort auf den Knopf; vorher geschieht nichts.
signup-sent-again = Nach zehn Minuten keine E-Mail? Sehen Sie bei den unerwünschten E-Mails nach. Jede Adresse bekommt eine solche E-Mail am Tag.
signup-confirm-title = Möchten Sie diese E-Mails?
signup-confirm-about = Sie hören von: { $about }. { $pace }.
signup-confirm = Ja, schreiben Sie mir
signup-confirmed-title = Sie sind angemeldet
signup-confirmed = Ab jetzt schreiben wir Ihnen, wenn etwas nicht funktioniert und wenn es wieder funktioniert.
signup-change = Ändern, was Sie bekommen
signup-unsubscribe-title = Keine E-Mails mehr von uns?
signup-unsubscribe-lead = Danach schreiben wir Ihnen gar nichts mehr, auch nicht über das, was gerade geschieht.
signup-unsubscribe = Abmelden
signup-less = Stattdessen weniger bekommen: Dienste, Orte und Häufigkeit wählen
signup-left-title = Sie bekommen keine E-Mails mehr von uns
signup-left = Das gilt ab jetzt. Eine E-Mail, die gerade unterwegs ist, kann noch ankommen.
signup-left-erase = Wir behalten Ihre Adresse nur, um zu wissen, dass Sie abgemeldet sind. Um auch sie löschen zu lassen, nutzen Sie den Link unten.
signup-mute-title = Keine E-Mails mehr dazu?
signup-mute-lead = „{ $title }“. Über alles andere schreiben wir Ihnen weiter.
signup-mute = Nichts mehr dazu
signup-muted-title = Sie bekommen dazu keine E-Mails mehr
signup-muted = Über alles andere schreiben wir Ihnen weiter.
signup-change-title = Was Sie bekommen
signup-change-lead = Für { $email }.
signup-keep = Diese Auswahl speichern
signup-kept-title = Ihre Auswahl ist gespeichert
signup-kept = Sie gilt ab der nächsten E-Mail.
signup-only-lead = Sie folgen einzelnen Vorfällen und sonst nichts.
signup-widen = Schreiben Sie mir auch über alles andere
signup-data = Ansehen oder löschen, was wir über Sie speichern
signup-data-title = Was wir über Sie speichern
signup-data-lead = Ihre Adresse, Ihre Auswahl und welche E-Mails wir Ihnen geschickt haben. Sonst nichts.
signup-export-heading = Eine Kopie mitnehmen
signup-export = Alles herunterladen
signup-erase-heading = Löschen
signup-erase-says = Das beendet alle E-Mails und kann nicht rückgängig gemacht werden. Von Ihrer Adresse bleibt ein Code, aus dem sie niemand lesen kann; er verhindert, dass eine Liste Sie zurückbringt.
signup-erase-sure = Ja, alles über mich löschen
signup-erase = Löschen
signup-erase-first = Kreuzen Sie zuerst das Kästchen an; es schützt vor einem Versehen.
signup-erased-title = Alles über Sie ist gelöscht
signup-erased = Sie können sich jederzeit wieder anmelden.
signup-void-title = Dieser Link funktioniert nicht mehr
signup-void = Vielleicht sind Sie schon abgemeldet, oder der Link ist älter als eine Woche. Sie können sich neu anmelden.
signup-again = Anmelden
signup-trouble-title = Das hat nicht geklappt
signup-trouble = Wir konnten es gerade nicht aufschreiben. Nichts hat sich geändert. Bitte versuchen Sie es in einer Minute noch einmal.
signup-busy-title = Zu viel auf einmal
signup-busy =
    { $minutes ->
        [one] Sehr viele Anfragen kamen aus Ihrem Netz oder insgesamt. Bitte versuchen Sie es in { $minutes } Minute noch einmal.
       *[other] Sehr viele Anfragen kamen aus Ihrem Netz oder insgesamt. Bitte versuchen Sie es in { $minutes } Minuten noch einmal.
    }
signup-missing-title = Diese Seite gibt es nicht
signup-missing = Prüfen Sie, ob die Adresse vollständig ist.
signup-feedback-title = Stand hier, was Sie wissen mussten?
signup-feedback-about = { $title }, { $time }
signup-helped = Stand in unserer Mitteilung, was Sie wissen mussten?
signup-yes = Ja
signup-no = Nein
signup-words = Was hat gefehlt, oder was hat geholfen? (Sie können das leer lassen.)
signup-contact = Ihre E-Mail-Adresse, wenn Sie eine Antwort möchten
signup-contact-hint = Ohne sie wissen wir nicht, wer Sie sind. Nutzen Sie dies nicht für einen Notfall.
signup-send = Senden
signup-back = Zurück zur Seite
signup-helped-missing = Wählen Sie Ja oder Nein.
signup-thanks-title = Danke
signup-thanks = Die verantwortliche Person liest dies.
signup-all-services = alle Dienste
signup-everywhere = überall
signup-one-incident = ein Vorfall
signup-mail-confirm-subject = Bitte bestätigen: E-Mails von { $site }
signup-mail-confirm =
    Jemand, wir hoffen Sie, hat uns gebeten, an diese Adresse zu schreiben, wenn etwas nicht funktioniert.

    Worüber: { $about }

    Wenn Sie diese E-Mails möchten, öffnen Sie diese Seite und drücken Sie dort auf den Knopf:
    { $link }

    Der Link funktioniert sieben Tage lang.

    Wenn Sie es nicht waren: Tun Sie nichts. Sie bekommen nichts mehr von uns, und nach sieben Tagen wird die Adresse gelöscht.
signup-mail-known-subject = Sie bekommen schon E-Mails von { $site }
signup-mail-known =
    Jemand, vielleicht Sie, hat diese Adresse in unsere Anmeldung eingegeben. Sie sind schon angemeldet, und nichts hat sich geändert.

    Ändern, was Sie bekommen:
    { $change }

    Keine E-Mails mehr von uns:
    { $leave }

    Wenn Sie es nicht waren: Tun Sie nichts.
signup-mail-follow-subject = Auch „{ $title }“ folgen?
signup-mail-follow =
    Jemand, vielleicht Sie, wollte mit dieser Adresse E-Mails über „{ $title }“ bekommen. Sie bekommen schon E-Mails von uns, und nichts hat sich geändert.

    Auch diesem folgen:
    { $follow }

    Ändern, was Sie bekommen:
    { $change }

    Keine E-Mails mehr von uns:
    { $leave }

    Wenn Sie es nicht waren: Tun Sie nichts.
signup-quiet = Keine E-Mails in der Nacht
signup-quiet-from = Von
signup-quiet-to = Bis
signup-zone = Ihre Zeitzone, wenn es eine andere ist
signup-quiet-hint = Lassen Sie die Zeiten leer, um zu jeder Stunde E-Mails zu bekommen. Was in der Zwischenzeit gesagt wird, kommt am Ende in einer E-Mail.
signup-hours-wrong = Geben Sie beide Zeiten an oder keine, und eine Zeitzone wie Europe/London oder keine.

## days

days-title = Die letzten 90 Tage
days-bad =
    { $n ->
        [one] Störungen an { $n } der letzten 90 Tage
       *[other] Störungen an { $n } der letzten 90 Tage
    }
days-none = Keine Störung in den letzten 90 Tagen
days-legend = Ein Strich für jeden Tag, heute am Ende. Je höher, desto schlechter war der Tag.
days-table = Diese Tage als Tabelle lesen
days-service = Dienst
days-when = Wann
days-state = Wie es war
days-what = Was geschah
days-more =
    { $n ->
        [one] { $n } früherer Eintrag steht im Verlauf
       *[other] { $n } frühere Einträge stehen im Verlauf
    }

## places

places-title = Ist mein Ort betroffen?
places-lead = Alle Orte mit ihren Postleitzahlen, und was dort jetzt nicht funktioniert.
places-lead-names = Alle Orte, und was dort jetzt nicht funktioniert.
places-search = Ort oder Postleitzahl
places-search-names = Ort
places-none = Kein Ort passt dazu. Leeren Sie das Feld und sehen Sie in der Liste nach, oder rufen Sie uns an.
places-well = Alles funktioniert, soweit wir wissen

## follow

follow-title = Mitteilungen erhalten
follow-lead = Wir melden uns, wenn sich etwas ändert, und wenn wir es zugesagt haben.
follow-mail = Per E-Mail
follow-mail-lead = Wählen Sie die Dienste und Orte, die für Sie wichtig sind. Sie können jederzeit mit einem Klick aufhören.
follow-sign-up = Für E-Mails anmelden
follow-feed = In einem Nachrichtenleser
follow-feed-lead = Jede Mitteilung ist ein eigener Eintrag. Geben Sie Ihrem Leser diese Adresse:
follow-all = Alles, was wir sagen
follow-one-service = Nur ein Dienst
follow-one-area = Nur ein Ort
follow-calendar = In Ihrem Kalender
follow-calendar-lead = Geplante Arbeiten kommen und verschieben sich von selbst. Abonnieren Sie diese Adresse in Ihrem Kalender:
follow-other = In anderer Form

## edition

edition-text = Nur Text
edition-print = Aushang zum Drucken
edition-embed = Der Stand für Ihre eigene Seite
edition-details = alle Einzelheiten
edition-full = Ganze Seite
edition-print-lead = Diese Seite ist zum Drucken und Aushängen gemacht.
edition-print-now = Diese Seite drucken
edition-address = Den neuesten Stand gibt es unter
edition-latest = Letzte Mitteilung:
