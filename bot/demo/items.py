"""The twenty-five road map items of the demo: what marketing needs, what gets better, by which technology, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.demo.cast import BRAND, CIO, CRM, GROWTH, IT_MANAGER, Team
from bot.domain.quarters import Quarter


@dataclass(frozen=True, slots=True)
class Idea:
    """An item before it is on the road map. starts: days after the beginning; needs: numbers of other items.

    outcome, measure, from, to: as in its form. spend: CapEx and OpEx in EUR, in the quarter it starts in.
    """

    need: str
    outcome: str
    measure: tuple[str, str, str]
    technology: str
    starts: int
    days: int
    team: str
    side: Team
    needs: tuple[int, ...] = ()
    spend: tuple[int, int] = (0, 0)
    scores: tuple[int, int, int, int] = (3, 3, 2, 3)

    def span(self, begin: date) -> tuple[date, date]:
        """Its first and last day."""
        first = begin + timedelta(days=self.starts)
        return first, first + timedelta(days=self.days - 1)

    def answers(self, begin: date) -> dict[str, str]:
        """What its first form is filled with."""
        first, last = self.span(begin)
        what, start, goal = self.measure
        return {
            "need": self.need, "outcome": self.outcome, "measure": what, "from": start, "to": goal,
            "measured_by": str(last + timedelta(days=60)), "technology": self.technology, "start": str(first),
            "end": str(last),
        }  # fmt: skip

    def more(self, begin: date, rank: int) -> dict[str, str]:
        """What its second form is filled with: order, people, money."""
        capex, opex = self.spend
        quarter = Quarter.of(self.span(begin)[0])
        sponsor = CIO if self.technology == "Salesforce" else IT_MANAGER
        return {
            "rank": str(rank), "needs": ", ".join(f"RM-{one}" for one in self.needs), "team": self.team,
            **dict(zip(("value", "effort", "risk", "urgency"), map(str, self.scores), strict=True)),
            "marketing_owner": f"@{self.side.marketers[0]}", "it_owner": f"@{self.side.liaison}",
            "marketing_sponsor": f"@{self.side.lead}", "it_sponsor": f"@{sponsor}",
            "spend": f"{quarter.name}: capex {capex}, opex {opex}" if capex or opex else "",
        }  # fmt: skip


FIRST: Sequence[Idea] = (
    Idea("One record of each customer", "Every team sees the same customer", ("duplicates, in %", "12", "2"),
         "Salesforce", 0, 75, "Data", CRM, spend=(18_000, 1_500), scores=(5, 4, 3, 5)),
    Idea("A clean product feed", "Fewer wrong prices in ads", ("wrong prices a week", "40", "5"),
         "Contentful", 5, 50, "Web", GROWTH, spend=(6_000, 400), scores=(5, 2, 2, 5)),
    Idea("Consent asked in one place", "One answer counts everywhere", ("questions about consent", "60", "10"),
         "Matomo", 10, 45, "Web", BRAND, spend=(4_000, 300), scores=(4, 2, 2, 5)),
    Idea("A newsletter people open", "More readers, fewer who leave", ("opened, in %", "18", "24"),
         "Mailchimp", 40, 60, "Newsletter", CRM, (1,), (0, 1_200)),
    Idea("Landing pages in two seconds", "Fewer visitors give up", ("seconds to see it", "4.1", "2.0"),
         "Contentful", 20, 40, "Content", GROWTH, spend=(9_000, 0), scores=(4, 3, 2, 4)),
    Idea("Visits counted without cookies", "Figures that stay whole", ("visits counted, in %", "61", "95"),
         "Matomo", 60, 35, "Data", BRAND, (3,), (2_000, 200)),
    Idea("Pictures found in one place", "Less time spent on looking", ("hours a week", "11", "3"),
         "Canva", 15, 30, "Design", BRAND, spend=(0, 600)),
    Idea("Groups by what people buy", "Mails that fit", ("clicks, in %", "1.9", "3.0"),
         "Klaviyo", 80, 50, "CRM", CRM, (1,), (5_000, 900), (5, 3, 2, 4)),
    Idea("A reminder for full baskets", "Orders that were nearly lost", ("orders a month", "120", "200"),
         "Klaviyo", 132, 40, "CRM", CRM, (8,), (3_000, 300), (5, 2, 1, 3)),
    Idea("One calendar for social posts", "No two posts at once", ("clashes a month", "9", "1"),
         "Hootsuite", 30, 25, "Brand", BRAND),
    Idea("Event sign-up in one step", "More guests who come", ("sign-ups an event", "150", "260"),
         "Contentful", 70, 40, "Content", BRAND, (5,), (5_500, 0)),
    Idea("Webinars with a replay", "Seen also by who had no time", ("views a webinar", "90", "300"),
         "Zoom", 110, 45, "Events", GROWTH, (11,), (1_500, 400)),
    Idea("See where visitors give up", "Pages mended where it counts", ("orders of 100 baskets", "31", "38"),
         "Hotjar", 100, 40, "Analytics", GROWTH, (3,), (0, 700)),
    Idea("Readers choose what they get", "Fewer who leave altogether", ("leavers a month", "900", "500"),
         "Mailchimp", 125, 50, "Newsletter", CRM, (3, 4), (2_500, 0)),
    Idea("Reviews on the product page", "Buyers who trust", ("products with reviews, in %", "8", "60"),
         "", 140, 60, "Shop", GROWTH, (2,), (7_000, 500)),
    Idea("Search that finds things", "More orders from search", ("orders a month", "300", "450"),
         "", 160, 70, "Search", GROWTH, (2,), (16_000, 1_000), (5, 4, 3, 4)),
    Idea("The shop in a second language", "Customers across the border", ("orders a month", "0", "250"),
         "Contentful", 200, 90, "Content", BRAND, (2, 5), (22_000, 1_500), (4, 5, 3, 2)),
    Idea("Loyalty points in the app", "Customers who come back", ("second orders, in %", "22", "30"),
         "Salesforce", 190, 80, "Data", CRM, (1,), (14_000, 900)),
    Idea("What an order costs in ads", "Money spent where it works", ("campaigns with figures, in %", "35", "90"),
         "Matomo", 120, 50, "Analytics", GROWTH, (6,), (3_500, 0)),
    Idea("A page for partners", "Partners plan with us", ("partners on it", "0", "25"),
         "Salesforce", 210, 60, "Partners", BRAND, (1,), (8_000, 600)),
)  # fmt: skip
LATER: Sequence[Idea] = (
    Idea("Offers that know the size", "Fewer parcels that come back", ("returns, in %", "28", "22"),
         "Klaviyo", 165, 45, "CRM", CRM, (8,), (2_000, 300)),
    Idea("Gift cards by e-mail", "Presents at the last minute", ("cards a month", "0", "400"),
         "Shopify", 185, 50, "Shop", GROWTH, (), (6_500, 400)),
    Idea("Stock of stores on the page", "Fewer visits for nothing", ("stores shown", "0", "12"),
         "Contentful", 205, 60, "Data", BRAND, (2,), (9_500, 700)),
    Idea("Live shopping that holds", "No show that breaks off", ("viewers at once", "800", "5000"),
         "Zoom", 195, 50, "Events", GROWTH, (12,), (12_000, 0), (3, 4, 4, 2)),
    Idea("Service sees the campaign", "Answers that fit the offer", ("questions passed on, in %", "34", "15"),
         "Salesforce", 215, 45, "Service", CRM, (1,), (3_000, 200)),
)  # fmt: skip
GOALS: Mapping[str, int] = {"tools": 75, "campaigns": 85, "ideas": 40, "it-sla": 90}
