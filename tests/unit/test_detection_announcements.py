"""Plain short announcements are noticed in five languages; what comes near them and is none stays silent."""

from datetime import date

import pytest

from bot.detection.announcements import announced
from bot.detection.learned import make_detector
from bot.detection.view import look
from bot.domain.detection import CAMPAIGN, NEW_TOOL, Action, Heard, decide

DAY = date(2026, 11, 18)
DETECTOR = make_detector()
TOOLS = (
    "Our new tool Brevo is live since this morning",
    "Heads up, we've gone live with Pylon today",
    "FYI we bought Riverside last week, invoice went to finance",
    "We're on Loomly now, logins are in your inbox",
    "Quibblr is up and running, everyone has an account",
    "Just rolled out Frontify to the whole brand team",
    "Unser neues Umfragetool Easyfeedback ist seit heute im Einsatz",
    "Wir haben gestern Canto gekauft",
    "Ab sofort arbeiten wir mit Planable",
    "Kurze Info: Personio ist seit Montag live",
    "Wir nutzen jetzt Swat.io für Social Media",
    "On a souscrit à Swello ce matin",
    "Notre nouvel outil Agorapulse est en ligne depuis ce matin",
    "Ça y est, on utilise Sarbacane pour les newsletters",
    "J'ai acheté une licence Lumen5 hier",
    "On vient d'installer Axeptio sur le site",
    "Ya estamos usando Metricool",
    "Nuestra nueva herramienta Clientify está activa desde hoy",
    "Ayer compramos Doppler para los envíos",
    "Hemos contratado Holded esta semana",
    "Desde el lunes trabajamos con Cliengo",
    "A nova ferramenta mLabs já está no ar",
    "Compramos o RD Station ontem",
    "A partir de hoje estamos usando o Leadlovers",
    "Contratamos a E-goi esta semana",
    "Já temos o Reportei a funcionar desde hoje de manhã",
)
CAMPAIGNS = (
    "Our spring sale starts on Monday",
    "Newsletter blast to all 90k subscribers goes out tomorrow",
    "The Mother's Day campaign is live from Thursday",
    "We launch the new collection on 3 December",
    "Die Herbstkampagne startet am Montag",
    "Am 3. Dezember geht das Weihnachtsmailing an alle Kunden raus",
    "Unser Gewinnspiel läuft ab Freitag",
    "La campagne de Noël démarre lundi",
    "Nos soldes commencent le 8 janvier",
    "On envoie la newsletter de rentrée à 50 000 abonnés demain",
    "La campaña de verano arranca el lunes",
    "Mañana sale el mailing a 30.000 clientes",
    "A campanha de Natal começa na segunda",
    "Amanhã sai o e-mail para 40 mil clientes",
)
NEAR = (
    "Brevo was down for ten minutes this morning, back now",
    "Mailchimp has a new editor since yesterday, looks nice",
    "We've been on HubSpot since 2019, ask Rita for a login",
    "Lunch launch! Tacos at 12 in the kitchen",
    "I read that Figma was bought by some fund lol",
    "Nike's spring sale starts on Monday, have a look at their banner",
    "The numbers of last week's campaign are in: 41% opens",
    "New release of the checkout is deployed since this morning",
    "Our new colleague Brevin starts today, say hello",
    "We are live in five, everyone mute please",
    "Canto war heute früh kurz nicht erreichbar, geht wieder",
    "Wir arbeiten seit 2018 mit Jira, Zugang gibt es bei der IT",
    "Die Kampagne vom letzten Monat hat 4 % Klickrate gebracht",
    "Das neue Kaffeegerät ist seit heute im Einsatz",
    "Hab gelesen, dass Slack jetzt eine KI hat",
    "Der Betriebsausflug startet am Freitag um neun",
    "Der Fehler im Warenkorb ist seit heute Morgen behoben",
    "Zalando startet am Montag mit dem Schlussverkauf, nur zur Info",
    "Mailjet était en panne ce matin, c'est réparé",
    "On utilise Trello depuis 2017, demande l'accès à Hugo",
    "Les chiffres de la campagne de Noël sont dans le dossier",
    "La nouvelle imprimante est en service depuis hier",
    "J'ai lu que Canva a racheté une boîte australienne",
    "Le pot de départ de Lucie commence à 18 h lundi",
    "Leclerc lance ses promos de rentrée lundi",
    "La réunion démarre à 10 h, salle bleue",
    "Metricool se cayó esta mañana, ya funciona",
    "Usamos Asana desde hace años, pídele acceso a Marta",
    "La campaña de verano terminó con un 3 % de conversión",
    "Desde hoy tenemos cafetera nueva",
    "Dicen que Zara empieza las rebajas el lunes",
    "He leído que Notion ha sacado calendario propio",
    "La cena de Navidad es el viernes, apuntaos",
    "Ya está subido el informe del mes pasado",
    "O Canva caiu hoje de manhã, já voltou",
    "Usamos o Trello desde 2016, peça acesso à Ana",
    "A campanha de Natal do ano passado teve 5% de cliques",
    "Li que o Notion comprou uma startup de e-mail",
    "A festa da firma começa às 19h na sexta",
    "O Magalu começa a Black Friday na segunda, só pra saber",
)


def test_nine_in_ten_plain_announcements_are_opened_or_asked_about() -> None:
    missed = [text for text in TOOLS if not noticed(text, NEW_TOOL)]
    missed += [text for text in CAMPAIGNS if not noticed(text, CAMPAIGN)]
    assert 10 * len(missed) <= len(TOOLS + CAMPAIGNS), missed


def test_nine_in_ten_near_misses_stay_silent() -> None:
    wrong = [text for text in NEAR if decide(DETECTOR.detect(Heard(text, DAY))) is not Action.IGNORE]
    assert 10 * len(wrong) <= len(NEAR), wrong


def noticed(text: str, label: str) -> bool:
    """Whether a message is opened or asked about, as what it is."""
    found = DETECTOR.detect(Heard(text, DAY))
    return label in found.labels and decide(found) is not Action.IGNORE


@pytest.mark.parametrize(
    ("text", "campaign"),
    [("Die Herbstkampagne startet am Montag", True), ("Die Herbstkampagne startet irgendwann", False)],
)
def test_a_campaign_is_announced_with_a_day_to_come(text: str, campaign: bool) -> None:
    assert (CAMPAIGN in announced(look(text), 0.0, 0.5, DAY)) is campaign


@pytest.mark.parametrize("text", ["We use Brevo since 2019", "I read that Brevo is live now", "not live on Brevo"])
def test_what_is_old_hearsay_or_denied_is_no_announcement(text: str) -> None:
    assert announced(look(text), 0.5, 0.0, DAY) == ()


def test_the_models_have_the_last_word() -> None:
    view = look("Brevo is live now")
    assert announced(view, 0.5, 0.0, DAY) == (NEW_TOOL,)
    assert announced(view, 0.05, 0.0, DAY) == ()


def test_nothing_but_a_link_is_left_alone() -> None:
    assert decide(DETECTOR.detect(Heard("https://trello.com/b/qbfxtU1D/fcc", DAY))) is Action.IGNORE
