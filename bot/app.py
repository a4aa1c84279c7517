"""The composition root: settings in, running parts out. Only bot/cli and bot/bench import it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

import uvicorn

from bot.chats import make_chats
from bot.detection.entities import facts
from bot.detection.learned import make_detector
from bot.detection.market import on_the_market
from bot.detection.meaning import Meaning
from bot.detection.reading import read
from bot.domain.detection import CampaignFacts
from bot.domain.errors import StoreUnavailable
from bot.domain.usage import Prices
from bot.files import calendar_text, meeting_file, policy_text, questionnaire, questions_text
from bot.findings import Finding
from bot.ground import learned_folder
from bot.llm.offline import NoModel
from bot.now import real_now, utc_now
from bot.pictures.painter import AltairPainter
from bot.platforms.disguise import Disguise
from bot.platforms.reception import Reception
from bot.platforms.slack.access import SlackAccess
from bot.platforms.slack.edge import SlackEdge
from bot.platforms.switchboard import Chat
from bot.ports import InvitationUrl, LanguageModel, Reader, UnitOfWorkFactory
from bot.retrieval.judge import Judge
from bot.retrieval.multilingual import Multilingual
from bot.retrieval.reading import MeaningReader
from bot.retrieval.support import supported
from bot.schedule import CHORES, JOBS
from bot.scheduler import Loop, Step, Ticker, together
from bot.secrets import Sealing, load_secret_key
from bot.services.agenda.meetings import meeting_of
from bot.services.calendar.feeds import content_of
from bot.services.consultation import LIMIT_S, Consultation
from bot.services.delivery import Sender
from bot.services.desk import Desk
from bot.services.gallery import Gallery
from bot.services.handling import AT_ONCE, Counter
from bot.services.intake.second_opinion import SecondOpinion, check_model
from bot.services.sealing import sealing
from bot.services.search import search
from bot.services.writer import Writer
from bot.settings import Settings
from bot.web.feeds import CalendarFeeds
from bot.web.invitations import Invitations
from bot.web.server import make_server
from bot.web.shelf import FilePages
from bot.web.site import HttpEdge, make_site
from handlers.routing import route
from storage.store import Store

OPENAI_URL = "https://api.openai.com/v1"
WORKERS = {"sqlite": 2, "postgresql": 2}

DeskWith = Callable[[UnitOfWorkFactory], Desk]


@dataclass(slots=True)
class Liaison:
    """The running bot: what listens, what works, what ticks. Parts a role does not need are absent."""

    store: Store
    edge: SlackEdge | None
    loops: tuple[Loop, ...]
    ticker: Ticker | None
    web: uvicorn.Server
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Run until `ended` is set; then stop everything in the order in which nothing is lost.

        Raises Permanent if Slack refuses our token.
        """
        self._wake_parked()
        for loop in self.loops:
            loop.start()
        if self.ticker:
            self.ticker.start()
        web = asyncio.create_task(self.web.serve())
        try:
            await self._listen()
        finally:
            await self._stop(web)

    async def _listen(self) -> None:
        """Connect, and wait for the end; being asked to end while still connecting counts."""
        ended = asyncio.create_task(self.ended.wait())
        start = asyncio.create_task(self.edge.start()) if self.edge else ended
        await asyncio.wait({start, ended}, return_when=asyncio.FIRST_COMPLETED)
        if start.done():
            start.result()
        else:
            start.cancel()
        await ended

    async def _stop(self, web: asyncio.Task[None]) -> None:
        if self.edge:
            await self.edge.stop()
        self.web.should_exit = True
        await web
        await asyncio.to_thread(self._stop_work)

    def _wake_parked(self) -> None:
        """Whatever was mended while we were down is worth a new try."""
        for queue in (self.store.inbox, self.store.outbox):
            for workspace in {parked.workspace for parked in queue.parked()}:
                queue.wake(workspace, utc_now())

    def _stop_work(self) -> None:
        if self.ticker:
            self.ticker.stop()
        for loop in self.loops:
            loop.stop()
        self.store.close()


def build(settings: Settings, store: Store, access: SlackAccess | None, *, role: str = "all") -> Liaison:
    """Wire everything together. `role`: which parts run here. `access`: to Slack, None without it. Its events come over
    Socket Mode if it has an app token, else over HTTP; those of Teams always over HTTP.
    """
    disguise = make_disguise(settings, store)
    reception = Reception(store.inbox, real_now, disguise.hide, partial(sealing, make_sealing(settings)))
    files = make_file_pages(settings, store)
    chats = make_chats(settings, store.places, access, reception, files.keep, disguise.reveal)
    chat = chats.board
    invitations = make_invitations(settings, store)
    desk_with = make_desks(settings, store, chat, invitations.url)
    counter, sender = make_workers(store, chat, desk_with)
    if chats.teams:
        chats.teams.edge.search_with(partial(search, desk_with(store.unit_of_work)))
    threads = WORKERS[store.backend]
    send = Loop("send", sender.step, threads, lambda: reception.busy)
    handle = Loop("handle", _then(counter.step, send.wake), threads, lambda: reception.busy)
    listens, works, ticks = (role in {"all", part} for part in ("web", "worker", "scheduler"))
    if works:
        reception.on_arrival = handle.wake
    edge = chats.listen() if listens else None
    speed = access.pace.speed if access else 1.0
    return Liaison(
        store=store,
        edge=edge,
        loops=(handle, send) if works else (),
        ticker=_ticker(store, desk_with(store.unit_of_work), send.wake, speed) if ticks else None,
        web=_web_server(settings, store, chats.posted(edge) if listens else {}, invitations),
    )


def make_workers(store: Store, chat: Chat, desk_with: DeskWith) -> tuple[Counter, Sender]:
    """What handles the inbox, and what sends the outbox."""
    counter = Counter(store.inbox, desk_with, route, messages=chat, forms=chat, home=chat, now=real_now)
    return counter, Sender(store.outbox, chat, utc_now, store.lease / 2, Gallery(AltairPainter(), chat))


def make_desks(settings: Settings, store: Store, chat: Chat, invitation_url: InvitationUrl) -> DeskWith:
    """What makes a desk for a unit of work: what every use case has at hand."""
    detector, second_opinion = make_detector(learned_folder(settings)), make_second_opinion(settings, store)
    reader, writer = make_reader(), make_writer(settings, store)
    policy, questions = policy_text.read(policy_text.template()), questions_text.shipped()
    feed_url, sealer = make_feeds(settings, store).url, make_sealing(settings)

    def desk_with(unit_of_work: UnitOfWorkFactory) -> Desk:
        desk = Desk(unit_of_work, store.unit_of_work, utc_now, detector, chat, second_opinion, invitation_url)
        desk = replace(desk, market=on_the_market, read_facts=read_facts, policy=policy)
        desk = replace(desk, questions=questions, questionnaire=questionnaire.as_text, feed_url=feed_url)
        return replace(desk, reader=reader, sealer=sealer, meeting_file=meeting_file.as_text, writer=writer)

    return desk_with


def make_reader(judge: Path | None = None) -> Reader:
    """What makes questions and passages comparable, with another file for the judge if one is given; the encoders are
    read when they are first asked."""
    return MeaningReader(Meaning().vector, Multilingual(), Judge(judge) if judge else Judge())


def make_disguise(settings: Settings, store: Store) -> Disguise:
    """What hides who asks anonymously."""
    key = load_secret_key(settings.secret_key.get_secret_value(), settings.data_dir).of("anonymous askers")
    return Disguise(key, store.unit_of_work, utc_now)


def make_invitations(settings: Settings, store: Store) -> Invitations:
    """The invitations to the weekly sync, which have no address where people can't reach us."""
    sign = load_secret_key(settings.secret_key.get_secret_value(), settings.data_dir).sign
    return Invitations(settings.pages_url, sign, partial(meeting_of, store.unit_of_work))


def make_file_pages(settings: Settings, store: Store) -> FilePages:
    """Files for a chat that keeps none for us, behind secret addresses."""
    sign = load_secret_key(settings.secret_key.get_secret_value(), settings.data_dir).sign
    return FilePages(settings.pages_url, sign, store.shelf)


def make_sealing(settings: Settings) -> Sealing:
    """What makes answers to the pulse unreadable on their way."""
    return Sealing(load_secret_key(settings.secret_key.get_secret_value(), settings.data_dir), "pulse")


def make_feeds(settings: Settings, store: Store) -> CalendarFeeds:
    """The campaign calendars behind secret links."""
    find = partial(content_of, store.unit_of_work, utc_now)
    return CalendarFeeds(settings.pages_url, find, calendar_text.write_feed, utc_now)


def make_second_opinion(settings: Settings, store: Store) -> SecondOpinion | None:
    """The second opinion on unclear messages, None unless a language model is configured."""
    if not settings.has_language_model:
        return None
    limit_s = _limit_s(store)
    return SecondOpinion(language_model(settings), store.unit_of_work, utc_now, limit_s=limit_s, read=read_facts)


def make_writer(settings: Settings, store: Store) -> Writer | None:
    """What lets a language model write, None unless one is configured. It writes only where an admin switched it on."""
    if not settings.has_language_model:
        return None
    asking = Consultation(language_model(settings), store.unit_of_work, utc_now, limit_s=_limit_s(store))
    return Writer(asking, supported, Prices(settings.openai_price_in, settings.openai_price_out))


def _limit_s(store: Store) -> float:
    """All rows a worker has claimed at once must be handled within its lease, even if each of them asks a model."""
    return min(LIMIT_S, store.lease.total_seconds() / (AT_ONCE + 2))


def read_facts(words: str, sent_at: date) -> CampaignFacts:
    """The day and the number of people that some words name, as the rules read them."""
    return facts(read(words, sent_at))


def language_model(settings: Settings) -> LanguageModel:
    """The configured language model; its package is loaded only then."""
    if not settings.has_language_model:
        return NoModel()
    from bot.llm.openai import OpenAIModel  # noqa: PLC0415 - takes long to load, and most never need it

    key, url = settings.openai_api_key.get_secret_value(), settings.openai_base_url or OPENAI_URL
    return OpenAIModel(key, url, settings.openai_model)


def language_model_finding(settings: Settings) -> Finding:
    """Whether the language model is on, and answers as it should."""
    if not settings.has_language_model:
        words = "Off: no message leaves this server for a second opinion."
        return Finding("Language model", None, words, "To switch it on, set OPENAI_MODEL and OPENAI_API_KEY.")
    return check_model(language_model(settings), settings.openai_model)


def figures_of(store: Store) -> Mapping[str, float]:
    """What health and metrics show."""
    try:
        health = store.check()
    except StoreUnavailable:
        return {"database_up": 0.0}
    age = (utc_now() - health.oldest).total_seconds() if health.oldest else 0.0
    return {
        "database_up": 1.0,
        "inbox_waiting": float(health.inbox),
        "outbox_waiting": float(health.outbox),
        "oldest_waiting_seconds": age,
    }


def _ticker(store: Store, desk: Desk, wake: Callable[[], None], speed: float) -> Ticker:
    steps = ((job, _then(partial(job.step, desk), wake)) for job in JOBS)
    jobs = [(job, together(step, store.hands) if job.by_many else step) for job, step in steps]
    chores = [(chore, partial(chore.step, store, utc_now)) for chore in CHORES]
    return Ticker([*jobs, *chores], real_now, speed)


def _then(step: Step, wake: Callable[[], None]) -> Step:
    """The step, and a nudge for whoever sends what it may have put into the outbox."""

    def both() -> bool:
        more = step()
        wake()
        return more

    return both


def _web_server(
    settings: Settings, store: Store, edges: Mapping[str, HttpEdge], invitations: Invitations
) -> uvicorn.Server:
    pages = [invitations.router(), make_feeds(settings, store).router(), make_file_pages(settings, store).router()]
    site = make_site(edges, partial(figures_of, store), pages)
    return make_server(site, settings.host, settings.port)
