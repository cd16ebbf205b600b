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
front-areas = Por zona
front-recent = Lo que ya ha terminado
front-nothing-past = Todavía no se ha comunicado nada.
front-all-history = Todo el historial por meses

## card

card-all-statements = Todo lo que hemos dicho sobre esto
card-everywhere = En todas partes

## due

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

## missing

missing-title = Aquí no hay ninguna página
missing-lead = Puede que la dirección tenga un error o que la página haya cambiado de sitio.
missing-home = Ver el estado de todos los servicios

## moved

moved-lead = Esta página ha cambiado de sitio:

## mail

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
mail-mute = No recibir más correos sobre este incidente
mail-preferences = Elegir sobre qué le escribimos y con qué frecuencia
mail-unsubscribe = No recibir ningún correo más nuestro
mail-why = Recibe este correo porque { $email } se apuntó a las informaciones de { $site }.
mail-reply = Responda a este correo para escribir a { $name }.
