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

page-ways = الصفحات الرئيسية
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
front-recent = ما انتهى
front-nothing-past = لم يُبلَّغ عن أي شيء بعد.
front-all-history = السجل كله حسب الشهر

## card

card-all-statements = كل ما قلناه عن هذا الأمر
card-everywhere = في كل مكان

## due

due-passed = كان من المفترض أن ننشر تحديثًا قبل { $time }. أعد تحميل هذه الصفحة لقراءته. إن لم تجده فقد تأخرنا.
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

incident-windows = المواعيد التي تليه
incident-follow = تلقي رسائل بالبريد الإلكتروني عن هذا حتى ينتهي
incident-share = أخبر غيرك
incident-share-mail = أرسله بالبريد الإلكتروني
incident-share-sms = أرسله في رسالة نصية
incident-share-address = عنوان هذه الصفحة:
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

estimate-title = ما كنا نتوقعه من قبل
estimate-was = { $time }، كما قلنا { $said }
estimate-missed = لم يُصلح في موعده
estimate-moved = تغيّر الموعد
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

history-page = صفحة
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

## quality

quality-title = كيف نراجع كلماتنا
quality-lead = قبل نشر أي بيان يبحث برنامج عن كلمات لا يستطيع أحد أن يضمنها: وقت بلا سبب، أو وعد لا يقدر أحد على الوفاء به، أو اعتذار لا يسمي أي ضرر. يجوز لشخص أن ينشر رغم ذلك، وعليه أن يذكر السبب. تسرد هذه الصفحة كل مرة.
quality-published = نُشر رغم المراجعة
quality-published-none = لم يُنشر شيء رغم المراجعة.
quality-silenced = ملاحظات نُحّيت جانبا
quality-silenced-none = لم تُنحَّ أي ملاحظة جانبا.
quality-said = { $name }، { $time }
quality-until = حتى { $day }

## missing

missing-title = لا توجد صفحة هنا
missing-lead = ربما يوجد خطأ في العنوان، أو نُقلت الصفحة.
missing-home = انتقل إلى حالة جميع الخدمات

## moved

moved-lead = نُقلت هذه الصفحة:

## mail

mail-hello = مرحبًا { $name }،
mail-hello-nobody = مرحبًا،
mail-topics = اخترت: { $services }. الأماكن: { $areas }.
mail-all-services = جميع الخدمات
mail-everywhere = كل مكان
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
mail-feedback = هل أخبرك هذا بما احتجت إليه؟
mail-mute = إيقاف الرسائل عن هذا الحادث
mail-preferences = اختر ما نراسلك بشأنه ومدى تكراره
mail-unsubscribe = إيقاف جميع رسائلنا
mail-why = تصلك هذه الرسالة لأن { $email } مسجّل لتلقي أخبار { $site }.
mail-reply = أجب عن هذه الرسالة لتكتب إلى { $name }.

## signup

signup-wrong = يرجى مراجعة هذا:
signup-title = تلقَّ رسالة عندما يتعطل شيء
signup-lead = نكتب إليك عندما يتعطل شيء وعندما يعود إلى العمل، وعلى فترات ثابتة بينهما. يمكنك التوقف بنقرة واحدة.
signup-follow-title = متابعة هذا فقط
signup-follow-lead = نكتب إليك عن «{ $title }» إلى أن ينتهي، ولا نكتب عن شيء آخر.
signup-follow-too = متابعة هذا أيضًا
signup-follow-beside = نكتب إليك أيضًا عن «{ $title }» إلى أن ينتهي، أيًّا كانت الخدمات والأماكن التي اخترتها.
signup-followed = تتابع «{ $title }».
signup-beside = تتابع هذا الحادث أيضًا.
signup-email = بريدك الإلكتروني
signup-trap = اترك هذا فارغًا
signup-services-hint = لا تختر شيئًا لتصلك أخبار كل الخدمات.
signup-areas = أين
signup-areas-hint = أدخل رمزًا بريديًا أو اختر مناطق. بدونهما: في كل مكان.
signup-postcode = الرمز البريدي
signup-pace = كم مرة
signup-pace-all = كل شيء، حتى عندما لا يكون هناك جديد
signup-pace-news = الجديد فقط
signup-pace-ends = عند البداية وعند النهاية
signup-pace-digest = مرة في اليوم
signup-language = لغة الرسائل
signup-subscribe = سجّل
signup-privacy = نحفظ عنوانك وهذه الاختيارات ونستخدمها لهذه الرسائل وحدها، ونمحوها عندما تطلب ذلك.
signup-email-missing = اكتب بريدك الإلكتروني.
signup-email-wrong = هذا ليس بريدًا إلكترونيًا يمكننا الكتابة إليه. شكله مثل name@example.org.
signup-postcode-wrong = لا نعرف هذا الرمز البريدي. اتركه فارغًا واختر منطقة، أو لا تختر شيئًا لكل مكان.
signup-topic-wrong = أحد هذه الاختيارات لم يعد في قائمتنا. يرجى الاختيار من جديد.
signup-sent-title = انظر في صندوق بريدك
signup-sent = كتبنا إلى العنوان الذي أدخلته. افتح الرابط في تلك الرسالة واضغط على الزر؛ لن يحدث شيء قبل ذلك.
signup-sent-again = لم تصلك رسالة بعد عشر دقائق؟ انظر في البريد غير المرغوب فيه. يصل إلى كل عنوان رسالة واحدة من هذا النوع في اليوم.
signup-confirm-title = هل تريد هذه الرسائل؟
signup-confirm-about = ستصلك أخبار: { $about }. { $pace }.
signup-confirm = نعم، اكتبوا إليّ
signup-confirmed-title = تم تسجيلك
signup-confirmed = من الآن نكتب إليك عندما يتعطل شيء وعندما يعود إلى العمل.
signup-change = غيّر ما يصلك
signup-unsubscribe-title = إيقاف كل رسائلنا؟
signup-unsubscribe-lead = بعد ذلك لن نكتب إليك عن أي شيء، ولا حتى عما يجري الآن.
signup-unsubscribe = إلغاء الاشتراك
signup-less = أو قلّل ما يصلك: اختر الخدمات والأماكن ومدى التكرار
signup-left-title = لن تصلك رسائل منا بعد الآن
signup-left = يسري هذا من الآن. قد تصلك رسالة هي في الطريق في هذه اللحظة.
signup-left-erase = نحفظ عنوانك فقط لنعرف أنك ألغيت الاشتراك. لمحوه أيضًا استخدم الرابط أدناه.
signup-mute-title = إيقاف الرسائل عن هذا الأمر؟
signup-mute-lead = «{ $title }». نستمر في الكتابة إليك عن كل ما عداه.
signup-mute = لا شيء بعد الآن عن هذا
signup-muted-title = لن تصلك رسائل عن هذا بعد الآن
signup-muted = نستمر في الكتابة إليك عن كل ما عداه.
signup-change-title = ما يصلك
signup-change-lead = للعنوان { $email }.
signup-keep = احفظ هذا الاختيار
signup-kept-title = حُفظ اختيارك
signup-kept = يسري ابتداءً من الرسالة القادمة.
signup-only-lead = تتابع حوادث بعينها ولا شيء غيرها.
signup-widen = اكتبوا إليّ عن كل ما عداه أيضًا
signup-data = اطّلع على ما نحفظه عنك أو امحه
signup-data-title = ما نحفظه عنك
signup-data-lead = عنوانك واختياراتك والرسائل التي أرسلناها إليك. لا شيء غير ذلك.
signup-export-heading = خذ نسخة
signup-export = نزّل كل شيء
signup-erase-heading = المحو
signup-erase-says = يوقف هذا كل الرسائل ولا يمكن التراجع عنه. يبقى من عنوانك رمز لا يمكن لأحد أن يقرأه منه؛ وهو يمنع أن تعيدك قائمة.
signup-erase-sure = نعم، امحوا كل شيء عني
signup-erase = امحُ
signup-erase-first = ضع علامة في المربع أولًا؛ فهو يحمي من الخطأ.
signup-erased-title = مُحي كل شيء عنك
signup-erased = يمكنك التسجيل من جديد في أي وقت.
signup-void-title = لم يعد هذا الرابط يعمل
signup-void = ربما أُلغي اشتراكك من قبل، أو مضى على الرابط أكثر من أسبوع. يمكنك التسجيل من جديد.
signup-again = سجّل
signup-trouble-title = لم ينجح هذا
signup-trouble = لم نتمكن من تدوينه الآن. لم يتغير شيء. يرجى المحاولة مرة أخرى بعد دقيقة.
signup-busy-title = طلبات كثيرة دفعة واحدة
signup-busy =
    { $minutes ->
        [zero] وصلت طلبات كثيرة جدًا من شبكتك أو إجمالًا. يرجى المحاولة مرة أخرى الآن.
        [one] وصلت طلبات كثيرة جدًا من شبكتك أو إجمالًا. يرجى المحاولة مرة أخرى بعد دقيقة واحدة.
        [two] وصلت طلبات كثيرة جدًا من شبكتك أو إجمالًا. يرجى المحاولة مرة أخرى بعد دقيقتين.
        [few] وصلت طلبات كثيرة جدًا من شبكتك أو إجمالًا. يرجى المحاولة مرة أخرى بعد { $minutes } دقائق.
        [many] وصلت طلبات كثيرة جدًا من شبكتك أو إجمالًا. يرجى المحاولة مرة أخرى بعد { $minutes } دقيقة.
       *[other] وصلت طلبات كثيرة جدًا من شبكتك أو إجمالًا. يرجى المحاولة مرة أخرى بعد { $minutes } دقيقة.
    }
signup-missing-title = لا توجد صفحة كهذه
signup-missing = تأكد من أن العنوان كامل.
signup-feedback-title = هل أخبرك هذا بما احتجت إليه؟
signup-feedback-about = { $title }، { $time }
signup-helped = هل أخبرك بياننا بما احتجت إليه؟
signup-yes = نعم
signup-no = لا
signup-words = ما الذي نقص، أو ما الذي أفادك؟ (يمكنك ترك هذا فارغًا.)
signup-contact = بريدك الإلكتروني، إن أردت جوابًا
signup-contact-hint = بدونه لا نعرف من أنت. لا تستخدم هذا في حالة طوارئ.
signup-send = أرسل
signup-back = العودة إلى الصفحة
signup-helped-missing = اختر نعم أو لا.
signup-thanks-title = شكرًا
signup-thanks = يقرأ هذا الشخص المسؤول.
signup-all-services = كل الخدمات
signup-everywhere = في كل مكان
signup-one-incident = حادث واحد
signup-mail-confirm-subject = يرجى التأكيد: رسائل من { $site }
signup-mail-confirm =
    طلب منا أحدهم، ونرجو أن تكون أنت، أن نكتب إلى هذا العنوان عندما يتعطل شيء.

    عن: { $about }

    إن كنت تريد هذه الرسائل فافتح هذه الصفحة واضغط على زرها:
    { $link }

    يعمل الرابط سبعة أيام.

    إن لم تكن أنت: لا تفعل شيئًا. لن يصلك منا شيء آخر، ويُمحى العنوان بعد سبعة أيام.
signup-mail-known-subject = تصلك رسائل من { $site } بالفعل
signup-mail-known =
    كتب أحدهم، وربما كنت أنت، هذا العنوان في استمارة التسجيل. أنت مسجّل بالفعل، ولم يتغير شيء.

    لتغيير ما يصلك:
    { $change }

    لإيقاف كل رسائلنا:
    { $leave }

    إن لم تكن أنت: لا تفعل شيئًا.
signup-mail-follow-subject = متابعة «{ $title }» أيضًا؟
signup-mail-follow =
    طلب أحدهم، وربما كنت أنت، رسائل عن «{ $title }» بهذا العنوان. تصلك رسائلنا بالفعل، ولم يتغير شيء.

    لمتابعة هذا أيضًا:
    { $follow }

    لتغيير ما يصلك:
    { $change }

    لإيقاف كل رسائلنا:
    { $leave }

    إن لم تكن أنت: لا تفعل شيئًا.
signup-quiet = بلا رسائل ليلًا
signup-quiet-from = من
signup-quiet-to = إلى
signup-zone = منطقتك الزمنية، إن كانت غير هذه
signup-quiet-hint = اترك الأوقات فارغة لتصلك الرسائل في أي ساعة. ما يقال في هذه الأثناء يصلك في رسالة واحدة عند نهايتها.
signup-hours-wrong = أدخل الوقتين معًا أو لا تدخل أيًّا منهما، ومنطقة زمنية مثل Europe/London أو اترك الحقل فارغًا.

## days

days-title = آخر 90 يومًا
days-bad =
    { $n ->
        [zero] لا مشاكل في آخر 90 يومًا
        [one] مشاكل في يوم واحد من آخر 90 يومًا
        [two] مشاكل في يومين من آخر 90 يومًا
        [few] مشاكل في { $n } أيام من آخر 90 يومًا
        [many] مشاكل في { $n } يومًا من آخر 90 يومًا
       *[other] مشاكل في { $n } يوم من آخر 90 يومًا
    }
days-none = لا مشاكل في آخر 90 يومًا
days-legend = علامة لكل يوم، واليوم في النهاية. كلما ارتفعت العلامة كان ذلك اليوم أسوأ.
days-table = اقرأ هذه الأيام في جدول
days-service = الخدمة
days-when = متى
days-state = كيف كانت
days-what = ماذا حدث
days-more =
    { $n ->
        [zero] لا شيء أقدم في السجل
        [one] أمر واحد أقدم في السجل
        [two] أمران أقدم في السجل
        [few] { $n } أمور أقدم في السجل
        [many] { $n } أمرًا أقدم في السجل
       *[other] { $n } أمر أقدم في السجل
    }

## places

places-title = هل تأثرت منطقتي؟
places-lead = كل المناطق برموزها البريدية، وما لا يعمل فيها الآن.
places-lead-names = كل المناطق، وما لا يعمل فيها الآن.
places-search = المنطقة أو الرمز البريدي
places-search-names = المنطقة
places-none = لا توجد منطقة مطابقة. أفرغ الحقل لترى القائمة، أو اتصل بنا.
places-well = كل شيء يعمل، على حد علمنا

## follow

follow-title = احصل على التحديثات
follow-lead = نتكلم عندما يتغير شيء، وعندما وعدنا بذلك.
follow-mail = بالبريد الإلكتروني
follow-mail-lead = اختر الخدمات والأماكن التي تهمك. يمكنك التوقف في أي وقت بنقرة واحدة.
follow-sign-up = سجّل لتصلك الرسائل
follow-feed = في قارئ أخبار
follow-feed-lead = كل بيان مدخل مستقل. أعط قارئك هذا العنوان:
follow-all = كل ما نقوله
follow-one-service = خدمة واحدة فقط
follow-one-area = منطقة واحدة فقط
follow-calendar = في تقويمك
follow-calendar-lead = تظهر الأعمال المجدولة وتنتقل من تلقاء نفسها. اشترك بهذا العنوان في تقويمك:
follow-other = بأشكال أخرى

## edition

edition-text = نص فقط
edition-print = إعلان للطباعة
edition-embed = الحالة لصفحتك أنت
edition-details = كل التفاصيل
edition-full = الصفحة الكاملة
edition-print-lead = هذه الصفحة معدّة للطباعة والتعليق.
edition-print-now = اطبع هذه الصفحة
edition-address = أحدث حالة تجدها على
edition-latest = آخر بيان:
