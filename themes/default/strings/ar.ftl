# كلمات السمة المدمجة بالعربية. الصيغة صيغة Fluent؛ انظر en.ftl. للعدد ست صيغ: zero وone وtwo وfew (من 3 إلى 10) وmany (من 11) وother.

## language

language-name = العربية
language-dir = rtl

## languages

languages-en = الإنجليزية
languages-fr = الفرنسية
languages-de = الألمانية
languages-es = الإسبانية
languages-cy = الويلزية
languages-ar = العربية
languages-zh = الصينية

## window

window-one-day = من { $start } إلى { $end } يوم { $day }
window-days = من { $start } إلى { $end }

## list

list-resolved = حُلّت المشكلة بعد { $length }
list-overdue = كان يُفترض أن تنتهي؛ لم يتأكد ذلك
list-no-statement = لا بيان حتى الآن

## state

state-operational = تعمل بشكل طبيعي
state-planned-work = أعمال مجدولة
state-degraded = بطيئة أو متقطعة
state-partial-outage = بعض المناطق متأثرة
state-outage = متوقفة

## status

status-investigating = قيد البحث
status-identified = عُرف السبب
status-monitoring = قيد المراقبة
status-resolved = حُلّت المشكلة
status-scheduled = مجدولة
status-in-progress = جارية
status-completed = انتهت
status-cancelled = أُلغيت
status-holding = لا جديد حتى الآن
status-correction = تصحيح
status-review = مراجعة
status-follow-up = متابعة

## severity

severity-minor = بسيطة
severity-major = كبيرة
severity-critical = حرجة

## page

page-skip = انتقل إلى المحتوى الرئيسي
page-front = جميع الخدمات
page-languages = اللغة
page-preview = معاينة. هذه الصفحة غير منشورة: قد تعرض مسودات ونصوصًا ما زالت قيد التدقيق.
page-zone = جميع الأوقات بتوقيت { $zone }.
page-zone-utc = جميع الأوقات بالتوقيت العالمي المنسق.
page-history = السجل
page-contact = تحدث إلينا
page-callback = اترك رقمك ونعاود الاتصال بك.
page-feed = جميع البيانات في خلاصة أخبار
page-original = هذه الصفحة باللغة { $language } لأنها لم تُترجم بعد.

## front

front-all-well = كل شيء يعمل بشكل طبيعي
front-looking = نبحث في مشكلة
front-one-degraded = { $services }: بطيئة أو متقطعة
front-one-partial = { $services }: بعض المناطق متأثرة
front-one-outage = { $services }: متوقفة
front-few = مشكلات: { $services }
front-many =
    { $n ->
        [zero] لا مشكلات في الخدمات ({ $total })
        [one] مشكلة في خدمة واحدة من أصل { $total }
        [two] مشكلات في خدمتين من أصل { $total }
        [few] مشكلات في { $n } خدمات من أصل { $total }
        [many] مشكلات في { $n } خدمة من أصل { $total }
       *[other] مشكلات في { $n } خدمة من أصل { $total }
    }
front-planned = أعمال مجدولة: { $services }
front-now = ما لا يعمل الآن
front-more = ما زال مفتوحًا أيضًا
front-planned-work = أعمال مجدولة
front-services = الخدمات
front-areas = حسب المنطقة
front-recent = ما انتهى
front-nothing-past = لم يُبلَّغ عن أي شيء بعد.
front-all-history = السجل كله حسب الشهر

## card

card-all-statements = كل ما قلناه عن هذا الأمر
card-everywhere = في كل مكان

## due

due-next = التحديث القادم قبل { $time }
due-late = كان من المفترض أن ننشر تحديثًا قبل { $time }. لقد تأخر.
due-said = التحديث القادم قبل { $time }

## fact

fact-affected = من المتأثر
fact-everyone = الجميع
fact-not-known = غير معروف بعد
fact-how = كيف عرفنا:
fact-why = السبب:
fact-fix = الموعد المتوقع للإصلاح
fact-basis = لماذا نتوقع ذلك:
fact-severity = درجة الخطورة
fact-areas = المناطق
fact-owner = المسؤول
fact-window = وقت الأعمال
fact-kept = وعد وُفِّي به
fact-withdrawn = وعد سُحب

## incident

incident-actions = ما يمكنك فعله
incident-actions-above = ما يمكنك فعله مكتوب في أعلى هذه الصفحة.
incident-statements = كل ما قلناه، الأحدث أولًا
incident-none = لم نقل شيئًا بعد.
incident-promises = ما وعدنا به
incident-facts = ما المتأثر
incident-goodwill = ما نقدمه
incident-owner = من المسؤول
incident-related = انظر أيضًا

## statement

statement-by = كتبه { $name }
statement-backdated = كُتب عن { $at }، ونُشر { $published }.
statement-reopens = كنا قد قلنا إن هذا الأمر انتهى. لقد عاد من جديد.
statement-missed =
    { $n ->
        [zero] كنا قد وعدنا بتحديثات بين { $first } و{ $last } ولم ننشر أيًا منها.
        [one] كنا قد وعدنا بتحديث قبل { $first } ولم ننشره.
        [two] كنا قد وعدنا بتحديثين بين { $first } و{ $last } ولم ننشر أيًا منهما.
        [few] كنا قد وعدنا بـ{ $n } تحديثات بين { $first } و{ $last } ولم ننشر أيًا منها.
        [many] كنا قد وعدنا بـ{ $n } تحديثًا بين { $first } و{ $last } ولم ننشر أيًا منها.
       *[other] كنا قد وعدنا بـ{ $n } تحديث بين { $first } و{ $last } ولم ننشر أيًا منها.
    }
statement-corrects = هذا يصحح ما قلناه { $time }: { $what }
statement-retracts = هذا يسحب ما قلناه { $time }: { $what }
statement-corrected = صححنا هذا { $time }.
statement-taken-down = أُزيل نص هذا البيان.
statement-taken-down-at = أُزيل نص هذا البيان. ذكرنا السبب { $time }.

## estimate

estimate-then = { $first }، ثم قبل { $second }
estimate-passed = قلنا إننا نتوقع إصلاح هذا قبل { $time }. لم يُصلح بعد، وليس لدينا تقدير جديد.
estimate-passed-new = قلنا إننا نتوقع إصلاح هذا قبل { $time }. لم يُصلح بعد. نتوقعه الآن قبل { $new }.

## notice

notice-draft = مسودة. هذا غير منشور.
notice-delayed = تأخر بياننا القادم. يجري تدقيقه قبل نشره.
notice-correcting = يجري تصحيح أحد البيانات. وحتى ذلك الحين تعرض هذه الصفحة آخر ما نشرناه.
notice-overdue = كان من المفترض أن تنتهي هذه الأعمال قبل { $time }؛ لم يتأكد ذلك.
notice-reopened = كنا قد قلنا إن هذا الأمر انتهى. لقد عاد من جديد منذ { $time }.
notice-review-due = ننشر مراجعتنا لما حدث في موعد أقصاه { $day }.
notice-review-late = كان من المفترض أن ننشر مراجعتنا في موعد أقصاه { $day }. لقد تأخرت.
notice-machine = ترجمت آلة هذا النص. لم يدققه أي شخص.
notice-not-translated = لم يُترجم كل شيء بعد. ما ينقص معروض باللغة { $language }.

## promise

promise-by = قبل { $time }
promise-done = تم
promise-to-do = لم يتم بعد
promise-open = لم يتم بعد
promise-kept = تم يوم { $day }
promise-kept-late = تم متأخرًا، يوم { $day }
promise-missed = لم يتم في الموعد
promise-withdrawn = سُحب يوم { $day }

## when

when-since = منذ { $start }
when-resolved = من { $start } إلى { $end }: { $length }
when-completed = من { $start } إلى { $end }: { $length }
when-cancelled = كان من المفترض أن تبدأ: { $start }. أُلغيت { $end }.

## service

service-supplier = لدى المورّد
service-planned = أعمال مجدولة
service-past = ما انتهى
service-past-none = لم يُبلَّغ عن أي شيء هنا.

## area

area-within = جزء من
area-postcodes = الرموز البريدية التي تبدأ بـ
area-well = جميع الخدمات تعمل هنا بشكل طبيعي، على حد علمنا.

## history

history-title = السجل
history-lead = كل ما تعطل وكل الأعمال المجدولة، حسب الشهر الذي بدأت فيه.
history-count =
    { $n ->
        [zero] لا شيء
        [one] أمر واحد
        [two] أمران
        [few] { $n } أمور
        [many] { $n } أمرًا
       *[other] { $n } أمر
    }
history-earlier = الأقدم
history-later = الأحدث

## record

record-title = ما وعدنا به
record-lead = كل ما قلناه علنًا وله موعد، وما آل إليه: متى نتحدث مرة أخرى، ومتى يتم الإصلاح، وماذا سنفعل.
record-open = لم يتم بعد
record-open-none = لم يبقَ شيء مما وعدنا به.
record-missed = لم يتم في الموعد
record-missed-none = لم نترك شيئًا مما وعدنا به.
record-settled = تم أو سُحب
record-months = شهرًا بشهر
record-month = بدأت في
record-spoken = تحديثات في موعدها
record-held = تحديثات آلية: لا جديد
record-late = تحديثات متأخرة
record-fixes-kept = أُصلحت في الوقت المتوقع
record-fixes-missed = لم تُصلح حتى ذلك الوقت
record-kept = وعود وُفِّي بها
record-kept-late = وُفِّي بها متأخرًا
record-missed-count = لم يُوفَّ بها
record-withdrawn = سُحبت

## learned

learned-title = ما تعلمناه
learned-lead = بعد كل حادث ننشر ما حدث وسببه وما سنغيره. لكل تغيير شخص وتاريخ، وتبيّن هذه الصفحة هل تم.
learned-why = لماذا حدث
learned-changes = ما سنغيره
learned-no-changes = لا تذكر هذه المراجعة أي تغيير.
learned-awaited = مراجعات قادمة
learned-none = لم تُنشر أي مراجعة بعد.
learned-more =
    { $n ->
        [zero] ولا شيء غير ذلك.
        [one] ومراجعة أخرى لحادث سابق.
        [two] ومراجعتان أخريان لحوادث سابقة.
        [few] و{ $n } مراجعات أخرى لحوادث سابقة.
        [many] و{ $n } مراجعة أخرى لحوادث سابقة.
       *[other] و{ $n } مراجعة أخرى لحوادث سابقة.
    }

## missing

missing-title = لا توجد صفحة هنا
missing-lead = ربما يوجد خطأ في العنوان، أو نُقلت الصفحة.
missing-home = انتقل إلى حالة جميع الخدمات

## moved

moved-lead = نُقلت هذه الصفحة:

## mail

mail-colon = :
mail-next = التحديث القادم قبل
mail-reach = كيف تتواصل معنا
mail-earlier = منذ رسالتنا الأخيرة إليك
mail-earlier-first = ما قلناه من قبل
mail-more =
    { $n ->
        [zero] لا بيان آخر في الصفحة.
        [one] في الصفحة بيان آخر.
        [two] في الصفحة بيانان آخران.
        [few] في الصفحة { $n } بيانات أخرى.
        [many] في الصفحة { $n } بيانًا آخر.
       *[other] في الصفحة { $n } بيان آخر.
    }
mail-cut = اقرأ البقية في الصفحة
mail-promise = نعد بما يلي: { $what }، قبل { $time }.
mail-page = كل ما قلناه عن هذا الأمر
mail-mute = إيقاف الرسائل عن هذا الحادث
mail-preferences = اختر ما نراسلك بشأنه ومدى تكراره
mail-unsubscribe = إيقاف جميع رسائلنا
mail-why = تصلك هذه الرسالة لأن { $email } مسجّل لتلقي أخبار { $site }.
mail-reply = أجب عن هذه الرسالة لتكتب إلى { $name }.
