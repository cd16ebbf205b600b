# Geiriau'r thema adeiledig yn Gymraeg. Cystrawen Fluent ydyw; gweler en.ftl. Chwe ffurf sydd i rif: zero, one, two, few (3),
# many (6) ac other, am fod y treiglad yn newid gyda'r rhif.

## language

language-name = Cymraeg
language-dir = ltr

## languages

languages-en = Saesneg
languages-fr = Ffrangeg
languages-de = Almaeneg
languages-es = Sbaeneg
languages-cy = Cymraeg
languages-ar = Arabeg
languages-zh = Tsieinëeg

## window

window-one-day = { $start } tan { $end }, { $day }
window-days = { $start } tan { $end }

## list

list-resolved = Wedi'i ddatrys ar ôl { $length }
list-overdue = I fod ar ben; heb ei gadarnhau
list-no-statement = Dim datganiad eto

## state

state-operational = Yn gweithio fel arfer
state-planned-work = Gwaith wedi'i gynllunio
state-degraded = Yn araf neu'n ysbeidiol
state-partial-outage = Effaith ar rai ardaloedd
state-outage = Ddim yn gweithio

## status

status-investigating = Yn ymchwilio
status-identified = Wedi canfod yr achos
status-monitoring = Yn cadw golwg
status-resolved = Wedi'i ddatrys
status-scheduled = Wedi'i drefnu
status-in-progress = Ar y gweill
status-completed = Wedi'i gwblhau
status-cancelled = Wedi'i ganslo
status-holding = Dim newydd eto
status-correction = Cywiriad
status-review = Adolygiad
status-follow-up = Dilyniant

## severity

severity-minor = Mân
severity-major = Difrifol
severity-critical = Argyfyngus

## page

page-skip = Neidio i'r prif gynnwys
page-front = Pob gwasanaeth
page-languages = Iaith
page-preview = Rhagolwg. Nid yw'r dudalen hon wedi'i chyhoeddi: gall ddangos drafftiau a geiriau sy'n cael eu gwirio.
page-zone = Amser { $zone } yw pob amser.
page-zone-utc = Amser UTC yw pob amser.
page-history = Hanes
page-contact = Siarad â ni
page-callback = Gadewch eich rhif ac fe ffoniwn ni chi'n ôl.
page-feed = Pob datganiad, fel ffrwd newyddion
page-original = Mae'r dudalen hon yn { $language } am nad yw wedi'i chyfieithu eto.

## front

front-all-well = Mae popeth yn gweithio fel arfer
front-looking = Rydym yn ymchwilio i broblem
front-one-degraded = { $services }: yn araf neu'n ysbeidiol
front-one-partial = { $services }: effaith ar rai ardaloedd
front-one-outage = { $services }: ddim yn gweithio
front-few = Problemau: { $services }
front-many =
    { $n ->
        [zero] Problemau gyda { $n } gwasanaeth o { $total }
        [one] Problemau gydag { $n } gwasanaeth o { $total }
        [two] Problemau gyda { $n } wasanaeth o { $total }
        [few] Problemau gyda { $n } gwasanaeth o { $total }
        [many] Problemau gyda { $n } gwasanaeth o { $total }
       *[other] Problemau gyda { $n } gwasanaeth o { $total }
    }
front-planned = Gwaith wedi'i gynllunio: { $services }
front-now = Beth sydd o'i le nawr
front-more = Hefyd ar agor
front-planned-work = Gwaith wedi'i gynllunio
front-services = Gwasanaethau
front-areas = Fesul ardal
front-recent = Beth sydd ar ben
front-nothing-past = Nid oes dim wedi'i gofnodi eto.
front-all-history = Yr holl hanes fesul mis

## card

card-all-statements = Popeth a ddywedom am hyn
card-everywhere = Ym mhobman

## due

due-next = Diweddariad nesaf erbyn { $time }
due-late = Roedd diweddariad i fod erbyn { $time }. Mae'n hwyr.
due-said = Diweddariad nesaf erbyn { $time }

## fact

fact-affected = Pwy sy'n cael eu heffeithio
fact-everyone = Pawb
fact-not-known = Ddim yn hysbys eto
fact-how = Sut rydym yn gwybod:
fact-why = Y rheswm:
fact-fix = Disgwyl ei drwsio
fact-basis = Pam rydym yn meddwl hynny:
fact-severity = Difrifoldeb
fact-areas = Ardaloedd
fact-owner = Yn gyfrifol
fact-window = Amser y gwaith
fact-kept = Addewid wedi'i gadw
fact-withdrawn = Addewid wedi'i dynnu'n ôl

## incident

incident-actions = Beth allwch chi ei wneud
incident-actions-above = Mae'r hyn y gallwch ei wneud ar frig y dudalen hon.
incident-statements = Popeth a ddywedom, y diweddaraf yn gyntaf
incident-none = Nid ydym wedi dweud dim eto.
incident-promises = Beth addawsom
incident-facts = Beth sy'n cael ei effeithio
incident-goodwill = Beth rydym yn ei gynnig
incident-owner = Pwy sy'n gyfrifol
incident-related = Gweler hefyd

## statement

statement-by = Ysgrifennwyd gan { $name }
statement-backdated = Ysgrifennwyd ar gyfer { $at }, cyhoeddwyd { $published }.
statement-reopens = Roeddem wedi dweud bod hyn ar ben. Mae ar agor eto.
statement-missed =
    { $n ->
        [zero] Roeddem wedi addo diweddariadau rhwng { $first } a { $last } ac ni roddwyd yr un.
        [one] Roeddem wedi addo diweddariad erbyn { $first } ac ni roddwyd un.
        [two] Roeddem wedi addo { $n } ddiweddariad rhwng { $first } a { $last } ac ni roddwyd yr un.
        [few] Roeddem wedi addo { $n } diweddariad rhwng { $first } a { $last } ac ni roddwyd yr un.
        [many] Roeddem wedi addo { $n } diweddariad rhwng { $first } a { $last } ac ni roddwyd yr un.
       *[other] Roeddem wedi addo { $n } diweddariad rhwng { $first } a { $last } ac ni roddwyd yr un.
    }
statement-corrects = Mae hyn yn cywiro'r hyn a ddywedom { $time }: { $what }
statement-retracts = Mae hyn yn tynnu'n ôl yr hyn a ddywedom { $time }: { $what }
statement-corrected = Cywirwyd hyn gennym { $time }.
statement-taken-down = Tynnwyd testun y datganiad hwn i lawr.
statement-taken-down-at = Tynnwyd testun y datganiad hwn i lawr. Dywedom pam { $time }.

## estimate

estimate-then = { $first }, yna erbyn { $second }
estimate-passed = Dywedom ein bod yn disgwyl i hyn gael ei drwsio erbyn { $time }. Nid yw wedi'i drwsio, ac nid oes gennym amcangyfrif newydd.
estimate-passed-new = Dywedom ein bod yn disgwyl i hyn gael ei drwsio erbyn { $time }. Nid yw wedi'i drwsio. Rydym nawr yn ei ddisgwyl erbyn { $new }.

## notice

notice-draft = Drafft. Nid yw hwn wedi'i gyhoeddi.
notice-delayed = Mae ein datganiad nesaf yn hwyr. Mae'n cael ei wirio cyn ei gyhoeddi.
notice-correcting = Mae datganiad yn cael ei gywiro. Tan hynny, mae'r dudalen hon yn dangos yr hyn a gyhoeddwyd ddiwethaf.
notice-overdue = Roedd y gwaith hwn i ddod i ben erbyn { $time }; heb ei gadarnhau.
notice-reopened = Roeddem wedi dweud bod hyn ar ben. Mae ar agor eto ers { $time }.
notice-review-due = Byddwn yn cyhoeddi ein hadolygiad o'r hyn a ddigwyddodd erbyn { $day }.
notice-review-late = Roedd ein hadolygiad i fod erbyn { $day }. Mae'n hwyr.
notice-machine = Peiriant a gyfieithodd y testun hwn. Nid oes neb wedi'i wirio.
notice-not-translated = Nid yw hyn i gyd wedi'i gyfieithu eto. Mae'r hyn sydd ar goll yn { $language }.

## promise

promise-by = erbyn { $time }
promise-done = Wedi'i wneud
promise-to-do = I'w wneud
promise-open = I'w wneud
promise-kept = Wedi'i wneud: { $day }
promise-kept-late = Wedi'i wneud yn hwyr: { $day }
promise-missed = Heb ei wneud mewn pryd
promise-withdrawn = Wedi'i dynnu'n ôl: { $day }

## when

when-since = Ers { $start }
when-resolved = O { $start } tan { $end }: { $length }
when-completed = O { $start } tan { $end }: { $length }
when-cancelled = I fod i ddechrau: { $start }. Canslwyd { $end }.

## service

service-supplier = Gyda'n cyflenwr
service-planned = Gwaith wedi'i gynllunio
service-past = Beth sydd ar ben
service-past-none = Nid oes dim wedi'i gofnodi yma.

## area

area-within = Yn rhan o
area-postcodes = Codau post sy'n dechrau gyda
area-well = Hyd y gwyddom, mae pob gwasanaeth yn gweithio fel arfer yma.

## history

history-title = Hanes
history-lead = Popeth a aeth o'i le a phob gwaith a gynlluniwyd, fesul y mis y dechreuodd.
history-count =
    { $n ->
        [zero] { $n } cofnod
        [one] { $n } cofnod
        [two] { $n } gofnod
        [few] { $n } chofnod
        [many] { $n } chofnod
       *[other] { $n } cofnod
    }
history-earlier = Cynharach
history-later = Diweddarach

## record

record-title = Beth addawsom
record-lead = Popeth a ddywedom yn gyhoeddus gydag amser, a beth ddaeth ohono: pryd y byddem yn siarad nesaf, pryd y byddai wedi'i drwsio, a beth y byddem yn ei wneud.
record-open = Eto i'w wneud
record-open-none = Nid oes dim a addawsom eto i'w wneud.
record-missed = Heb ei wneud mewn pryd
record-missed-none = Ni adawyd dim a addawsom heb ei wneud.
record-settled = Wedi'i wneud neu ei dynnu'n ôl
record-months = Fesul mis
record-month = Dechreuodd ym mis
record-spoken = Diweddariadau mewn pryd
record-held = Diweddariadau awtomatig: dim newydd
record-late = Diweddariadau hwyr
record-fixes-kept = Wedi'i drwsio pan oedd disgwyl
record-fixes-missed = Heb ei drwsio erbyn hynny
record-kept = Addewidion wedi'u cadw
record-kept-late = Wedi'u cadw'n hwyr
record-missed-count = Heb eu cadw
record-withdrawn = Wedi'u tynnu'n ôl

## learned

learned-title = Beth ddysgom
learned-lead = Ar ôl digwyddiad rydym yn cyhoeddi beth ddigwyddodd, pam, a beth rydym yn ei newid. Mae person a dyddiad i bob newid, ac mae'r dudalen hon yn dweud a yw wedi'i wneud.
learned-why = Pam y digwyddodd
learned-changes = Beth rydym yn ei newid
learned-no-changes = Nid yw'r adolygiad hwn yn enwi unrhyw newid.
learned-awaited = Adolygiadau i ddod
learned-none = Nid oes adolygiad wedi'i gyhoeddi eto.
learned-more =
    { $n ->
        [zero] A dim mwy, o ddigwyddiadau cynharach.
        [one] Ac { $n } arall, o ddigwyddiad cynharach.
        [two] A { $n } arall, o ddigwyddiadau cynharach.
        [few] A { $n } arall, o ddigwyddiadau cynharach.
        [many] A { $n } arall, o ddigwyddiadau cynharach.
       *[other] A { $n } arall, o ddigwyddiadau cynharach.
    }

## missing

missing-title = Nid oes tudalen yma
missing-lead = Efallai fod gwall yn y cyfeiriad, neu fod y dudalen wedi symud.
missing-home = Mynd i gyflwr pob gwasanaeth

## moved

moved-lead = Mae'r dudalen hon wedi symud:

## mail

mail-colon = :
mail-next = Diweddariad nesaf erbyn
mail-reach = Sut i gysylltu â ni
mail-earlier = Ers ein neges ddiwethaf atoch
mail-earlier-first = Beth ddywedom o'r blaen
mail-more =
    { $n ->
        [zero] Nid oes datganiad arall ar y dudalen.
        [one] Mae { $n } datganiad arall ar y dudalen.
        [two] Mae { $n } ddatganiad arall ar y dudalen.
        [few] Mae { $n } datganiad arall ar y dudalen.
        [many] Mae { $n } datganiad arall ar y dudalen.
       *[other] Mae { $n } datganiad arall ar y dudalen.
    }
mail-cut = Darllenwch y gweddill ar y dudalen
mail-promise = Rydym yn addo: { $what }, erbyn { $time }.
mail-page = Popeth a ddywedom am hyn
mail-mute = Peidio â chael negeseuon am y digwyddiad hwn
mail-preferences = Dewis am beth y byddwn yn ysgrifennu atoch, a pha mor aml
mail-unsubscribe = Peidio â chael unrhyw neges gennym
mail-why = Rydych yn cael y neges hon am fod { $email } wedi cofrestru i gael gwybodaeth gan { $site }.
mail-reply = Atebwch y neges hon i ysgrifennu at { $name }.
