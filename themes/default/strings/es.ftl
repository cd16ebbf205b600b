# Las palabras del tema incluido, en español. La sintaxis es la de Fluent; véase en.ftl.

## language

language-name = Español
language-dir = ltr

## languages

languages-en = inglés
languages-fr = francés
languages-de = alemán
languages-es = español
languages-cy = galés
languages-ar = árabe
languages-zh = chino

## window

window-one-day = de { $start } a { $end }, { $day }
window-days = de { $start } a { $end }

## list

list-resolved = Resuelto después de { $length }
list-overdue = Debía haber terminado; sin confirmar
list-no-statement = Todavía no hay ningún comunicado

## state

state-operational = Funciona con normalidad
state-planned-work = Trabajos previstos
state-degraded = Lento o irregular
state-partial-outage = Algunas zonas afectadas
state-outage = No funciona

## status

status-investigating = En investigación
status-identified = Causa encontrada
status-monitoring = En observación
status-resolved = Resuelto
status-scheduled = Previsto
status-in-progress = En curso
status-completed = Terminado
status-cancelled = Cancelado
status-holding = Todavía sin novedades
status-correction = Corrección
status-review = Balance
status-follow-up = Seguimiento

## severity

severity-minor = Leve
severity-major = Grave
severity-critical = Crítico

## page

page-ways = Páginas principales
page-skip = Ir al contenido principal
page-front = Todos los servicios
page-languages = Idioma
page-preview = Vista previa. Esta página no está publicada: puede mostrar borradores y textos que se están revisando.
page-zone = Todas las horas son de { $zone }.
page-zone-utc = Todas las horas son UTC.
page-history = Historial
page-contact = Hable con nosotros
page-callback = Deje su número y le llamamos.
page-feed = Todos los comunicados, como canal de noticias
page-original = Esta página está en { $language } porque todavía no está traducida.

## front

front-all-well = Todo funciona con normalidad
front-looking = Estamos investigando un problema
front-one-degraded = { $services }: lento o irregular
front-one-partial = { $services }: algunas zonas afectadas
front-one-outage = { $services }: no funciona
front-few = Problemas: { $services }
front-many =
    { $n ->
        [one] Problemas con { $n } servicio de { $total }
       *[other] Problemas con { $n } servicios de { $total }
    }
front-planned = Trabajos previstos: { $services }
front-now = Qué falla ahora
front-more = También abierto
front-planned-work = Trabajos previstos
front-services = Servicios
front-recent = Lo que ya ha terminado
front-nothing-past = Todavía no se ha comunicado nada.
front-all-history = Todo el historial por meses

## card

card-all-statements = Todo lo que hemos dicho sobre esto
card-everywhere = En todas partes

## due

due-passed = Prometimos información, como muy tarde: { $time }. Vuelva a cargar esta página para leerla. Si no está, llega con retraso.
due-next = Próxima información, como muy tarde: { $time }
due-late = Prometimos información, como muy tarde: { $time }. Llega con retraso.
due-said = Próxima información, como muy tarde: { $time }

## fact

fact-affected = A quién afecta
fact-everyone = A todo el mundo
fact-not-known = Todavía no se sabe
fact-how = Cómo lo sabemos:
fact-why = El motivo:
fact-fix = Reparación prevista
fact-basis = Por qué lo creemos:
fact-severity = Gravedad
fact-areas = Zonas
fact-owner = Responsable
fact-window = Horario de los trabajos
fact-kept = Promesa cumplida
fact-withdrawn = Promesa retirada

## incident

incident-windows = Las fechas siguientes
incident-follow = Recibir correos sobre esto hasta que termine
incident-share = Compartir esto
incident-share-mail = Enviarlo por correo
incident-share-sms = Enviarlo por mensaje de texto
incident-share-address = La dirección de esta página:
incident-actions = Qué puede hacer usted
incident-actions-above = Lo que dijimos que puede hacer está al principio de esta página.
incident-statements = Todo lo que hemos dicho, lo más reciente primero
incident-none = Todavía no hemos dicho nada.
incident-promises = Lo que prometimos
incident-facts = A qué afecta
incident-goodwill = Lo que ofrecemos
incident-owner = Quién es responsable
incident-related = Véase también

## statement

statement-by = Escrito por { $name }
statement-backdated = Escrito para { $at }, publicado { $published }.
statement-reopens = Habíamos dicho que esto había terminado. Vuelve a estar abierto.
statement-missed =
    { $n ->
        [one] Habíamos prometido información, como muy tarde { $first }, y no la dimos.
       *[other] Habíamos prometido información { $n } veces, la primera { $first } y la última { $last }, y no dimos ninguna.
    }
statement-corrects = Esto corrige lo que dijimos { $time }: { $what }
statement-retracts = Esto retira lo que dijimos { $time }: { $what }
statement-corrected = Corregimos esto { $time }.
statement-taken-down = El texto de este comunicado se ha retirado.
statement-taken-down-at = El texto de este comunicado se ha retirado. Explicamos el motivo { $time }.

## estimate

estimate-title = Lo que preveíamos antes
estimate-was = { $time }; lo dijimos { $said }
estimate-missed = No se reparó a tiempo
estimate-moved = Aplazado
estimate-then = { $first }; después, { $second }
estimate-passed = Dijimos que esperábamos tenerlo reparado, como muy tarde: { $time }. No está reparado y no tenemos una nueva previsión.
estimate-passed-new = Dijimos que esperábamos tenerlo reparado, como muy tarde: { $time }. No está reparado. Ahora lo esperamos, como muy tarde: { $new }.

## notice

notice-draft = Borrador. Esto no está publicado.
notice-delayed = Nuestro próximo comunicado se retrasa. Se está revisando antes de publicarse.
notice-correcting = Se está corrigiendo un comunicado. Mientras tanto, esta página muestra lo último que publicamos.
notice-overdue = Estos trabajos debían terminar, como muy tarde: { $time }; sin confirmar.
notice-reopened = Habíamos dicho que esto había terminado. Vuelve a estar abierto desde { $time }.
notice-review-due = Publicaremos nuestro balance de lo ocurrido, como muy tarde: { $day }.
notice-review-late = Debíamos publicar nuestro balance, como muy tarde: { $day }. Llega con retraso.
notice-machine = Este texto lo ha traducido una máquina. Ninguna persona lo ha revisado.
notice-not-translated = Todavía no está todo traducido. Lo que falta se muestra en { $language }.

## promise

promise-by = como muy tarde: { $time }
promise-done = Hecho
promise-to-do = Por hacer
promise-open = Por hacer
promise-kept = Hecho: { $day }
promise-kept-late = Hecho con retraso: { $day }
promise-missed = No se hizo a tiempo
promise-withdrawn = Retirado: { $day }

## when

when-since = Desde { $start }
when-resolved = De { $start } a { $end }: { $length }
when-completed = De { $start } a { $end }: { $length }
when-cancelled = Debía empezar: { $start }. Cancelado { $end }.

## service

service-supplier = Con nuestro proveedor
service-planned = Trabajos previstos
service-past = Lo que ya ha terminado
service-past-none = Aquí no se ha comunicado nada.

## area

area-within = Forma parte de
area-postcodes = Códigos postales que empiezan por
area-well = Que sepamos, aquí todos los servicios funcionan con normalidad.

## history

history-page = Página
history-title = Historial
history-lead = Todo lo que ha fallado y todos los trabajos previstos, por el mes en que empezaron.
history-count =
    { $n ->
        [one] { $n } entrada
       *[other] { $n } entradas
    }
history-earlier = Anterior
history-later = Posterior

## record

record-title = Lo que prometimos
record-lead = Todo lo que dijimos en público con una hora o una fecha, y en qué quedó: cuándo volveríamos a hablar, cuándo estaría reparado y qué íbamos a hacer.
record-open = Por hacer
record-open-none = No queda por hacer nada de lo que prometimos.
record-missed = No se hizo a tiempo
record-missed-none = No hemos dejado sin hacer nada de lo que prometimos.
record-settled = Hecho o retirado
record-months = Mes a mes
record-month = Empezó en
record-spoken = Comunicados a tiempo
record-held = Comunicados automáticos: sin novedades
record-late = Comunicados con retraso
record-fixes-kept = Reparado cuando lo esperábamos
record-fixes-missed = No reparado para entonces
record-kept = Promesas cumplidas
record-kept-late = Cumplidas con retraso
record-missed-count = Sin cumplir
record-withdrawn = Retiradas

## learned

learned-title = Lo que aprendimos
learned-lead = Después de un incidente publicamos qué ocurrió, por qué y qué vamos a cambiar. Cada cambio tiene una persona y una fecha, y esta página dice si está hecho.
learned-why = Por qué ocurrió
learned-changes = Qué vamos a cambiar
learned-no-changes = Este balance no anuncia ningún cambio.
learned-awaited = Balances pendientes
learned-none = Todavía no se ha publicado ningún balance.
learned-more =
    { $n ->
        [one] Y { $n } más, de un incidente anterior.
       *[other] Y { $n } más, de incidentes anteriores.
    }

## quality

quality-title = Cómo revisamos nuestras palabras
quality-lead = Antes de cada comunicado, un programa busca palabras que nadie puede sostener: un plazo sin motivo, una promesa que nadie puede cumplir, una disculpa que no nombra ningún daño. Una persona puede publicarlo de todos modos, y debe decir por qué. Esta página recoge cada vez.
quality-published = Publicado a pesar de la revisión
quality-published-none = No se ha publicado nada a pesar de la revisión.
quality-silenced = Avisos apartados
quality-silenced-none = No se ha apartado ningún aviso.
quality-said = { $name }, { $time }
quality-until = hasta el { $day }

## missing

missing-title = Aquí no hay ninguna página
missing-lead = Puede que la dirección tenga un error o que la página haya cambiado de sitio.
missing-home = Ver el estado de todos los servicios

## moved

moved-lead = Esta página ha cambiado de sitio:

## mail

mail-hello = Hola, { $name }:
mail-hello-nobody = Buenos días:
mail-topics = Usted eligió: { $services }. Lugares: { $areas }.
mail-all-services = todos los servicios
mail-everywhere = en todas partes
mail-colon = :
mail-next = Próxima información, como muy tarde
mail-reach = Cómo ponerse en contacto con nosotros
mail-earlier = Desde nuestro último correo a usted
mail-earlier-first = Lo que dijimos antes
mail-more =
    { $n ->
        [one] Hay { $n } comunicado más en la página.
       *[other] Hay { $n } comunicados más en la página.
    }
mail-cut = Lea el resto en la página
mail-promise = Prometemos: { $what }, como muy tarde: { $time }.
mail-page = Todo lo que hemos dicho sobre esto
mail-feedback = ¿Le dijo esto lo que necesitaba?
mail-mute = No recibir más correos sobre este incidente
mail-preferences = Elegir sobre qué le escribimos y con qué frecuencia
mail-unsubscribe = No recibir ningún correo más nuestro
mail-why = Recibe este correo porque { $email } se apuntó a las informaciones de { $site }.
mail-reply = Responda a este correo para escribir a { $name }.

## signup

signup-wrong = Revise esto, por favor:
signup-title = Reciba un correo cuando algo falle
signup-lead = Escribimos cuando algo se estropea y cuando vuelve a funcionar, y entre tanto a intervalos fijos. Puede dejarlo con un clic.
signup-follow-title = Seguir solo este
signup-follow-lead = Escribimos sobre «{ $title }» hasta que termine, y sobre nada más.
signup-follow-too = Seguir también este
signup-follow-beside = También le escribimos sobre «{ $title }» hasta que termine, sean cuales sean los servicios y lugares que eligió.
signup-followed = Sigue «{ $title }».
signup-beside = Sigue también este incidente.
signup-email = Su dirección de correo
signup-trap = Deje esto vacío
signup-services-hint = No marque nada para recibir todos los servicios.
signup-areas = Dónde
signup-areas-hint = Dé un código postal o marque zonas. Si no hace nada: en todas partes.
signup-postcode = Código postal
signup-pace = Cuánto
signup-pace-all = Todo, también cuando no hay novedades
signup-pace-news = Solo novedades
signup-pace-ends = Cuando empieza y cuando termina
signup-pace-digest = Una vez al día
signup-language = Idioma de los correos
signup-subscribe = Apuntarse
signup-privacy = Guardamos su dirección y estas opciones, las usamos solo para estos correos y las borramos cuando usted lo diga.
signup-email-missing = Escriba su dirección de correo.
signup-email-wrong = No es una dirección de correo a la que podamos escribir. Tiene esta forma: nombre@example.org.
signup-postcode-wrong = No conocemos este código postal. Déjelo vacío y marque una zona, o nada para todas partes.
signup-topic-wrong = Una de estas opciones ya no está en nuestra lista. Elija otra vez, por favor.
signup-sent-title = Mire su buzón
signup-sent = Hemos escrito a la dirección que nos dio. Abra el enlace de ese correo y pulse el botón; antes de eso no ocurre nada.
signup-sent-again = ¿Ningún correo después de diez minutos? Mire entre los correos no deseados. Cada dirección recibe un correo así al día.
signup-confirm-title = ¿Quiere estos correos?
signup-confirm-about = Recibirá información sobre: { $about }. { $pace }.
signup-confirm = Sí, escríbanme
signup-confirmed-title = Ya está apuntado
signup-confirmed = Desde ahora le escribimos cuando algo falle y cuando vuelva a funcionar.
signup-change = Cambiar lo que recibe
signup-unsubscribe-title = ¿Ningún correo más nuestro?
signup-unsubscribe-lead = Después ya no le escribimos sobre nada, tampoco sobre lo que ocurre ahora.
signup-unsubscribe = Darse de baja
signup-less = Recibir menos: elegir servicios, lugares y frecuencia
signup-left-title = Ya no recibe correos nuestros
signup-left = Vale desde ahora. Puede que todavía llegue un correo que está en camino en este momento.
signup-left-erase = Guardamos su dirección solo para saber que se dio de baja. Para borrarla también, use el enlace de abajo.
signup-mute-title = ¿Ningún correo más sobre esto?
signup-mute-lead = «{ $title }». Seguimos escribiéndole sobre lo demás.
signup-mute = Nada más sobre esto
signup-muted-title = Ya no recibe correos sobre esto
signup-muted = Seguimos escribiéndole sobre lo demás.
signup-change-title = Lo que recibe
signup-change-lead = Para { $email }.
signup-keep = Guardar esta elección
signup-kept-title = Su elección está guardada
signup-kept = Vale desde el próximo correo.
signup-only-lead = Sigue incidentes sueltos y nada más.
signup-widen = Escríbanme también sobre todo lo demás
signup-data = Ver o borrar lo que guardamos sobre usted
signup-data-title = Lo que guardamos sobre usted
signup-data-lead = Su dirección, sus opciones y qué correos le enviamos. Nada más.
signup-export-heading = Llevarse una copia
signup-export = Descargar todo
signup-erase-heading = Borrarlo
signup-erase-says = Esto termina todos los correos y no se puede deshacer. De su dirección queda un código del que nadie puede leerla; evita que una lista le traiga de vuelta.
signup-erase-sure = Sí, borrar todo lo que hay sobre mí
signup-erase = Borrar
signup-erase-first = Marque primero la casilla; protege de un descuido.
signup-erased-title = Todo lo que había sobre usted está borrado
signup-erased = Puede volver a apuntarse cuando quiera.
signup-void-title = Este enlace ya no funciona
signup-void = Puede que ya se haya dado de baja o que el enlace tenga más de una semana. Puede apuntarse de nuevo.
signup-again = Apuntarse
signup-trouble-title = No ha funcionado
signup-trouble = Ahora mismo no hemos podido anotarlo. No ha cambiado nada. Inténtelo otra vez dentro de un minuto.
signup-busy-title = Demasiadas peticiones a la vez
signup-busy =
    { $minutes ->
        [one] Han llegado muchísimas peticiones desde su red o en total. Inténtelo otra vez dentro de { $minutes } minuto.
       *[other] Han llegado muchísimas peticiones desde su red o en total. Inténtelo otra vez dentro de { $minutes } minutos.
    }
signup-missing-title = No existe esa página
signup-missing = Compruebe que la dirección está completa.
signup-feedback-title = ¿Le dijo esto lo que necesitaba?
signup-feedback-about = { $title }, { $time }
signup-helped = ¿Le dijo nuestro comunicado lo que necesitaba?
signup-yes = Sí
signup-no = No
signup-words = ¿Qué faltó o qué le ayudó? (Puede dejarlo vacío.)
signup-contact = Su dirección de correo, si quiere una respuesta
signup-contact-hint = Sin ella no sabemos quién es usted. No use esto para una emergencia.
signup-send = Enviar
signup-back = Volver a la página
signup-helped-missing = Elija sí o no.
signup-thanks-title = Gracias
signup-thanks = Lo lee la persona responsable.
signup-all-services = todos los servicios
signup-everywhere = en todas partes
signup-one-incident = un incidente
signup-mail-confirm-subject = Confirme, por favor: correos de { $site }
signup-mail-confirm =
    Alguien, esperamos que usted, nos pidió escribir a esta dirección cuando algo falle.

    Sobre: { $about }

    Si quiere estos correos, abra esta página y pulse su botón:
    { $link }

    El enlace funciona durante siete días.

    Si no fue usted: no haga nada. No recibirá nada más de nosotros, y a los siete días se borra la dirección.
signup-mail-known-subject = Ya recibe correos de { $site }
signup-mail-known =
    Alguien, quizá usted, escribió esta dirección en nuestro formulario. Usted ya está apuntado y no ha cambiado nada.

    Para cambiar lo que recibe:
    { $change }

    Para no recibir más correos nuestros:
    { $leave }

    Si no fue usted: no haga nada.
signup-mail-follow-subject = ¿Seguir también «{ $title }»?
signup-mail-follow =
    Alguien, quizá usted, pidió con esta dirección correos sobre «{ $title }». Usted ya recibe correos nuestros y no ha cambiado nada.

    Para seguir también este:
    { $follow }

    Para cambiar lo que recibe:
    { $change }

    Para no recibir más correos nuestros:
    { $leave }

    Si no fue usted: no haga nada.
signup-quiet = Sin correos por la noche
signup-quiet-from = Desde
signup-quiet-to = Hasta
signup-zone = Su zona horaria, si es otra
signup-quiet-hint = Deje las horas vacías para recibir correos a cualquier hora. Lo que se diga entre tanto llega en un solo correo al final.
signup-hours-wrong = Dé las dos horas o ninguna, y una zona horaria como Europe/London o ninguna.

## days

days-title = Los últimos 90 días
days-bad =
    { $n ->
        [one] Problemas en { $n } de los últimos 90 días
       *[other] Problemas en { $n } de los últimos 90 días
    }
days-none = Sin problemas en los últimos 90 días
days-legend = Una marca por día, hoy al final. Cuanto más alta, peor fue ese día.
days-table = Leer estos días como tabla
days-service = Servicio
days-when = Cuándo
days-state = Cómo estaba
days-what = Qué pasó
days-more =
    { $n ->
        [one] { $n } entrada anterior está en el historial
       *[other] { $n } entradas anteriores están en el historial
    }

## places

places-title = ¿Está afectada mi zona?
places-lead = Todas las zonas con sus códigos postales, y lo que no funciona allí ahora.
places-lead-names = Todas las zonas, y lo que no funciona allí ahora.
places-search = Zona o código postal
places-search-names = Zona
places-none = Ninguna zona coincide. Vacíe el campo para ver la lista, o llámenos.
places-well = Todo funciona, que sepamos

## follow

follow-title = Recibir información
follow-lead = Hablamos cuando algo cambia, y cuando lo habíamos prometido.
follow-mail = Por correo
follow-mail-lead = Elija los servicios y lugares que le importan. Puede dejarlo en cualquier momento, con un clic.
follow-sign-up = Suscribirse por correo
follow-feed = En un lector de noticias
follow-feed-lead = Cada comunicado es una entrada propia. Dé esta dirección a su lector:
follow-all = Todo lo que decimos
follow-one-service = Un solo servicio
follow-one-area = Una sola zona
follow-calendar = En su calendario
follow-calendar-lead = Los trabajos previstos llegan y se mueven solos. Suscriba su calendario a esta dirección:
follow-other = En otras formas

## edition

edition-text = Solo texto
edition-print = Aviso para imprimir
edition-embed = El estado para su propia página
edition-details = todos los detalles
edition-full = Página completa
edition-print-lead = Esta página está hecha para imprimirla y colgarla.
edition-print-now = Imprimir esta página
edition-address = El estado más reciente está en
edition-latest = Último comunicado:
