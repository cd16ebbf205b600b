# The words of the built-in theme in English. A theme may replace any of them in themes/NAME/strings/en.ftl; a message
# that is not there keeps the words from here. The syntax is Fluent's (projectfluent.org): { $name } is filled in, and
# { $n -> } chooses by the plural forms of the language. Templates write `section-some-key` as `s.section.some_key`.

## language

language-name = English
language-dir = ltr

## languages

languages-en = English
languages-fr = French
languages-de = German
languages-es = Spanish
languages-cy = Welsh
languages-ar = Arabic
languages-zh = Chinese

## window

window-one-day = { $start } to { $end } on { $day }
window-days = { $start } to { $end }

## list

list-resolved = Resolved after { $length }
list-overdue = Was to be over; not confirmed
list-no-statement = No statement yet

## state

state-operational = Working normally
state-planned-work = Planned work
state-degraded = Slow or patchy
state-partial-outage = Some areas affected
state-outage = Not working

## status

status-investigating = Investigating
status-identified = Identified
status-monitoring = Monitoring
status-resolved = Resolved
status-scheduled = Scheduled
status-in-progress = In progress
status-completed = Completed
status-cancelled = Cancelled
status-holding = No news yet
status-correction = Correction
status-review = Review
status-follow-up = Follow-up

## severity

severity-minor = Minor
severity-major = Major
severity-critical = Critical

## page

page-skip = Skip to the main part
page-front = All services
page-languages = Language
page-preview = Preview. This page is not published: it may show drafts and words that are being checked.
page-zone = All times are { $zone } time.
page-zone-utc = All times are in UTC.
page-history = History
page-contact = Speak to us
page-callback = Leave your number and we call you back.
page-feed = Every statement, as a news feed
page-original = This page is in { $language }, because it is not translated yet.

## front

front-all-well = Everything is working normally
front-looking = We are looking into a problem
front-one-degraded = { $services }: slow or patchy
front-one-partial = { $services }: some areas affected
front-one-outage = { $services }: not working
front-few = Problems: { $services }
front-many = Problems with { $n } of { $total } services
front-planned = Planned work: { $services }
front-now = What is wrong now
front-more = Also open
front-planned-work = Planned work
front-services = Services
front-areas = By area
front-recent = What is over
front-nothing-past = Nothing has been reported yet.
front-all-history = All history by month

## card

card-all-statements = Everything we said about this
card-everywhere = Everywhere

## due

due-next = Next update by { $time }
due-late = An update was due by { $time }. It is late.
due-said = Next update by { $time }

## fact

fact-affected = Who is affected
fact-everyone = Everyone
fact-not-known = Not known yet
fact-how = How we know:
fact-why = Because:
fact-fix = Expected fix
fact-basis = Why we think so:
fact-severity = Severity
fact-areas = Areas
fact-owner = Responsible
fact-window = Time of the work
fact-kept = Promise kept
fact-withdrawn = Promise withdrawn

## incident

incident-actions = What you can do
incident-actions-above = What we said you can do stands at the top of this page.
incident-statements = Everything we said, newest first
incident-none = We have not said anything yet.
incident-promises = What we promised
incident-facts = What is affected
incident-goodwill = What we offer
incident-owner = Who is responsible
incident-related = See also

## statement

statement-by = Written by { $name }
statement-backdated = Written for { $at }, published { $published }.
statement-reopens = We had said that this was over. It is open again.
statement-missed =
    { $n ->
        [one] We had promised an update by { $first } and did not give one.
       *[other] We had promised { $n } updates between { $first } and { $last } and gave none.
    }
statement-corrects = This corrects what we said { $time }: { $what }
statement-retracts = This takes down what we said { $time }: { $what }
statement-corrected = We corrected this { $time }.
statement-taken-down = The text of this statement was taken down.
statement-taken-down-at = The text of this statement was taken down. We said why { $time }.

## estimate

estimate-then = { $first }, then by { $second }
estimate-passed = We said that we expected this to be fixed by { $time }. It is not fixed, and we have no new estimate.
estimate-passed-new = We said that we expected this to be fixed by { $time }. It is not fixed. We now expect it by { $new }.

## notice

notice-draft = Draft. This is not published.
notice-delayed = Our next statement is delayed. It is being checked before it is published.
notice-correcting = A statement is being corrected. Until it is, this page shows what we last published.
notice-overdue = This work was to end by { $time }; not confirmed.
notice-reopened = We had said that this was over. It has been open again since { $time }.
notice-review-due = Our review of what happened is due by { $day }.
notice-review-late = Our review was due by { $day }. It is late.
notice-machine = A machine translated this text. No person has checked it.
notice-not-translated = Not all of this is translated yet. What is missing is shown in { $language }.

## promise

promise-by = by { $time }
promise-done = Done
promise-to-do = To do
promise-open = To do
promise-kept = Done on { $day }
promise-kept-late = Done late, on { $day }
promise-missed = Not done in time
promise-withdrawn = Withdrawn on { $day }

## when

when-since = Since { $start }
when-resolved = From { $start } to { $end }: { $length }
when-completed = From { $start } to { $end }: { $length }
when-cancelled = Was to begin: { $start }. Cancelled { $end }.

## service

service-supplier = With our supplier
service-planned = Planned work
service-past = What is over
service-past-none = Nothing has been reported here.

## area

area-within = Part of
area-postcodes = Postcodes that begin with
area-well = Every service is working normally here, as far as we know.

## history

history-title = History
history-lead = Everything that went wrong and all planned work, by the month in which it began.
history-count =
    { $n ->
        [one] { $n } entry
       *[other] { $n } entries
    }
history-earlier = Earlier
history-later = Later

## record

record-title = What we promised
record-lead = Everything with a time that we said in public, and what became of it: when we would speak next, when it would be fixed, and what we would do.
record-open = Still to do
record-open-none = Nothing that we promised is still to do.
record-missed = Not done in time
record-missed-none = Nothing that we promised was left undone.
record-settled = Done or withdrawn
record-months = Month by month
record-month = Began in
record-spoken = Updates in time
record-held = Automatic updates: nothing new
record-late = Updates late
record-fixes-kept = Fixed by the time we expected
record-fixes-missed = Not fixed by then
record-kept = Promises kept
record-kept-late = Kept late
record-missed-count = Not kept
record-withdrawn = Withdrawn

## learned

learned-title = What we learned
learned-lead = After an incident we publish what happened, why, and what we are changing. Each change has a person and a date, and this page says whether it is done.
learned-why = Why it happened
learned-changes = What we are changing
learned-no-changes = This review names no changes.
learned-awaited = Reviews to come
learned-none = No review has been published yet.
learned-more =
    { $n ->
        [one] And { $n } more, of an earlier incident.
       *[other] And { $n } more, of earlier incidents.
    }

## missing

missing-title = There is no page here
missing-lead = The address may have a slip in it, or the page may have moved.
missing-home = Go to the state of all services

## moved

moved-lead = This page has moved:

## mail

mail-colon = :
mail-next = Next update by
mail-reach = How to reach us
mail-earlier = Since our last mail to you
mail-earlier-first = What we said before
mail-more =
    { $n ->
        [one] { $n } more statement is on the page.
       *[other] { $n } more statements are on the page.
    }
mail-cut = Read the rest on the page
mail-promise = We promise: { $what }, by { $time }.
mail-page = Everything that we said about this
mail-mute = Stop mails about this incident
mail-preferences = Choose what we write to you about, and how often
mail-unsubscribe = Stop all mails from us
mail-why = You get this mail because { $email } signed up for updates from { $site }.
mail-reply = Answer this mail to write to { $name }.
