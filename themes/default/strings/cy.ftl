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

page-ways = Prif dudalennau
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
front-recent = Beth sydd ar ben
front-nothing-past = Nid oes dim wedi'i gofnodi eto.
front-all-history = Yr holl hanes fesul mis

## card

card-all-statements = Popeth a ddywedom am hyn
card-everywhere = Ym mhobman

## due

due-passed = Roedd diweddariad i fod erbyn { $time }. Llwythwch y dudalen hon eto i'w weld. Os nad yw yno, rydym yn hwyr.
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

incident-windows = Yr amserau ar ôl hynny
incident-follow = Cael e-byst am hyn nes ei fod drosodd
incident-share = Rhannu hyn
incident-share-mail = Ei anfon drwy e-bost
incident-share-sms = Ei anfon fel neges destun
incident-share-address = Cyfeiriad y dudalen hon:
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

estimate-title = Yr hyn roeddem yn ei ddisgwyl o'r blaen
estimate-was = { $time }, fel y dywedom { $said }
estimate-missed = Heb ei drwsio erbyn hynny
estimate-moved = Wedi symud
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

history-page = Tudalen
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

## quality

quality-title = Sut rydym yn gwirio ein geiriau
quality-lead = Cyn i ddatganiad gael ei gyhoeddi, mae rhaglen yn chwilio am eiriau na all neb sefyll y tu ôl iddynt: amser heb reswm, addewid na all neb ei gadw, ymddiheuriad nad yw'n enwi unrhyw niwed. Gall person ei gyhoeddi er hynny, a rhaid dweud pam. Mae'r dudalen hon yn rhestru pob tro.
quality-published = Cyhoeddwyd er gwaethaf y gwiriad
quality-published-none = Ni chyhoeddwyd dim er gwaethaf y gwiriad.
quality-silenced = Sylwadau a roddwyd o'r neilltu
quality-silenced-none = Ni roddwyd unrhyw sylw o'r neilltu.
quality-said = { $name }, { $time }
quality-until = tan { $day }

## missing

missing-title = Nid oes tudalen yma
missing-lead = Efallai fod gwall yn y cyfeiriad, neu fod y dudalen wedi symud.
missing-home = Mynd i gyflwr pob gwasanaeth

## moved

moved-lead = Mae'r dudalen hon wedi symud:

## mail

mail-hello = Helo { $name },
mail-hello-nobody = Helo,
mail-topics = Eich dewis chi: { $services }. Lleoedd: { $areas }.
mail-all-services = pob gwasanaeth
mail-everywhere = ym mhobman
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
mail-feedback = A ddywedodd hyn yr hyn yr oedd ei angen arnoch?
mail-mute = Peidio â chael negeseuon am y digwyddiad hwn
mail-preferences = Dewis am beth y byddwn yn ysgrifennu atoch, a pha mor aml
mail-unsubscribe = Peidio â chael unrhyw neges gennym
mail-why = Rydych yn cael y neges hon am fod { $email } wedi cofrestru i gael gwybodaeth gan { $site }.
mail-reply = Atebwch y neges hon i ysgrifennu at { $name }.

## signup

signup-wrong = Edrychwch ar hyn eto, os gwelwch yn dda:
signup-title = Cael neges pan fydd rhywbeth o'i le
signup-lead = Byddwn yn ysgrifennu pan fydd rhywbeth yn torri a phan fydd yn gweithio eto, ac ar adegau penodol yn y cyfamser. Gallwch roi'r gorau iddi gydag un clic.
signup-follow-title = Dilyn hwn
signup-follow-lead = Byddwn yn ysgrifennu am “{ $title }” nes y bydd ar ben, ac am ddim byd arall.
signup-follow-too = Dilyn hwn hefyd
signup-follow-beside = Byddwn hefyd yn ysgrifennu atoch am “{ $title }” nes y bydd ar ben, pa wasanaethau a lleoedd bynnag a ddewisoch.
signup-followed = Rydych yn dilyn “{ $title }”.
signup-beside = Rydych yn dilyn y digwyddiad hwn hefyd.
signup-email = Eich cyfeiriad e-bost
signup-trap = Gadewch hwn yn wag
signup-services-hint = Peidiwch â thicio dim i glywed am bob gwasanaeth.
signup-areas = Ble
signup-areas-hint = Rhowch god post neu ticiwch ardaloedd. Heb y naill na'r llall: ym mhobman.
signup-postcode = Cod post
signup-pace = Faint
signup-pace-all = Popeth, hyd yn oed pan nad oes dim newydd
signup-pace-news = Newyddion yn unig
signup-pace-ends = Pan fydd yn dechrau a phan fydd ar ben
signup-pace-digest = Unwaith y dydd
signup-language = Iaith y negeseuon
signup-subscribe = Cofrestru
signup-privacy = Rydym yn cadw eich cyfeiriad a'r dewisiadau hyn, yn eu defnyddio ar gyfer y negeseuon hyn yn unig, ac yn eu dileu pan ddywedwch.
signup-email-missing = Ysgrifennwch eich cyfeiriad e-bost.
signup-email-wrong = Nid yw hwn yn gyfeiriad e-bost y gallwn ysgrifennu ato. Mae'n edrych fel enw@example.org.
signup-postcode-wrong = Nid ydym yn adnabod y cod post hwn. Gadewch ef yn wag a thiciwch ardal, neu ddim un ar gyfer pobman.
signup-topic-wrong = Nid yw un o'r rhain ar ein rhestr mwyach. Dewiswch eto, os gwelwch yn dda.
signup-sent-title = Edrychwch yn eich blwch post
signup-sent = Rydym wedi ysgrifennu at y cyfeiriad a roesoch. Agorwch y ddolen yn y neges honno a gwasgwch y botwm; cyn hynny, nid oes dim yn digwydd.
signup-sent-again = Dim neges ar ôl deng munud? Edrychwch ymhlith y negeseuon diangen. Mae pob cyfeiriad yn cael un neges o'r fath y dydd.
signup-confirm-title = Ydych chi eisiau'r negeseuon hyn?
signup-confirm-about = Byddwch yn clywed am: { $about }. { $pace }.
signup-confirm = Ydw, ysgrifennwch ataf
signup-confirmed-title = Rydych wedi cofrestru
signup-confirmed = O hyn ymlaen byddwn yn ysgrifennu atoch pan fydd rhywbeth o'i le, a phan fydd yn gweithio eto.
signup-change = Newid yr hyn a gewch
signup-unsubscribe-title = Dim mwy o negeseuon gennym?
signup-unsubscribe-lead = Wedi hyn ni fyddwn yn ysgrifennu atoch am ddim byd, na hyd yn oed am yr hyn sy'n digwydd nawr.
signup-unsubscribe = Dad-danysgrifio
signup-less = Cael llai yn lle hynny: dewis gwasanaethau, lleoedd a pha mor aml
signup-left-title = Ni chewch fwy o negeseuon gennym
signup-left = Mae hyn mewn grym o nawr. Gallai neges sydd ar ei ffordd y funud hon gyrraedd o hyd.
signup-left-erase = Rydym yn cadw eich cyfeiriad dim ond er mwyn gwybod eich bod wedi gadael. I ddileu hwnnw hefyd, defnyddiwch y ddolen isod.
signup-mute-title = Dim mwy o negeseuon am hyn?
signup-mute-lead = “{ $title }”. Byddwn yn dal i ysgrifennu atoch am bopeth arall.
signup-mute = Dim mwy am hyn
signup-muted-title = Ni chewch fwy o negeseuon am hyn
signup-muted = Byddwn yn dal i ysgrifennu atoch am bopeth arall.
signup-change-title = Beth rydych yn ei gael
signup-change-lead = Ar gyfer { $email }.
signup-keep = Cadw'r dewis hwn
signup-kept-title = Mae eich dewis wedi'i gadw
signup-kept = Mae mewn grym o'r neges nesaf.
signup-only-lead = Rydych yn dilyn digwyddiadau unigol a dim byd arall.
signup-widen = Ysgrifennwch ataf am bopeth arall hefyd
signup-data = Gweld neu ddileu'r hyn rydym yn ei gadw amdanoch
signup-data-title = Beth rydym yn ei gadw amdanoch
signup-data-lead = Eich cyfeiriad, eich dewisiadau, a pha negeseuon a anfonwyd atoch. Dim byd arall.
signup-export-heading = Cymryd copi
signup-export = Lawrlwytho popeth
signup-erase-heading = Ei ddileu
signup-erase-says = Mae hyn yn rhoi terfyn ar bob neges ac ni ellir ei ddadwneud. O'ch cyfeiriad mae cod yn aros na all neb ei ddarllen ohono; mae'n rhwystro rhestr rhag dod â chi'n ôl.
signup-erase-sure = Iawn, dileu popeth amdanaf i
signup-erase = Dileu
signup-erase-first = Ticiwch y blwch yn gyntaf; mae'n gwarchod rhag llithriad.
signup-erased-title = Mae popeth amdanoch wedi'i ddileu
signup-erased = Gallwch gofrestru eto ar unrhyw adeg.
signup-void-title = Nid yw'r ddolen hon yn gweithio mwyach
signup-void = Efallai eich bod wedi'ch tynnu oddi ar y rhestr eisoes, neu fod y ddolen dros wythnos oed. Gallwch gofrestru eto.
signup-again = Cofrestru
signup-trouble-title = Ni weithiodd hyn
signup-trouble = Ni allem ei nodi y funud hon. Nid oes dim wedi newid. Rhowch gynnig arall arni mewn munud.
signup-busy-title = Gormod ar unwaith
signup-busy =
    { $minutes ->
        [zero] Daeth llawer iawn o geisiadau o'ch rhwydwaith, neu i gyd gyda'i gilydd. Rhowch gynnig arall arni mewn { $minutes } munud.
        [one] Daeth llawer iawn o geisiadau o'ch rhwydwaith, neu i gyd gyda'i gilydd. Rhowch gynnig arall arni mewn { $minutes } munud.
        [two] Daeth llawer iawn o geisiadau o'ch rhwydwaith, neu i gyd gyda'i gilydd. Rhowch gynnig arall arni mewn { $minutes } funud.
        [few] Daeth llawer iawn o geisiadau o'ch rhwydwaith, neu i gyd gyda'i gilydd. Rhowch gynnig arall arni mewn { $minutes } munud.
        [many] Daeth llawer iawn o geisiadau o'ch rhwydwaith, neu i gyd gyda'i gilydd. Rhowch gynnig arall arni mewn { $minutes } munud.
       *[other] Daeth llawer iawn o geisiadau o'ch rhwydwaith, neu i gyd gyda'i gilydd. Rhowch gynnig arall arni mewn { $minutes } munud.
    }
signup-missing-title = Nid oes tudalen o'r fath
signup-missing = Edrychwch a yw'r cyfeiriad yn gyflawn.
signup-feedback-title = A ddywedodd hyn yr hyn yr oedd ei angen arnoch?
signup-feedback-about = { $title }, { $time }
signup-helped = A ddywedodd ein datganiad yr hyn yr oedd ei angen arnoch?
signup-yes = Do
signup-no = Naddo
signup-words = Beth oedd ar goll, neu beth helpodd? (Gallwch adael hwn yn wag.)
signup-contact = Eich cyfeiriad e-bost, os ydych eisiau ateb
signup-contact-hint = Hebddo ni wyddom pwy ydych. Peidiwch â defnyddio hwn ar gyfer argyfwng.
signup-send = Anfon
signup-back = Yn ôl i'r dudalen
signup-helped-missing = Dewiswch do neu naddo.
signup-thanks-title = Diolch
signup-thanks = Mae'r person sy'n gyfrifol yn darllen hyn.
signup-all-services = pob gwasanaeth
signup-everywhere = ym mhobman
signup-one-incident = un digwyddiad
signup-mail-confirm-subject = Cadarnhewch, os gwelwch yn dda: negeseuon gan { $site }
signup-mail-confirm =
    Gofynnodd rhywun, chi gobeithio, i ni ysgrifennu at y cyfeiriad hwn pan fydd rhywbeth o'i le.

    Am: { $about }

    Os ydych eisiau'r negeseuon hyn, agorwch y dudalen hon a gwasgwch ei botwm:
    { $link }

    Mae'r ddolen yn gweithio am saith diwrnod.

    Os nad chi oedd hwn: peidiwch â gwneud dim. Ni chewch ddim arall gennym, ac ar ôl saith diwrnod caiff y cyfeiriad ei ddileu.
signup-mail-known-subject = Rydych eisoes yn cael negeseuon gan { $site }
signup-mail-known =
    Teipiodd rhywun, chi efallai, y cyfeiriad hwn yn ein ffurflen gofrestru. Rydych wedi cofrestru eisoes, ac nid oes dim wedi newid.

    I newid yr hyn a gewch:
    { $change }

    I beidio â chael mwy o negeseuon gennym:
    { $leave }

    Os nad chi oedd hwn: peidiwch â gwneud dim.
signup-mail-follow-subject = Dilyn “{ $title }” hefyd?
signup-mail-follow =
    Gofynnodd rhywun, chi efallai, am negeseuon am “{ $title }” gyda'r cyfeiriad hwn. Rydych eisoes yn cael negeseuon gennym, ac nid oes dim wedi newid.

    I ddilyn hwn hefyd:
    { $follow }

    I newid yr hyn a gewch:
    { $change }

    I beidio â chael mwy o negeseuon gennym:
    { $leave }

    Os nad chi oedd hwn: peidiwch â gwneud dim.
signup-quiet = Dim negeseuon yn y nos
signup-quiet-from = O
signup-quiet-to = Tan
signup-zone = Eich cylchfa amser, os yw'n un arall
signup-quiet-hint = Gadewch yr amserau'n wag i gael gwybod ar unrhyw awr. Daw'r hyn a ddywedir yn y cyfamser mewn un neges ar eu diwedd.
signup-hours-wrong = Rhowch y ddau amser, neu ddim un, a chylchfa amser fel Europe/London neu ddim un.

## days

days-title = Y 90 diwrnod diwethaf
days-bad =
    { $n ->
        [zero] Problemau ar { $n } o'r 90 diwrnod diwethaf
        [one] Problemau ar { $n } o'r 90 diwrnod diwethaf
        [two] Problemau ar { $n } o'r 90 diwrnod diwethaf
        [few] Problemau ar { $n } o'r 90 diwrnod diwethaf
        [many] Problemau ar { $n } o'r 90 diwrnod diwethaf
       *[other] Problemau ar { $n } o'r 90 diwrnod diwethaf
    }
days-none = Dim problemau yn y 90 diwrnod diwethaf
days-legend = Marc am bob diwrnod, heddiw ar y diwedd. Po uchaf yw'r marc, gwaethaf oedd y diwrnod.
days-table = Darllen y dyddiau hyn fel tabl
days-service = Gwasanaeth
days-when = Pryd
days-state = Sut oedd hi
days-what = Beth ddigwyddodd
days-more =
    { $n ->
        [zero] { $n } cofnod cynharach yn yr hanes
        [one] { $n } cofnod cynharach yn yr hanes
        [two] { $n } gofnod cynharach yn yr hanes
        [few] { $n } chofnod cynharach yn yr hanes
        [many] { $n } chofnod cynharach yn yr hanes
       *[other] { $n } cofnod cynharach yn yr hanes
    }

## places

places-title = A effeithir ar fy ardal i?
places-lead = Pob ardal gyda'i chodau post, a'r hyn nad yw'n gweithio yno nawr.
places-lead-names = Pob ardal, a'r hyn nad yw'n gweithio yno nawr.
places-search = Ardal neu god post
places-search-names = Ardal
places-none = Nid oes ardal yn cyfateb. Gwagiwch y maes i weld y rhestr, neu ffoniwch ni.
places-well = Popeth yn gweithio, hyd y gwyddom

## follow

follow-title = Cael diweddariadau
follow-lead = Rydym yn siarad pan fydd rhywbeth yn newid, a phan addawsom wneud.
follow-mail = Drwy e-bost
follow-mail-lead = Dewiswch y gwasanaethau a'r lleoedd sy'n bwysig i chi. Gallwch stopio unrhyw bryd, gydag un clic.
follow-sign-up = Cofrestru am e-byst
follow-feed = Mewn darllenydd newyddion
follow-feed-lead = Mae pob datganiad yn gofnod ar wahân. Rhowch y cyfeiriad hwn i'ch darllenydd:
follow-all = Popeth a ddywedwn
follow-one-service = Un gwasanaeth yn unig
follow-one-area = Un ardal yn unig
follow-calendar = Yn eich calendr
follow-calendar-lead = Mae gwaith wedi'i gynllunio yn dod ac yn symud ohono'i hun. Tanysgrifiwch i'r cyfeiriad hwn yn eich calendr:
follow-other = Mewn ffurfiau eraill

## edition

edition-text = Testun yn unig
edition-print = Hysbysiad i'w argraffu
edition-embed = Y cyflwr ar gyfer eich tudalen eich hun
edition-details = yr holl fanylion
edition-full = Tudalen lawn
edition-print-lead = Gwnaed y dudalen hon i'w hargraffu a'i gosod ar wal.
edition-print-now = Argraffu'r dudalen hon
edition-address = Mae'r cyflwr diweddaraf yn
edition-latest = Datganiad diwethaf:
