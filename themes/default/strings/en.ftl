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

page-ways = Main pages
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
front-recent = What is over
front-nothing-past = Nothing has been reported yet.
front-all-history = All history by month

## card

card-all-statements = Everything we said about this
card-everywhere = Everywhere

## due

due-passed = An update was due by { $time }. Load this page again to see it. If it is not there, we are late.
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

incident-windows = The times after that
incident-follow = Get mails about this until it is over
incident-share = Pass this on
incident-share-mail = Send it by mail
incident-share-sms = Send it as a text message
incident-share-address = The address of this page:
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

estimate-title = What we expected before
estimate-was = { $time }, as we said { $said }
estimate-missed = Not fixed by then
estimate-moved = Moved
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

history-page = Page
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

## quality

quality-title = How we check our words
quality-lead = Before a statement goes out, a program looks for words that nobody can stand behind: a time without a reason, a promise that nobody can keep, an apology that names no harm. A person may overrule it, and must say why. This page lists each time.
quality-published = Published against the check
quality-published-none = Nothing was published against the check.
quality-silenced = Findings put aside
quality-silenced-none = No finding was put aside.
quality-said = { $name }, { $time }
quality-until = until { $day }

## missing

missing-title = There is no page here
missing-lead = The address may have a slip in it, or the page may have moved.
missing-home = Go to the state of all services

## moved

moved-lead = This page has moved:

## mail

mail-hello = Hello { $name },
mail-hello-nobody = Hello,
mail-topics = You asked for: { $services }. Places: { $areas }.
mail-all-services = all services
mail-everywhere = everywhere
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
mail-feedback = Did this tell you what you needed?
mail-mute = Stop mails about this incident
mail-preferences = Choose what we write to you about, and how often
mail-unsubscribe = Stop all mails from us
mail-why = You get this mail because { $email } signed up for updates from { $site }.
mail-reply = Answer this mail to write to { $name }.

## signup

signup-wrong = Please look at this again:
signup-title = Get mail when something goes wrong
signup-lead = We write when something breaks and when it works again, and at a fixed interval in between. You can stop with one click.
signup-follow-title = Follow this one
signup-follow-lead = We write about “{ $title }” until it is over, and about nothing else.
signup-follow-too = Follow this one too
signup-follow-beside = We also write to you about “{ $title }” until it is over, whatever services and places you chose.
signup-followed = You follow “{ $title }”.
signup-beside = You follow this incident as well.
signup-email = Your mail address
signup-trap = Leave this empty
signup-services-hint = Tick nothing to hear about every service.
signup-areas = Where
signup-areas-hint = Give a postcode or tick areas. Neither: everywhere.
signup-postcode = Postcode
signup-pace = How much
signup-pace-all = Everything, also when there is nothing new
signup-pace-news = News only
signup-pace-ends = When it begins and when it is over
signup-pace-digest = Once a day
signup-language = Language of the mails
signup-subscribe = Sign up
signup-privacy = We keep your address and these choices, use them for these mails alone, and erase them when you say so.
signup-email-missing = Write your mail address.
signup-email-wrong = This is not a mail address that we can write to. It looks like name@example.org.
signup-postcode-wrong = We do not know this postcode. Leave it empty and tick an area, or neither for everywhere.
signup-topic-wrong = One of these is not on our list any more. Please choose again.
signup-sent-title = Look into your mailbox
signup-sent = We have written to the address that you gave. Press the button behind the link in that mail; before that, nothing happens.
signup-sent-again = No mail after ten minutes? Look among unwanted mail. One address gets one such mail a day.
signup-confirm-title = Do you want these mails?
signup-confirm-about = You hear about: { $about }. { $pace }.
signup-confirm = Yes, write to me
signup-confirmed-title = You are signed up
signup-confirmed = From now on we write to you when something goes wrong, and when it works again.
signup-change = Change what you get
signup-unsubscribe-title = No more mail from us?
signup-unsubscribe-lead = After this we write to you about nothing any more, not even about what is going on now.
signup-unsubscribe = Unsubscribe
signup-less = Get less instead: choose services, places and how often
signup-left-title = You get no more mail from us
signup-left = This holds from now on. A mail that is on its way at this moment may still arrive.
signup-left-erase = We keep your address only to know that you left. To have that erased too, use the link below.
signup-mute-title = No more mail about this?
signup-mute-lead = “{ $title }”. We still write to you about anything else.
signup-mute = No more about this
signup-muted-title = You get no more mail about this
signup-muted = We still write to you about anything else.
signup-change-title = What you get
signup-change-lead = For { $email }.
signup-keep = Keep this choice
signup-kept-title = Your choice is kept
signup-kept = It holds from the next mail on.
signup-only-lead = You follow single incidents and nothing else.
signup-widen = Write to me about everything else too
signup-data = See or erase what we keep about you
signup-data-title = What we keep about you
signup-data-lead = Your address, your choices, and which mails we sent to you. Nothing else.
signup-export-heading = Take a copy
signup-export = Download everything
signup-erase-heading = Erase it
signup-erase-says = This ends all mail and cannot be undone. Of your address a code remains from which nobody can read it; it keeps a list from bringing you back.
signup-erase-sure = Yes, erase everything about me
signup-erase = Erase
signup-erase-first = Tick the box first; it guards against a slip.
signup-erased-title = Everything about you is erased
signup-erased = You can sign up again at any time.
signup-void-title = This link does not work any more
signup-void = You may have been removed already, or the link is older than a week. You can sign up again.
signup-again = Sign up
signup-trouble-title = This did not work
signup-trouble = We could not write it down just now. Nothing has changed. Please try again in a minute.
signup-busy-title = Too much at once
signup-busy = { $minutes ->
        [one] A great many requests came from your network, or altogether. Please try again in a minute.
       *[other] A great many requests came from your network, or altogether. Please try again in { $minutes } minutes.
    }
signup-missing-title = There is no such page
signup-missing = Look whether the address is whole.
signup-feedback-title = Did this tell you what you needed?
signup-feedback-about = { $title }, { $time }
signup-helped = Did our statement tell you what you needed?
signup-yes = Yes
signup-no = No
signup-words = What was missing, or what helped? (You can leave this empty.)
signup-contact = Your mail address, if you want an answer
signup-contact-hint = Without it we do not know who you are. Do not use this for an emergency.
signup-send = Send
signup-back = Back to the page
signup-helped-missing = Choose yes or no.
signup-thanks-title = Thank you
signup-thanks = The person who is responsible reads this.
signup-all-services = all services
signup-everywhere = everywhere
signup-one-incident = one incident
signup-mail-confirm-subject = Please confirm: mail from { $site }
signup-mail-confirm =
    Somebody, we hope you, asked us to write to this address when something goes wrong.

    About: { $about }

    If you want these mails, open this page and press its button:
    { $link }

    The link works for seven days.

    If it was not you: do nothing. You get nothing more from us, and after seven days the address is erased.
signup-mail-known-subject = You get mail from { $site } already
signup-mail-known =
    Somebody, perhaps you, typed this address into our sign-up form. You are signed up already, and nothing has changed.

    To change what you get:
    { $change }

    To get no more mail from us:
    { $leave }

    If it was not you: do nothing.
signup-mail-follow-subject = Follow “{ $title }” too?
signup-mail-follow =
    Somebody, perhaps you, asked for mail about “{ $title }” with this address. You get mail from us already, and nothing has changed.

    To follow this one too:
    { $follow }

    To change what you get:
    { $change }

    To get no more mail from us:
    { $leave }

    If it was not you: do nothing.
signup-quiet = No mail at night
signup-quiet-from = From
signup-quiet-to = Until
signup-zone = Your time zone, if it is another one
signup-quiet-hint = Leave the times empty to be told at any hour. What is said meanwhile comes in one mail at their end.
signup-hours-wrong = Give both times, or neither, and a time zone such as Europe/London or none.

## days

days-title = The last 90 days
days-bad =
    { $n ->
        [one] Trouble on { $n } of the last 90 days
       *[other] Trouble on { $n } of the last 90 days
    }
days-none = No trouble in the last 90 days
days-legend = A tick for each day, today at the end. The higher it stands, the worse that day was.
days-table = Read these days as a table
days-service = Service
days-when = When
days-state = How it was
days-what = What happened
days-more =
    { $n ->
        [one] { $n } earlier entry is in the history
       *[other] { $n } earlier entries are in the history
    }

## places

places-title = Is my area affected?
places-lead = Every area with its postcodes, and what does not work there now.
places-lead-names = Every area, and what does not work there now.
places-search = Area or postcode
places-search-names = Area
places-none = No area fits this. Look through the list below with an empty field, or ring us.
places-well = Working normally, as far as we know

## follow

follow-title = Get updates
follow-lead = We speak when something changes, and when we said we would.
follow-mail = By mail
follow-mail-lead = Choose the services and places that matter to you. You can stop at any time, with one click.
follow-sign-up = Sign up for mails
follow-feed = In a news reader
follow-feed-lead = Every statement as an entry of its own. Give your reader this address:
follow-all = Everything that we say
follow-one-service = One service only
follow-one-area = One area only
follow-calendar = In your calendar
follow-calendar-lead = Planned work comes and moves by itself. Subscribe to this address in your calendar:
follow-other = In other forms

## edition

edition-text = Text only
edition-print = Notice to print
edition-embed = State for your own web page
edition-details = all details
edition-full = Full page
edition-print-lead = This page is made to be printed and hung up.
edition-print-now = Print this page
edition-address = The newest state is at
edition-latest = Last statement:
